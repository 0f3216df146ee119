import fc from "fast-check";
import { expect, test } from "vitest";
import { tracePath } from "./trace-path.ts";

test("runs from edge to edge, with what is high above what is low", () => {
  expect(tracePath([0, 2, -2], 100, 46)).toEqual({ path: "M0.0 23.0L50.0 3.0L100.0 43.0", zero: 23, low: -2, high: 2 });
});

test("stays within its picture, whatever was predicted", () => {
  const values = fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(values, (values) => {
      const { path, zero } = tracePath(values, 300, 56);
      const heights = path
        .slice(1)
        .split("L")
        .map((point) => Number(point.split(" ")[1]));
      for (const height of [...heights, zero]) {
        expect(height).toBeGreaterThanOrEqual(3);
        expect(height).toBeLessThanOrEqual(53);
      }
    }),
  );
});
