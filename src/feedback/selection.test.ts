import fc from "fast-check";
import { expect, test } from "vitest";
import { best, disagreement, entropy, meanOverPairs, spread } from "./selection.ts";

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

test("entropy is that of the mean answer: highest where nobody knows or half of the members say so", () => {
  fc.assert(
    fc.property(sums, sums, (left, right) => {
      const score = entropy(left, right);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(Math.log(2) + 1e-12);
      expect(entropy(right, left)).toBeCloseTo(score, 9);
      expect(entropy(left, left)).toBeCloseTo(Math.log(2), 12);
    }),
  );
  expect(entropy([100, 0], [0, 100])).toBeCloseTo(Math.log(2), 9);
  expect(entropy([100, 100], [0, 0])).toBeCloseTo(0, 9);
  // A probability of 3/4 by both members.
  const three = Math.log(3);
  expect(entropy([three, three], [0, 0])).toBeCloseTo(-(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)), 9);
});

test("the best candidates come first, and none is invented", () => {
  const candidates = [3, 1, 2, 3].map((score, index) => ({ score, index }));
  expect(best(candidates, 3).map(({ index }) => index)).toEqual([0, 3, 2]);
  expect(best(candidates, 9)).toHaveLength(4);
  expect(best([], 2)).toEqual([]);
});

test("a ranking's disagreement is the mean over its pairs, whatever their order", () => {
  fc.assert(
    fc.property(sums, sums, sums, (a, b, c) => {
      const mean = (disagreement(a, b) + disagreement(a, c) + disagreement(b, c)) / 3;
      expect(meanOverPairs([a, b, c], disagreement)).toBeCloseTo(mean, 9);
      expect(meanOverPairs([c, a, b], disagreement)).toBeCloseTo(mean, 9);
    }),
  );
});

test("a strip's spread is over members, and what all strips have in common does not count", () => {
  const strips = [
    [[1, 1]],
    [[3, 1]],
    [
      [2, 0],
      [4, 2],
    ],
  ];
  // Means of the strips by member: 1 and 1, 3 and 1, 3 and 1; of all: 7/3 and 1.
  const [agreed, apart, long] = spread(strips);
  expect(agreed).toBeCloseTo(((1 - 7 / 3) / 2) ** 2, 12);
  expect(apart).toBeCloseTo(((3 - 7 / 3) / 2) ** 2, 12);
  expect(long).toBeCloseTo(apart, 12);
  const shifted = strips.map((segments) => segments.map(([one, other]) => [one + 100, other]));
  for (const [i, value] of spread(shifted).entries()) expect(value).toBeCloseTo([agreed, apart, long][i], 9);
  expect(spread([])).toEqual([]);
});
