import fc from "fast-check";
import { expect, test } from "vitest";
import { chosen, segment } from "../../test/store-fixture.ts";
import type { Answer } from "./judgement.ts";
import { probabilityOf, SURPRISING } from "./surprise.ts";

const clips = (...rewards: number[][]) =>
  rewards.map((of, index) => ({ ...segment(index + 1), rewards: Float32Array.from(of) }));

test("what the model expects is likely, and its contrary surprising", () => {
  const better = clips([2, 2], [0, 1]);
  expect(probabilityOf(chosen("left"), better)).toBeCloseTo(0.9 / (1 + Math.exp(-3)) + 0.05, 6);
  expect(probabilityOf(chosen("right"), better)).toBeLessThan(SURPRISING);
  expect(probabilityOf({ kind: "correction" }, better)).toBeGreaterThan(0.85);
  expect(probabilityOf({ kind: "demonstration" }, clips([0, 1], [2, 2]))).toBeLessThan(SURPRISING);
});

test("either of two clips is certain to be the better one", () => {
  const rewards = fc.array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rewards, rewards, (first, second) => {
      const both = clips(first, second);
      const [left, right] = [chosen("left"), chosen("right")].map((answer) => probabilityOf(answer, both) ?? NaN);
      expect(left + right).toBeCloseTo(1, 9);
    }),
  );
});

test("there is no telling where nothing was predicted, or where no clip was said to be better", () => {
  expect(probabilityOf(chosen("left"), clips([Number.NaN, Number.NaN], [1, 1]))).toBe(null);
  const others: Answer[] = [
    chosen("equal"),
    chosen("cannot-tell"),
    { kind: "rating", stars: 5 },
    { kind: "stop", at: 0.5 },
  ];
  for (const answer of others) expect(probabilityOf(answer, clips([1, 1], [0, 0]))).toBe(null);
});
