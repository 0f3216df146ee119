import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUILDS, testKernel } from "../../test/kernel.ts";
import { Random } from "../environment/random.ts";
import { Arena } from "../kernel/arena.ts";
import type { KernelBuild } from "../kernel/kernel.ts";
import { initialise, layout, Mlp, parameterCount, parameterNames, type MlpShape } from "./mlp.ts";
import { referenceForward, referenceGradients } from "./reference.ts";

const UNTOUCHED = 12345;

function uniform(target: Float32Array, random: Random, size = 1): void {
  for (let at = 0; at < target.length; at++) target[at] = size * (2 * random.float() - 1);
}

/** Largest difference between the two, over the largest number in `expected` or 1. */
function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  let scale = 1;
  for (let at = 0; at < expected.length; at++) {
    const apart = Math.abs(actual[at] - expected[at]);
    largest = Number.isNaN(apart) ? Infinity : Math.max(largest, apart);
    scale = Math.max(scale, Math.abs(expected[at]));
  }
  return largest / scale;
}

/** Runs a random network of this shape forward and backward on both, and compares all that comes out. */
function compareWithReference(build: KernelBuild, shape: MlpShape, rows: number, seed: number): void {
  const random = new Random(seed);
  const { kernel, arena } = testKernel(build, 8 << 20);
  const count = parameterCount(shape);
  const outputs = shape.sizes[shape.sizes.length - 1];
  const gradients = arena.floats(count);
  // Parameters end where the memory does: what is read past them must not trap.
  const bytes = Math.ceil(count / 16) * 64 + 64;
  const parameters = new Arena(kernel.buffer, kernel.buffer.byteLength - bytes, bytes).floats(count);
  const network = new Mlp(kernel, arena, shape, parameters, gradients, rows + 3);
  initialise(shape, parameters, () => random.float(), 1);
  for (const slice of layout(shape)) {
    if (slice.shape.length === 1) uniform(parameters.subarray(slice.offset, slice.offset + slice.length), random, 0.5);
  }
  uniform(network.input, random, 2);
  uniform(network.outputGradient, random);
  uniform(gradients, random);
  network.output.fill(UNTOUCHED);
  const before = gradients.slice();
  network.forward(rows);
  network.backward(rows);

  const values = referenceForward(shape, parameters, network.input, rows);
  expect(difference(network.output, values[values.length - 1])).toBeLessThan(1e-5);
  expect(network.output.subarray(rows * outputs).every((value) => value === UNTOUCHED)).toBe(true);
  const expected = referenceGradients(shape, parameters, network.input, network.outputGradient, rows);
  for (let at = 0; at < count; at++) expected[at] += before[at];
  expect(difference(gradients, expected)).toBeLessThan(2e-5);
}

const shape = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 2, maxLength: 4 }),
  activation: fc.constantFrom("tanh", "leaky-relu"),
});

describe.each(BUILDS)("a network with the %s build", (build) => {
  it("agrees with the reference for any shape and number of rows", () => {
    const rows = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(shape, rows, fc.nat(), (shape, rows, seed) => compareWithReference(build, shape, rows, seed)),
      { numRuns: 60 },
    );
  });

  it.each<[MlpShape, number]>([
    [{ sizes: [11, 64, 64, 3], activation: "tanh" }, 16],
    [{ sizes: [11, 64, 64, 1], activation: "tanh" }, 64],
    [{ sizes: [14, 64, 64, 1], activation: "leaky-relu" }, 600],
    [{ sizes: [11, 256, 256, 1], activation: "tanh" }, 130],
    [{ sizes: [5, 130, 129, 67], activation: "leaky-relu" }, 31],
  ])("agrees with the reference for %j on %i rows", (shape, rows) => compareWithReference(build, shape, rows, 1));

  it("gives a row the same output whatever rows are with it", () => {
    const { kernel, arena } = testKernel(build);
    const shape: MlpShape = { sizes: [11, 64, 64, 3], activation: "tanh" };
    const parameters = arena.floats(parameterCount(shape));
    const network = new Mlp(kernel, arena, shape, parameters, arena.floats(parameters.length), 20);
    const random = new Random(3);
    initialise(shape, parameters, () => random.float(), 1);
    uniform(network.input, random);
    network.forward(20);
    const together = network.output.slice();
    for (let row = 0; row < 20; row++) {
      network.input.copyWithin(0, row * 11, (row + 1) * 11);
      network.forward(1);
      expect(network.output.slice(0, 3)).toEqual(together.slice(row * 3, row * 3 + 3));
    }
  });

  it("does nothing for no rows", () => {
    const { kernel, arena } = testKernel(build);
    const gradients = arena.floats(9);
    const shape: MlpShape = { sizes: [2, 2, 1], activation: "tanh" };
    const network = new Mlp(kernel, arena, shape, arena.floats(9), gradients, 4);
    network.outputGradient.fill(1);
    network.forward(0);
    network.backward(0);
    expect(gradients.every((value) => value === 0)).toBe(true);
  });
});

describe("a network's parameters", () => {
  it("lie layer by layer, weights before biases", () => {
    const shape: MlpShape = { sizes: [3, 4, 2], activation: "tanh" };
    expect(parameterNames(shape)).toEqual(["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"]);
    expect(layout(shape).map(({ shape, offset, length }) => [shape, offset, length])).toEqual([
      [[3, 4], 0, 12],
      [[4], 12, 4],
      [[4, 2], 16, 8],
      [[2], 24, 2],
    ]);
    expect(parameterCount(shape)).toBe(26);
  });

  it.each([[[3]], [[3, 0]], [[3, 1.5]], [[-1, 2]]])("cannot be laid out for sizes %j", (sizes) => {
    expect(() => layout({ sizes, activation: "tanh" })).toThrow("at least two layer sizes, whole numbers from 1 up");
  });
});

describe("a network refuses", () => {
  const { kernel, arena } = testKernel();
  const shape: MlpShape = { sizes: [2, 2], activation: "tanh" };

  it("parameters that are too few or lie elsewhere", () => {
    const make = (parameters: Float32Array) => () => new Mlp(kernel, arena, shape, parameters, parameters, 1);
    expect(make(arena.floats(5))).toThrow("has 6 parameters and as many gradients, not 5 and 5");
    expect(make(new Float32Array(6))).toThrow("must lie in the kernel's memory");
  });

  it("more rows than it has room for", () => {
    const network = new Mlp(kernel, arena, shape, arena.floats(6), arena.floats(6), 8);
    expect(() => network.forward(9)).toThrow("has room for 8 rows: it cannot take 9");
    expect(() => network.backward(1.5)).toThrow("has room for 8 rows: it cannot take 1.5");
    expect(() => new Mlp(kernel, arena, shape, arena.floats(6), arena.floats(6), 0)).toThrow("at least 1 row, not 0");
  });
});
