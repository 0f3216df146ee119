import { expect, test } from "vitest";
import { gaussianEntropy, gaussianLogProbability } from "./gaussian.ts";

const HALF_LOG_TWO_PI = 0.918938533204673;

test("the log density at the mean of a unit Gaussian is that of the textbook", () => {
  const zero = Float32Array.of(0, 0);
  expect(gaussianLogProbability(zero, 0, zero, 0, zero)).toBeCloseTo(-2 * HALF_LOG_TWO_PI, 6);
});

test("rows are told apart, and spread is taken into account", () => {
  const actions = Float32Array.of(9, 9, 1, 2);
  const means = Float32Array.of(0, 0, 9, 9, 0.5, 1);
  const logDeviations = Float32Array.of(Math.log(2), Math.log(0.5));
  // z = 0.25 and 2; the logs of 2 and 0.5 cancel.
  expect(gaussianLogProbability(actions, 1, means, 2, logDeviations)).toBeCloseTo(
    -0.5 * (0.0625 + 4) - 2 * HALF_LOG_TWO_PI,
    5,
  );
});

test("the density integrates to one, and its entropy is its mean negative logarithm", () => {
  const logDeviations = Float32Array.of(Math.log(0.7));
  const mean = Float32Array.of(0.2);
  let total = 0;
  let entropy = 0;
  for (let x = -8; x < 8; x += 0.001) {
    const logDensity = gaussianLogProbability(Float32Array.of(x), 0, mean, 0, logDeviations);
    total += Math.exp(logDensity) * 0.001;
    entropy -= Math.exp(logDensity) * logDensity * 0.001;
  }
  expect(total).toBeCloseTo(1, 4);
  expect(gaussianEntropy(logDeviations)).toBeCloseTo(entropy, 3);
});
