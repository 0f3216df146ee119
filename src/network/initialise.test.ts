import { describe, expect, it } from "vitest";
import { Random } from "../environment/random.ts";
import { initialise } from "./initialise.ts";
import { layout, parameterCount, type MlpShape } from "./layout.ts";

const shape: MlpShape = { sizes: [11, 64, 64, 3], activation: "tanh" };

function initialised(seed: number): Float32Array {
  const random = new Random(seed);
  const parameters = new Float32Array(parameterCount(shape)).fill(NaN);
  initialise(shape, parameters, () => random.float(), 0.01);
  return parameters;
}

describe("initialise", () => {
  it("makes rows or columns orthogonal, with the gain of their layer, and biases zero", () => {
    const parameters = initialised(1);
    for (const { name, shape: dimensions, offset, length } of layout(shape)) {
      const values = parameters.subarray(offset, offset + length);
      if (dimensions.length === 1) {
        expect(values.every((value) => value === 0)).toBe(true);
        continue;
      }
      const [inputs, outputs] = dimensions;
      const gain = name === "layers.2.weight" ? 0.01 : Math.SQRT2;
      const [count, size] = [Math.min(inputs, outputs), Math.max(inputs, outputs)];
      const number = (vector: number, at: number) =>
        inputs === count ? values[vector * outputs + at] : values[at * outputs + vector];
      for (let a = 0; a < count; a++) {
        for (let b = 0; b < count; b++) {
          let product = 0;
          for (let at = 0; at < size; at++) product += number(a, at) * number(b, at);
          expect(product / gain ** 2).toBeCloseTo(a === b ? 1 : 0, 5);
        }
      }
    }
  });

  it("depends on nothing but the random numbers", () => {
    expect(initialised(1)).toEqual(initialised(1));
    expect(initialised(1)).not.toEqual(initialised(2));
  });

  it("refuses an array of the wrong length", () => {
    expect(() => initialise(shape, new Float32Array(5), Math.random, 1)).toThrow("has 5123 parameters, but");
  });
});
