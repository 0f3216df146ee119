import { describe, expect, it } from "vitest";
import { BUILDS, testKernel } from "../../test/kernel.ts";
import { loadKernelModule } from "../host/kernel-module.ts";
import { addressOf, bestBuild, createMemory, instantiateKernel, sharedBuffer } from "./kernel.ts";

describe.each(BUILDS)("the %s build's tanh", (build) => {
  const { kernel, arena } = testKernel(build);
  const tanh = (values: Float32Array) => {
    kernel.tanh(addressOf(kernel, values, "values"), values.length);
    return values;
  };

  it("is within 5e-7 of the hyperbolic tangent, odd, and never falls by more than rounding", () => {
    const length = 400_001;
    const x = (at: number) => -10 + (at * 20) / (length - 1);
    const values = arena.floats(length);
    for (let at = 0; at < length; at++) values[at] = x(at);
    const exact = Float64Array.from(values, Math.tanh);
    tanh(values);
    let error = 0;
    let fall = 0;
    let lopsided = 0;
    for (let at = 0; at < length; at++) {
      error = Math.max(error, Math.abs(values[at] - exact[at]));
      lopsided = Math.max(lopsided, Math.abs(values[at] + values[length - 1 - at]));
      if (at > 0) fall = Math.max(fall, values[at - 1] - values[at]);
    }
    expect(error).toBeLessThan(5e-7);
    expect(fall).toBeLessThan(6e-7);
    expect(lopsided).toBe(0);
  });

  it("keeps the sign of the smallest numbers and stays within ±1 for the largest", () => {
    const values = arena.floats(8);
    values.set([0, 1e-30, -1e-30, 1e30, -1e30, Infinity, -Infinity, NaN]);
    const [zero, small, negative, ...large] = tanh(values);
    expect([zero, Math.sign(small), Math.sign(negative)]).toEqual([0, 1, -1]);
    for (const value of large.slice(0, 4)) {
      expect(Math.abs(value)).toBeLessThanOrEqual(1);
      expect(Math.abs(value)).toBeGreaterThan(1 - 5e-7);
    }
    expect(large[4]).toBeNaN();
  });
});

describe("the kernel", () => {
  it("comes in the build that this machine runs best", () => {
    expect(BUILDS).toContain(bestBuild());
    expect(WebAssembly.validate(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))).toBe(true);
  });

  it("works on one memory from several instances", () => {
    const memory = createMemory(65536);
    const module = loadKernelModule();
    const [one, other] = [instantiateKernel(module, memory), instantiateKernel(module, memory)];
    one.fill(64, 4, 2);
    other.scale(64, 4, 3);
    expect([...new Float32Array(one.buffer, 64, 5)]).toEqual([6, 6, 6, 6, 0]);
  });

  it("refuses memory that is not shared, and impossible sizes", () => {
    expect(() => sharedBuffer(new WebAssembly.Memory({ initial: 1 }))).toThrow("needs a shared memory");
    expect(() => createMemory(0)).toThrow("from 1 byte to 4 GiB, not 0 bytes");
    expect(() => createMemory(NaN)).toThrow("not NaN bytes");
  });
});
