import { assert, integer, maxSafeNat, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "./random.ts";

function draw(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.float());
}

describe("Random", () => {
  test("gives the numbers of the published generator", () => {
    // From state (1, 2, 3, counter 4), worked out by hand for the first number: 1 + 2 + 4.
    expect(Random.from([1, 2, 3, 4]).float() * 2 ** 32).toBe(7);
  });

  test("gives the same numbers for the same seed and others for its neighbour", () => {
    expect(draw(new Random(7), 20)).toEqual(draw(new Random(7), 20));
    const first = draw(new Random(7), 20);
    const second = draw(new Random(8), 20);
    expect(first.filter((value, i) => value === second[i])).toEqual([]);
    expect(draw(new Random(2 ** 40), 3)).not.toEqual(draw(new Random(0), 3));
  });

  test("is uniform: mean 1/2, variance 1/12, every tenth equally full, over neighbouring seeds too", () => {
    const oneStream = draw(new Random(1), 100_000);
    const firstNumbers = Array.from({ length: 100_000 }, (_, seed) => new Random(seed).float());
    for (const values of [oneStream, firstNumbers]) {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      expect(mean).toBeCloseTo(0.5, 2);
      expect(variance).toBeCloseTo(1 / 12, 2);
      const tenths = Array.from({ length: 10 }, () => 0);
      for (const value of values) tenths[Math.floor(value * 10)]++;
      for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    }
  });

  test("has normal numbers of mean 0, variance 1 and kurtosis 3", () => {
    const random = new Random(3);
    const values = Array.from({ length: 100_000 }, () => random.normal());
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
  });

  test("reaches every integer below n and no other", () => {
    assert(
      property(nat(), integer({ min: 1, max: 20 }), (seed, n) => {
        const random = new Random(seed);
        const seen = new Set(Array.from({ length: 60 * n }, () => random.integer(n)));
        expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
      { seed: 1 },
    );
  });

  test("goes on from a state that went through JSON", () => {
    assert(
      property(maxSafeNat(), nat({ max: 50 }), (seed, skipped) => {
        const random = new Random(seed);
        draw(random, skipped);
        const again = Random.from(JSON.parse(JSON.stringify(random.state())) as number[]);
        expect(draw(again, 10)).toEqual(draw(random, 10));
      }),
    );
  });

  test("refuses what it cannot use", () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => new Random(seed)).toThrow(RangeError);
    for (const n of [0, -1, 1.5, 2 ** 33, Number.NaN]) expect(() => new Random(1).integer(n)).toThrow(RangeError);
    for (const state of [[], [1, 2, 3], [1, 2, 3, 0.5], [1, 2, 3, 2 ** 40]]) {
      expect(() => Random.from(state)).toThrow(RangeError);
    }
  });
});
