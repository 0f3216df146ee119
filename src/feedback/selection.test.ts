import fc from "fast-check";
import { expect, test } from "vitest";
import { best, disagreement } from "./selection.ts";

const sums = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 3, maxLength: 3 });

test("disagreement is the variance of a probability: from 0 to a quarter, the same either way round", () => {
  fc.assert(
    fc.property(sums, sums, (left, right) => {
      const score = disagreement(left, right);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(0.25);
      expect(disagreement(right, left)).toBeCloseTo(score, 9);
      expect(disagreement(left, left)).toBeCloseTo(0, 12);
    }),
  );
  // Two sure members on either side: probabilities 1 and 0.
  expect(disagreement([100, 0], [0, 100])).toBeCloseTo(0.25, 9);
});

test("the best candidates come first, and none is invented", () => {
  const candidates = [3, 1, 2, 3].map((score, index) => ({ score, index }));
  expect(best(candidates, 3).map(({ index }) => index)).toEqual([0, 3, 2]);
  expect(best(candidates, 9)).toHaveLength(4);
  expect(best([], 2)).toEqual([]);
});
