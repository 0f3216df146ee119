// Reads the compiled kernel from disk.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bestBuild, type KernelBuild } from "../kernel/kernel.ts";

/**
 * The compiled kernel, by default the fastest that this machine can run. A module can be posted to other threads, so
 * it is read and compiled once.
 */
export function loadKernelModule(build: KernelBuild = bestBuild()): WebAssembly.Module {
  const path = fileURLToPath(new URL(`../../assets/kernel/${build}.wasm`, import.meta.url));
  if (!existsSync(path)) {
    throw new Error(`The compiled kernel is missing: there is no ${path}. Run "npm run build:kernel" to make it.`);
  }
  return new WebAssembly.Module(readFileSync(path));
}
