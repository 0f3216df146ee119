import { expect, test } from "vitest";
import { comparisonSet } from "../../test/comparison-set.ts";
import { baselinesOf, inferColumns } from "./baselines.ts";
import type { ComparisonSet } from "./comparison-set.ts";

const sizes = (task: string | null, observationSize: number, actionSize: number): ComparisonSet => ({
  task,
  steps: 1,
  observationSize,
  actionSize,
  pairs: [],
});

test.each([
  ["hopper", sizes(null, 11, 3), { robot: "hopper", velocity: 5, height: 0 }],
  ["a walker or a cheetah", sizes(null, 17, 6), { robot: "walker2d or half-cheetah", velocity: 8, height: 0 }],
  ["heed's cheetah", sizes("half-cheetah", 17, 6), { robot: "half-cheetah", velocity: 8, height: 0 }],
  ["heed's backflip", sizes("hopper-backflip", 11, 3), { robot: "hopper", velocity: 5, height: 0 }],
  ["an ant", sizes(null, 105, 8), { robot: "ant", velocity: 13, height: 0 }],
  ["a swimmer, which has no height", sizes(null, 8, 2), { robot: "swimmer", velocity: 3, height: null }],
  [
    "somebody's own world of the hopper's sizes",
    sizes("kangaroo", 11, 3),
    { robot: null, velocity: null, height: null },
  ],
  ["other sizes", sizes(null, 4, 1), { robot: null, velocity: null, height: null }],
])("%s is known by its task or its sizes", (_, set, columns) => {
  expect(inferColumns(set)).toEqual(columns);
});

test("more of what is liked is right, less of it is wrong, and what is unknown stays so", () => {
  const set = comparisonSet(40, 1);
  const { forwardVelocity, torsoHeight } = baselinesOf(set, { velocity: 0, height: null });
  // The segments' noise can turn a near tie round.
  expect(forwardVelocity?.accuracy).toBeGreaterThan(0.9);
  expect(forwardVelocity).toMatchObject({ better: "more", column: 0 });
  expect(torsoHeight).toBeNull();
  const turned = { ...set, pairs: set.pairs.map((pair) => ({ ...pair, leftShare: 1 - pair.leftShare })) };
  const opposite = baselinesOf(turned, { velocity: 0, height: null }).forwardVelocity;
  expect((opposite?.accuracy ?? 0) + (forwardVelocity?.accuracy ?? 0)).toBeCloseTo(1, 12);
});

test("of actions the smaller are better, whatever their sign", () => {
  const set = comparisonSet(40, 2);
  const quieter = set.pairs.map((pair) => ({
    ...pair,
    left: { ...pair.left, actions: pair.left.actions.map((action) => -0.01 * Math.abs(action)) },
    leftShare: 1,
  }));
  expect(baselinesOf({ ...set, pairs: quieter }, { velocity: null, height: null }).actionSize).toMatchObject({
    accuracy: 1,
    better: "less",
  });
});
