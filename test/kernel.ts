// A kernel with memory of its own, for tests of what computes with it.
import { loadKernelModule } from "../src/host/kernel-module.ts";
import { Arena } from "../src/kernel/arena.ts";
import { createMemory, instantiateKernel, type Kernel, type KernelBuild } from "../src/kernel/kernel.ts";

export const BUILDS: readonly KernelBuild[] = ["relaxed-simd", "simd"];

export function testKernel(build?: KernelBuild, bytes = 16 << 20): { kernel: Kernel; arena: Arena } {
  const kernel = instantiateKernel(loadKernelModule(build), createMemory(bytes));
  return { kernel, arena: new Arena(kernel.buffer, 0, kernel.buffer.byteLength) };
}
