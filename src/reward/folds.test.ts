import fc from "fast-check";
import { expect, test } from "vitest";
import { comparisonSet, STEPS } from "../../test/comparison-set.ts";
import type { ComparisonSet } from "./comparison-set.ts";
import { partition } from "./folds.ts";

test("folds are of about the same size, and every pair is in one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 2, max: 10 }), fc.nat(99), (pairs, folds, seed) => {
      fc.pre(folds <= pairs);
      const { folds: parts, shared } = partition(comparisonSet(pairs, 1), folds, seed);
      expect(parts).toHaveLength(pairs);
      const sizes = Array.from({ length: folds }, (_, fold) => parts.filter((part) => part === fold).length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      expect(shared).toBe(0);
    }),
    { numRuns: 30 },
  );
});

test("another seed parts them otherwise, the same seed alike", () => {
  const set = comparisonSet(40, 1);
  expect(partition(set, 5, 1)).toEqual(partition(set, 5, 1));
  expect(partition(set, 5, 1)).not.toEqual(partition(set, 5, 2));
});

/** The set with these pairs made to hang together: each shows a step that the one before it shows too. */
function chained(set: ComparisonSet, chain: readonly number[]): ComparisonSet {
  const pairs = [...set.pairs];
  for (const [at, index] of chain.entries()) {
    if (at === 0) continue;
    // The last step of the one before it on the right is the first of this one on the left.
    const before = pairs[chain[at - 1]].right;
    const own = pairs[index].left;
    const observations = own.observations.slice();
    const actions = own.actions.slice();
    observations.set(before.observations.subarray((STEPS - 1) * set.observationSize));
    actions.set(before.actions.subarray((STEPS - 1) * set.actionSize));
    pairs[index] = { ...pairs[index], left: { ...own, observations, actions } };
  }
  return { ...set, pairs };
}

test("pairs that share a step stay together, also where others link them", () => {
  const set = chained(comparisonSet(40, 1), [3, 17, 25, 38]);
  for (let seed = 0; seed < 20; seed++) {
    const { folds, shared } = partition(set, 5, seed);
    expect(new Set([folds[3], folds[17], folds[25], folds[38]]).size).toBe(1);
    expect(shared).toBe(0);
  }
});

test("pairs that hang together but are more than a fold are parted, and counted", () => {
  const set = chained(
    comparisonSet(40, 1),
    Array.from({ length: 9 }, (_, i) => i),
  );
  const { folds, shared } = partition(set, 5, 1);
  expect(shared).toBe(9);
  expect(new Set(folds.subarray(0, 9)).size).toBeGreaterThan(1);
});
