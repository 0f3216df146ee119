import { expect, test } from "vitest";
import { Random } from "../environment/random.ts";
import { ActionNoise } from "./noise.ts";

/** Steps of one action's noise, in one long episode. */
function series(seconds: number, steps: number): Float64Array {
  const noise = new ActionNoise(2, seconds, 0.01);
  const random = new Random(3);
  noise.begin(random);
  return Float64Array.from({ length: steps }, () => {
    noise.advance(random);
    return noise.values[1];
  });
}

const correlation = (of: Float64Array, lag: number): number => {
  let sum = 0;
  for (let t = lag; t < of.length; t++) sum += of[t] * of[t - lag];
  return sum / (of.length - lag);
};

test.each([0, 0.02, 0.1])("noise of %d s has unit variance and forgets exponentially", (seconds) => {
  const noise = series(seconds, 400_000);
  for (const lag of [0, 1, 4, 10]) {
    const expected = lag === 0 ? 1 : seconds === 0 ? 0 : Math.exp((-lag * 0.01) / seconds);
    expect(correlation(noise, lag)).toBeCloseTo(expected, 1);
    expect(Math.abs(correlation(noise, lag) - expected)).toBeLessThan(0.025);
  }
});

test("a new episode's noise has nothing to do with the last one's", () => {
  const noise = new ActionNoise(1, 10, 0.01);
  const random = new Random(5);
  let product = 0;
  for (let episode = 0; episode < 20_000; episode++) {
    noise.advance(random);
    const [before] = noise.values;
    noise.begin(random);
    product += before * noise.values[0];
  }
  expect(Math.abs(product / 20_000)).toBeLessThan(0.03);
});
