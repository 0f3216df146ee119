import fc from "fast-check";
import { expect, test } from "vitest";
import { leftShareOf, preference } from "./comparison.ts";
import type { Looks } from "./likelihood.ts";
import { sigmoid } from "./logistic.ts";

const rewards = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 20 });

/** Of two segments of three steps per look. */
function looksAt(start: number, perSegment: number): Looks {
  return { start, segments: 2, perSegment, first: 0, stride: 3, steps: 3 * perSegment };
}

function logLikelihood(leftShare: number, all: readonly number[]) {
  const values = Float32Array.from(all);
  const gradient = new Float32Array(values.length);
  const perSegment = Math.floor(values.length / 2);
  const value = preference.logLikelihood(Float32Array.of(leftShare), 0, values, looksAt(0, perSegment), gradient);
  return { value, gradient, perSegment };
}

test("left and right are the only two decisive answers, and their probabilities add up to one", () => {
  fc.assert(
    fc.property(rewards, (all) => {
      const left = Math.exp(logLikelihood(1, all).value);
      const right = Math.exp(logLikelihood(0, all).value);
      expect(left + right).toBeCloseTo(1, 6);
      // Whatever the rewards, some answers are taken to be given at random.
      expect(left).toBeGreaterThan(0.0499);
      expect(left).toBeLessThan(0.9501);
    }),
  );
});

test("the gradient is that of the log-likelihood, by finite differences", () => {
  fc.assert(
    fc.property(rewards, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
      const leftShare = Math.fround(share);
      const { gradient, perSegment } = logLikelihood(leftShare, all);
      for (const at of [0, perSegment - 1, perSegment, 2 * perSegment - 1]) {
        const difference = (by: number) => {
          let sum = 0;
          for (let i = 0; i < perSegment; i++) sum += Math.fround(all[i]) - Math.fround(all[i + perSegment]);
          const left = 0.9 * sigmoid(3 * (sum + (at < perSegment ? by : -by))) + 0.05;
          return leftShare * Math.log(left) + (1 - leftShare) * Math.log(1 - left);
        };
        const slope = (difference(1e-4) - difference(-1e-4)) / 2e-4;
        expect(gradient[at]).toBeCloseTo(slope, 3);
      }
    }),
  );
});

test("equal is likeliest where returns are equal", () => {
  const equal = (difference: number) => logLikelihood(0.5, [difference, 0]).value;
  expect(equal(0)).toBeGreaterThan(equal(1));
  expect(equal(1)).toBeCloseTo(equal(-1), 6);
});

test("only the rows of its own comparison are read and written", () => {
  const values = Float32Array.of(100, 1, 0, 100);
  const gradient = new Float32Array(4).fill(7);
  preference.logLikelihood(Float32Array.of(9, 1), 1, values, looksAt(1, 1), gradient);
  expect(gradient[0]).toBe(7);
  expect(gradient[3]).toBe(7);
  expect(gradient[1]).toBeGreaterThan(0);
  expect(gradient[2]).toBe(-gradient[1]);
});

test("a softer answer counts for both sides, each by its share", () => {
  const rewards = [0.4, -0.2, 0.1, 0.3];
  const value = (leftShare: number) => logLikelihood(leftShare, rewards).value;
  expect(value(Math.fround(0.8))).toBeCloseTo(0.8 * value(1) + 0.2 * value(0), 6);
});

test("slightly better is softer than better, clearly is not, and cannot tell is no share", () => {
  expect(leftShareOf("left")).toBe(1);
  expect(leftShareOf("right", "clearly")).toBe(0);
  expect(leftShareOf("left", "slightly")).toBeCloseTo(0.8, 12);
  expect(leftShareOf("right", "slightly")).toBeCloseTo(0.2, 12);
  expect(leftShareOf("equal", "slightly")).toBe(0.5);
  expect(leftShareOf("cannot-tell")).toBeNaN();
});

test("what is predicted agrees with a decisive answer or not, and with an equal one there is nothing to agree with", () => {
  const agreement = (leftShare: number) =>
    preference.agreement(Float32Array.of(leftShare), 0, Float32Array.of(2, 1), looksAt(0, 1));
  expect([agreement(1), agreement(0), agreement(0.8)]).toEqual([1, 0, 1]);
  expect(agreement(0.5)).toBeNaN();
});
