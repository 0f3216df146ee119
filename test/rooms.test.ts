// The rooms of src/ import one way. The lint rules that say so are themselves put to the test here.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
let folder: string;

const forbidden: readonly (readonly [file: string, imports: string])[] = [
  ["src/kernel/a.ts", "../network/mlp.ts"],
  ["src/kernel/b.ts", "node:fs"],
  ["src/environment/hopper/c.ts", "../../agent/ppo.ts"],
  ["src/agent/d.ts", "../environment/measuring.ts"],
  ["src/agent/e.ts", "../environment/index.ts"],
  ["src/reward/f.ts", "../agent/ppo.ts"],
  ["src/feedback/g.ts", "../environment/measuring.ts"],
  ["src/training/h.ts", "../environment/measuring.ts"],
  ["src/training/i.ts", "../store/store.ts"],
  ["src/training/j.ts", "node:worker_threads"],
  ["src/server/k.ts", "../host/teach.ts"],
  ["src/host/l.ts", "../cli/program.ts"],
  ["src/training/u.ts", "../experiment/runner.ts"],
  ["src/host/v.ts", "../experiment/runner.ts"],
  ["src/experiment/w.ts", "../store/store.ts"],
  ["src/experiment/x.ts", "../cli/program.ts"],
  ["src/experiment/y.ts", "../environment/measuring.ts"],
  ["src/cli/m.ts", "../environment/measuring.ts"],
];

const allowed: readonly (readonly [file: string, imports: string])[] = [
  ["src/network/n.ts", "../kernel/kernel.ts"],
  ["src/environment/hopper/o.ts", "../measuring.ts"],
  ["src/feedback/simulated-teacher.ts", "../environment/measuring.ts"],
  ["src/training/evaluate.ts", "../environment/measuring.ts"],
  ["src/training/p.ts", "../reward/ensemble.ts"],
  ["src/training/q.test.ts", "node:fs"],
  ["src/store/r.ts", "node:fs"],
  ["src/host/s.ts", "../server/server.ts"],
  ["src/cli/t.ts", "../host/teach.ts"],
  ["src/experiment/z.ts", "../training/start.ts"],
  ["src/experiment/aa.ts", "../host/threads.ts"],
  ["src/cli/bb.ts", "../experiment/run.ts"],
];

let complaints: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "heed-rooms-"));
  copyFileSync(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  for (const [file, imports] of [...forbidden, ...allowed]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `import type { Thing } from "${imports}";\n\nexport type Mine = Thing;\n`);
  }
  const oxlint = join(root, "node_modules", "oxlint", "bin", "oxlint");
  const result = spawnSync(process.execPath, [oxlint, "--format", "unix"], { cwd: folder, encoding: "utf8" });
  complaints = result.stdout;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("imports between rooms", () => {
  it.each(forbidden)("are refused: %s importing %s", (file) => {
    expect(complaints).toMatch(new RegExp(`${file}:\\d+:\\d+: .*restricted`));
  });

  it.each(allowed)("are taken: %s importing %s", (file) => {
    expect(complaints).not.toContain(file);
  });
});
