import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../environment/random.ts";
import { calibrate } from "./calibration.ts";

test("confidence is compared with accuracy bin by bin", () => {
  const { error, bins } = calibrate([
    // 0.5 to 0.6: 0.55 sure, right half of the time
    { left: 0.55, leftShare: 1 },
    { left: 0.45, leftShare: 1 },
    // 0.9 to 1: 0.95 sure, always right
    { left: 0.95, leftShare: 1 },
    { left: 0.05, leftShare: 0 },
  ]);
  expect(error).toBeCloseTo(0.05, 12);
  expect(bins.map((bin) => bin.predictions)).toEqual([2, 0, 0, 0, 2]);
  expect(bins[0]).toMatchObject({ from: 0.5, accuracy: 0.5 });
  expect(bins[0].confidence).toBeCloseTo(0.55, 12);
  expect(bins[4]).toMatchObject({ to: 1, accuracy: 1 });
  expect(bins[1].accuracy).toBeNaN();
});

test("errors of bins that go in opposite directions do not make up for each other", () => {
  const { error } = calibrate([
    { left: 0.55, leftShare: 1 },
    { left: 0.95, leftShare: 0 },
  ]);
  expect(error).toBeCloseTo((0.45 + 0.95) / 2, 12);
});

test("left and right are the same thing seen from two sides, and the error is from 0 to 1", () => {
  const prediction = fc.record({
    left: fc.double({ min: 0, max: 1, noNaN: true }),
    leftShare: fc.constantFrom(0, 0.2, 1),
  });
  fc.assert(
    fc.property(fc.array(prediction, { minLength: 1 }), (predictions) => {
      const { error } = calibrate(predictions);
      expect(error).toBeGreaterThanOrEqual(0);
      expect(error).toBeLessThanOrEqual(1);
      const turned = predictions.map(({ left, leftShare }) => ({ left: 1 - left, leftShare: 1 - leftShare }));
      expect(calibrate(turned).error).toBeCloseTo(error, 9);
    }),
  );
});

test("a model that is right as often as it says has an error that vanishes with many answers", () => {
  const random = new Random(3);
  const draw = () => {
    const left = random.float();
    return { left, leftShare: random.float() < left ? 1 : 0 };
  };
  const errorOf = (count: number) => calibrate(Array.from({ length: count }, draw)).error;
  expect(errorOf(40_000)).toBeLessThan(0.01);
  // What the documentation says of small samples.
  const small = Array.from({ length: 400 }, () => errorOf(76));
  const mean = small.reduce((sum, error) => sum + error, 0) / small.length;
  expect(mean).toBeGreaterThan(0.06);
  expect(mean).toBeLessThan(0.1);
});
