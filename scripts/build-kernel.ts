// Compiles src/kernel/assembly to assets/kernel: one module for each set of instructions.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const entry = fileURLToPath(new URL("../src/kernel/assembly/index.ts", import.meta.url));
const target = fileURLToPath(new URL("../assets/kernel/", import.meta.url));
mkdirSync(target, { recursive: true });

for (const build of ["simd", "relaxed-simd"]) {
  const options = ["--runtime stub --noAssert -O3 --converge --enable simd --enable threads"];
  // The memory belongs to all threads: the host makes it, of any size up to 4 GiB, and it holds no static data.
  options.push("--importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536");
  if (build === "relaxed-simd") options.push("--enable relaxed-simd");
  const { error, stderr } = await main([entry, "--outFile", `${target}${build}.wasm`, ...options.join(" ").split(" ")]);
  if (error) {
    process.stderr.write(stderr.toString());
    process.exitCode = 1;
    break;
  }
}
