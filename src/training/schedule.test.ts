import fc from "fast-check";
import { expect, test } from "vitest";
import { HYPERPARAMETERS } from "./hyperparameters.ts";
import { initialLabels, labelsDue, stepsAllowed } from "./schedule.ts";

const plans = fc.record({
  labels: fc.integer({ min: 1, max: 5_000 }),
  steps: fc.integer({ min: 1, max: 50_000_000 }),
  stepsPerLabel: fc.integer({ min: 100, max: 100_000 }),
  teacher: fc.constantFrom("person" as const, "simulated" as const),
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
  const plan = { labels: 1_000_000, steps: 10_000_000, stepsPerLabel: 1, teacher: "simulated" as const };
  const rate = (at: number) =>
    labelsDue(at + 1_000, plan.steps, plan, HYPERPARAMETERS) - labelsDue(at, plan.steps, plan, HYPERPARAMETERS);
  expect(rate(2_000_000) / rate(0)).toBeCloseTo(0.5, 1);
  expect(rate(6_000_000) / rate(0)).toBeCloseTo(0.25, 1);
});

test("a quarter comes first, but a person sees the agent learn after 25", () => {
  const plan = { labels: 900, steps: 1, stepsPerLabel: 1 };
  expect(initialLabels({ ...plan, teacher: "simulated" }, HYPERPARAMETERS)).toBe(225);
  expect(initialLabels({ ...plan, teacher: "person" }, HYPERPARAMETERS)).toBe(25);
  expect(initialLabels({ ...plan, labels: 1, teacher: "person" }, HYPERPARAMETERS)).toBe(1);
});

test("steps are bounded by answers until all answers are there", () => {
  const plan = { labels: 10, steps: 1_000_000, stepsPerLabel: 500, teacher: "person" as const };
  expect(stepsAllowed(0, plan)).toBe(0);
  expect(stepsAllowed(9, plan)).toBe(4_500);
  expect(stepsAllowed(10, plan)).toBe(1_000_000);
});
