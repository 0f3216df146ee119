import { describe, expect, it } from "vitest";
import { sampleOf, spread, studentQuantile, welch } from "./statistics.ts";

describe("spread", () => {
  it("is the middle and the ends, in whatever order values come", () => {
    expect(spread([5, 1, 9, 2])).toEqual({ median: 3.5, lowest: 1, highest: 9 });
  });
});

describe("studentQuantile", () => {
  // Printed tables of Student's distribution.
  it.each([
    [0.975, 1, 12.7062],
    [0.975, 4, 2.77645],
    [0.975, 8, 2.306],
    [0.95, 10, 1.81246],
    [0.975, 1.3, 7.50053],
    [0.975, 1000, 1.96234],
  ])("at %d with %d degrees of freedom is %d", (probability, freedom, value) => {
    expect(Math.abs(studentQuantile(probability, freedom) / value - 1)).toBeLessThan(2e-4);
  });
});

describe("welch", () => {
  it("gives the interval of a worked example", () => {
    // Variances 2.5 and 10 over 5 each: standard error sqrt(2.5), 6.25 / ((0.25 + 4) / 4) = 5.88 degrees of freedom.
    const { difference, low, high } = welch(sampleOf([1, 2, 3, 4, 5]), sampleOf([2, 4, 6, 8, 10]));
    expect(difference).toBe(-3);
    expect(high - difference).toBeCloseTo(2.458824 * Math.sqrt(2.5), 5);
    expect(difference - low).toBeCloseTo(high - difference, 10);
  });

  it("is a point where nothing varies", () => {
    expect(welch(sampleOf([3, 3]), sampleOf([1, 1]))).toEqual({ difference: 2, low: 2, high: 2 });
  });
});

describe("sampleOf", () => {
  it("refuses a single value", () => {
    expect(() => sampleOf([1])).toThrow("at least 2 values, not 1");
  });
});
