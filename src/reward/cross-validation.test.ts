import { expect, test } from "vitest";
import { comparisonSet } from "../../test/comparison-set.ts";
import { loadKernelModule } from "../host/kernel-module.ts";
import { assess } from "./assessment.ts";
import { crossValidate } from "./cross-validation.ts";
import { fitComparisons } from "./fit-comparisons.ts";

const module = loadKernelModule();

test("what decided the answers is learned, and those who follow it are agreed with", () => {
  const set = comparisonSet(80, 5);
  const done: number[] = [];
  const { leftProbabilities, shared, gradientSteps } = crossValidate(module, set, 4, [1, 2], (count) =>
    done.push(count),
  );
  expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(shared).toBe(0);
  expect(gradientSteps).toBeGreaterThan(0);
  const found = assess(set, leftProbabilities);
  expect(found.decisivePairs).toBe(60);
  expect(found.accuracyPerSeed).toHaveLength(2);
  expect(found.accuracy).toBeCloseTo((found.accuracyPerSeed[0] + found.accuracyPerSeed[1]) / 2, 12);
  expect(found.accuracy).toBeGreaterThan(0.85);
  expect(found.annotators.map(({ annotator }) => annotator)).toEqual(["ben", "ada"]);
  expect(found.annotators.reduce((sum, { decisivePairs }) => sum + decisivePairs, 0)).toBe(60);
});

test("nothing is learned where answers are drawn, since no answer is predicted by a model that saw it", () => {
  const set = comparisonSet(80, 6);
  // The order of the pairs says nothing about the segments.
  const drawn = { ...set, pairs: set.pairs.map((pair, index) => ({ ...pair, leftShare: (index >> 1) % 2 })) };
  const { accuracy } = assess(drawn, crossValidate(module, drawn, 4, [1, 2]).leftProbabilities);
  // Three standard errors round a half; a model tested on what it was trained on is right far more often.
  expect(Math.abs(accuracy - 0.5)).toBeLessThan(3 * Math.sqrt(0.25 / 80));
});

test("the same seed gives the same numbers, another seed others", () => {
  const set = comparisonSet(20, 7);
  const run = (seed: number) => crossValidate(module, set, 2, [seed]).leftProbabilities[0];
  expect(run(3)).toEqual(run(3));
  expect(run(3)).not.toEqual(run(4));
});

test("two comparisons are enough to train on, and one step to a segment", () => {
  const set = comparisonSet(2, 8);
  const model = fitComparisons(module, set, set.pairs, 1, 0);
  expect(model.leftProbability(set.pairs[0])).toBeGreaterThan(0);
  const short = {
    ...set,
    steps: 1,
    pairs: set.pairs.map((pair) => ({
      ...pair,
      left: {
        id: 0,
        length: 1,
        observations: pair.left.observations.slice(0, 3),
        actions: pair.left.actions.slice(0, 2),
      },
      right: {
        id: 1,
        length: 1,
        observations: pair.right.observations.slice(0, 3),
        actions: pair.right.actions.slice(0, 2),
      },
    })),
  };
  expect(fitComparisons(module, short, short.pairs, 1, 0).leftProbability(short.pairs[0])).toBeLessThan(1);
});

test("who did not say their name is nobody's annotator, and a half-hearted model agrees with half", () => {
  const set = comparisonSet(8, 9);
  const anonymous = { ...set, pairs: set.pairs.map((pair) => ({ ...pair, annotator: null })) };
  const found = assess(anonymous, [new Float64Array(8).fill(0.5)]);
  expect(found).toMatchObject({ accuracy: 0.5, annotators: [], decisivePairs: 6 });
});
