import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUILDS, testKernel } from "../../test/kernel.ts";
import { addInto, clipGradients, fill, scale } from "./vector.ts";

const vector = fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), { maxLength: 23 });

describe.each(BUILDS)("vectors with the %s build", (build) => {
  it("are added, scaled, filled and measured over their whole length and no further", () => {
    fc.assert(
      fc.property(vector, fc.float({ noNaN: true, min: -10, max: 10 }), (numbers, factor) => {
        const { kernel, arena } = testKernel(build, 65536);
        const source = Float32Array.from(numbers);
        const wide = arena.floats(numbers.length + 1).fill(7);
        const target = wide.subarray(0, numbers.length);
        const other = arena.floats(numbers.length);
        other.set(source);
        fill(kernel, target, factor);
        expect([...target]).toEqual(numbers.map(() => factor));
        addInto(kernel, target, other);
        expect([...target]).toEqual(numbers.map((value) => Math.fround(factor + value)));
        scale(kernel, other, factor);
        expect([...other]).toEqual(numbers.map((value) => Math.fround(factor * value)));
        other.set(source);
        const norm = Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0));
        expect(clipGradients(kernel, other, Infinity)).toBeCloseTo(norm, 6);
        expect(wide[numbers.length]).toBe(7);
      }),
    );
  });
});

describe("clipGradients", () => {
  it("scales down to the largest norm, and only down", () => {
    const { kernel, arena } = testKernel();
    const gradients = arena.floats(2);
    gradients.set([3, 4]);
    expect(clipGradients(kernel, gradients, 6)).toBe(5);
    expect([...gradients]).toEqual([3, 4]);
    expect(clipGradients(kernel, gradients, 2.5)).toBe(5);
    expect([...gradients]).toEqual([1.5, 2]);
  });

  it("measures norms that float32 could not hold, and leaves what is not finite alone", () => {
    const { kernel, arena } = testKernel();
    const gradients = arena.floats(2).fill(3e38);
    expect(clipGradients(kernel, gradients, 1)).toBeCloseTo(Math.fround(3e38) * Math.SQRT2, -32);
    gradients.set([NaN, 1]);
    expect(clipGradients(kernel, gradients, 0.5)).toBeNaN();
    expect([...gradients]).toEqual([NaN, 1]);
  });
});

describe("addInto", () => {
  it("refuses vectors of different lengths or outside the kernel's memory", () => {
    const { kernel, arena } = testKernel();
    expect(() => addInto(kernel, arena.floats(2), arena.floats(3))).toThrow("3 numbers cannot be added to one of 2");
    expect(() => addInto(kernel, arena.floats(2), new Float32Array(2))).toThrow("The source must lie in the kernel's");
  });
});
