import fc from "fast-check";
import { expect, test } from "vitest";
import { agreement, agrees } from "./agreement.ts";

test("the interval is Wilson's", () => {
  // Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3.
  for (const [right, count, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ]) {
    const { accuracy, interval } = agreement(right, count);
    expect(accuracy).toBe(right / count);
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  }
});

test("the interval lies within 0 and 1, holds the share, and is narrower for more answers", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 1000 }), (share, count) => {
      const few = agreement(share * count, count);
      const [low, high] = few.interval;
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(few.accuracy + 1e-12);
      expect(high).toBeGreaterThanOrEqual(few.accuracy - 1e-12);
      const many = agreement(share * count * 4, count * 4).interval;
      expect(many[1] - many[0]).toBeLessThan(high - low);
    }),
  );
});

test("a tendency agrees with the answer on its side, and none with half of either", () => {
  expect([agrees(0.1, 1), agrees(0.1, 0.7), agrees(-0.1, 0.2), agrees(-3, 0)]).toEqual([1, 1, 1, 1]);
  expect([agrees(0.1, 0), agrees(-0.1, 0.7)]).toEqual([0, 0]);
  expect([agrees(0, 0), agrees(0, 1)]).toEqual([0.5, 0.5]);
});
