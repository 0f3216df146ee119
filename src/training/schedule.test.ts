import fc from "fast-check";
import { expect, test } from "vitest";
import { HYPERPARAMETERS } from "./hyperparameters.ts";
import {
  fitStepsPerRollout,
  initialLabels,
  labelsDue,
  labelsNeeded,
  stepsAllowed,
  stepsForLabels,
} from "./schedule.ts";

const plans = fc.record({
  labels: fc.integer({ min: 1, max: 5_000 }),
  steps: fc.integer({ min: 1, max: 50_000_000 }),
  stepsPerLabel: fc.integer({ min: 100, max: 100_000 }),
});

test("labels come due from the initial ones to all of them, never backward", () => {
  fc.assert(
    fc.property(plans, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2 }), (plan, shares) => {
      const due = shares
        .toSorted((a, b) => a - b)
        .map((share) => labelsDue(share * plan.steps, plan.steps, plan, HYPERPARAMETERS));
      for (const [i, labels] of due.entries()) {
        expect(labels).toBeGreaterThanOrEqual(i === 0 ? initialLabels(plan, HYPERPARAMETERS) : due[i - 1]);
        expect(labels).toBeLessThanOrEqual(plan.labels);
      }
      expect(labelsDue(0, plan.steps, plan, HYPERPARAMETERS)).toBe(initialLabels(plan, HYPERPARAMETERS));
      expect(labelsDue(plan.steps, plan.steps, plan, HYPERPARAMETERS)).toBe(plan.labels);
    }),
  );
});

test("the rate falls as T0 / (T + T0)", () => {
  const plan = { labels: 1_000_000, steps: 10_000_000, stepsPerLabel: 1 };
  const rate = (at: number) =>
    labelsDue(at + 1_000, plan.steps, plan, HYPERPARAMETERS) - labelsDue(at, plan.steps, plan, HYPERPARAMETERS);
  expect(rate(2_000_000) / rate(0)).toBeCloseTo(0.5, 1);
  expect(rate(6_000_000) / rate(0)).toBeCloseTo(0.25, 1);
});

test("a quarter comes first, and one at the least", () => {
  expect(initialLabels({ labels: 900 }, HYPERPARAMETERS)).toBe(225);
  expect(initialLabels({ labels: 1 }, HYPERPARAMETERS)).toBe(1);
});

test("steps are bounded by answers until all answers are there", () => {
  const plan = { labels: 12, steps: 1_000_000, stepsPerLabel: 500 };
  expect(stepsAllowed(2, plan, HYPERPARAMETERS)).toBe(0);
  expect(stepsAllowed(3, plan, HYPERPARAMETERS)).toBe(500);
  expect(stepsAllowed(11, plan, HYPERPARAMETERS)).toBe(4_500);
  expect(stepsAllowed(12, plan, HYPERPARAMETERS)).toBe(Number.POSITIVE_INFINITY);
});

test("with the labels that are needed the agent may go on, and with one fewer it may not", () => {
  fc.assert(
    fc.property(plans, fc.double({ min: 0, max: 1, noNaN: true }), (plan, share) => {
      const steps = Math.floor(share * plan.stepsPerLabel * plan.labels);
      const needed = labelsNeeded(steps, plan, HYPERPARAMETERS);
      expect(stepsAllowed(needed, plan, HYPERPARAMETERS)).toBeGreaterThan(steps);
      if (needed <= plan.labels) expect(stepsAllowed(needed - 1, plan, HYPERPARAMETERS)).toBeLessThanOrEqual(steps);
    }),
  );
});

test("the reward model takes more gradient steps where there are many labels, up to four times as many", () => {
  const steps = (labels: number) => fitStepsPerRollout({ labels }, { fitSteps: 80, fitLabels: 900 });
  expect([1, 900, 901, 1_400, 1_800, 3_600, 100_000].map(steps)).toEqual([80, 80, 81, 125, 160, 320, 320]);
});

test("a person's last answer lets the agent go to the end", () => {
  const plan = { labels: 900, stepsPerLabel: 1_500, workers: 2 };
  const steps = stepsForLabels(plan, HYPERPARAMETERS);
  const { environments, rolloutSteps, poolRollouts } = HYPERPARAMETERS;
  const learned = steps - environments * rolloutSteps * poolRollouts;
  expect(stepsAllowed(899, { ...plan, steps }, HYPERPARAMETERS)).toBe(learned - 1_500);
});
