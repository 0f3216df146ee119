import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

it.each([
  [["kernle"], 'There is no benchmark "kernle"'],
  [["kernel", "loop"], 'There is no benchmark "kernel loop"'],
  [["--json"], "No benchmark was named"],
])("given %j, says which benchmarks there are", (words, message) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: "utf8" });
  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(`${message}. The known ones are kernel, physics, loop`);
});
