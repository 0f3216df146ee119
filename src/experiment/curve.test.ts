import fc from "fast-check";
import { expect, test } from "vitest";
import { Curve, stretchOf } from "./curve.ts";

test("a curve keeps the mean of each hundredth of the run, and where it ended", () => {
  const curve = new Curve(1_000);
  curve.add({ steps: 4, labels: 1, trueReturn: 10 });
  curve.add({ steps: 7, labels: 2, trueReturn: null });
  curve.add({ steps: 10, labels: 2, trueReturn: 20 });
  curve.add({ steps: 11, labels: 3, trueReturn: 7 });
  curve.add({ steps: 1_030, labels: 9, trueReturn: 1 / 3 });
  expect(curve.points()).toEqual([
    [10, 2, 15],
    [11, 3, 7],
    [1_030, 9, 0.333333],
  ]);
});

test("however long the run, there are at most 100 points, in order", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.array(fc.integer({ min: 1, max: 1e9 }), { maxLength: 300 }),
      (all, raw) => {
        const curve = new Curve(all);
        for (const steps of raw.toSorted((a, b) => a - b)) curve.add({ steps, labels: 0, trueReturn: 1 });
        const steps = curve.points().map(([at]) => at);
        expect(steps.length).toBeLessThanOrEqual(100);
        expect(steps).toEqual(steps.toSorted((a, b) => a - b));
        expect(raw.length === 0 || steps.at(-1) === Math.max(...raw)).toBe(true);
        for (const at of steps) expect(stretchOf(at, all)).toBeLessThan(100);
      },
    ),
  );
});
