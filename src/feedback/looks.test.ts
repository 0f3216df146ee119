import fc from "fast-check";
import { expect, test } from "vitest";
import type { Looks } from "./likelihood.ts";
import { lookCount, lookFrom, stepOf, stretchReturn } from "./looks.ts";

const anyLooks = fc
  .record({
    segments: fc.integer({ min: 1, max: 5 }),
    steps: fc.integer({ min: 1, max: 12 }),
    stride: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ segments, steps, stride }) =>
    fc.integer({ min: 0, max: Math.min(stride, steps) - 1 }).map((first): Looks => ({
      start: 2,
      segments,
      perSegment: Math.ceil((steps - first) / stride),
      first,
      stride,
      steps,
    })),
  );

// In fractions of a step that are far from where doubles round.
const anyStep = fc.integer({ min: -8, max: 280 }).map((quarters) => quarters / 4);

test("looks go through the segments in order, and each is found from its step", () => {
  fc.assert(
    fc.property(anyLooks, anyStep, (looks, step) => {
      const steps = Array.from({ length: lookCount(looks) }, (_, look) => stepOf(looks, look));
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(steps.every((at) => at < looks.segments * looks.steps)).toBe(true);
      const found = steps.findIndex((at) => at >= step);
      expect(lookFrom(looks, step)).toBe(found === -1 ? steps.length : found);
    }),
  );
});

test("a stretch returns the mean of its looks for a whole segment, and nothing where there is none", () => {
  const looks: Looks = { start: 1, segments: 2, perSegment: 2, first: 1, stride: 3, steps: 6 };
  const rewards = Float32Array.of(99, 1, 2, 3, 4, 99);
  // Steps 1, 4, 7 and 10.
  expect(stretchReturn(rewards, looks, 0, Number.POSITIVE_INFINITY)).toBeCloseTo(15, 6);
  expect(stretchReturn(rewards, looks, 4, 8)).toBeCloseTo(15, 6);
  expect(stretchReturn(rewards, looks, 4, 7)).toBeCloseTo(12, 6);
  expect(stretchReturn(rewards, looks, 5, 7)).toBeNaN();
});
