import fc from "fast-check";
import { expect, test } from "vitest";
import type { Metrics } from "../../../src/training/journal.ts";
import { AXES, chartsOf, measureTitle } from "./charts.ts";

const line = (steps: number, more: Partial<Metrics> = {}): Metrics => ({
  steps,
  labels: steps / 100,
  seconds: steps / 50,
  stepsPerSecond: 50,
  rewardAccuracy: 0.75,
  rewardLoss: 0.5,
  rewardHeldOutLoss: 0.6,
  disagreement: 0.1,
  predictedReward: 1.5,
  trueReturn: null,
  policyEntropy: 3,
  policyDivergence: 0.01,
  explainedVariance: 0.5,
  diverged: 0,
  ...more,
});

test("only quantities that are known get a chart, and of their lines those that are", () => {
  const charts = chartsOf([line(100, { predictedReward: null }), line(300)], []);
  expect(charts.map(({ name }) => name)).toEqual([
    "predicted-reward",
    "accuracy",
    "disagreement",
    "steps-per-label",
    "entropy",
  ]);
  expect(charts[0].points).toEqual([{ steps: 300, labels: 3, minutes: 0.1, value: 1.5 }]);
  expect(charts[1].points.map(({ value }) => value)).toEqual([75, 75]);
  expect(charts[3].points.map(({ value }) => value)).toEqual([100, 100]);
  expect(chartsOf([], [])).toEqual([]);
});

test("minutes go on counting over a run that was resumed", () => {
  const seconds = [60, 120, 30, 90];
  const lines = seconds.map((second, index) => line(100 * (index + 1), { seconds: second }));
  expect(chartsOf(lines, [])[0].points.map(({ minutes }) => minutes)).toEqual([1, 2, 2.5, 3.5]);
});

test("no axis ever goes back, whatever is taken back", () => {
  const lines = fc.array(fc.record({ labels: fc.nat(50), seconds: fc.nat(1_000) }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(lines, (given) => {
      const [{ points }] = chartsOf(
        given.map((more, index) => line(100 * (index + 1), more)),
        [],
      );
      for (const axis of AXES) {
        const along = points.map((point) => point[axis]);
        expect(along).toEqual([...along].sort((a, b) => a - b));
      }
    }),
  );
});

test("a task's measures are drawn over its remembered moments, next to the predicted reward", () => {
  const moments = [
    { steps: 0, labels: 0, measures: { backflips: 0.1 } },
    { steps: 250, labels: 2, measures: { backflips: 0.4 } },
    { steps: 900, labels: 9, measures: {} },
  ];
  const charts = chartsOf([line(100), line(300)], moments);
  expect(charts.map(({ title }) => title).slice(0, 3)).toEqual([
    "Predicted reward",
    "Backflips",
    "Reward model accuracy",
  ]);
  expect(charts[1].points).toEqual([
    { steps: 0, labels: 0, minutes: 0, value: 0.1 },
    { steps: 250, labels: 2, minutes: 0.1, value: 0.4 },
  ]);
});

test.each([
  ["backflips", "Backflips"],
  ["trunkTurns", "Trunk turns"],
  ["trunk-turns", "Trunk turns"],
])("the measure %s reads %s", (name, title) => expect(measureTitle(name)).toBe(title));
