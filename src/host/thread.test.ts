import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startCommand } from "../../test/command.ts";

/** How nice each thread of a process is; what stands in proc(5) as field 19 of `stat`. */
function niceness(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const afterName = readFileSync(`/proc/${pid}/task/${thread}/stat`, "utf8").split(") ")[1];
    return Number(afterName.split(" ")[16]);
  });
}

test.skipIf(process.platform !== "linux").each([
  ["person", 2],
  ["simulated", 0],
] as const)(
  "with a teacher that is %s, %i training threads yield, and no other thread does",
  async (teacher, yielding) => {
    const data = mkdtempSync(join(tmpdir(), "heed-thread-"));
    const flags = ["--teacher", teacher, "--workers", "2", "--labels", "2000", "--port", "0", "--no-open", "--json"];
    const command = startCommand(["teach", "hopper-backflip", ...flags, "--data", data]);
    try {
      await command.line(({ event }) => event === "progress" || event === "status");
      await expect.poll(() => readdirSync(`/proc/${command.process.pid}/task`).length).toBeGreaterThan(2);
      await expect
        .poll(() => niceness(command.process.pid ?? 0).filter((nice) => nice > 0).length, { timeout: 20_000 })
        .toBe(yielding);
    } finally {
      command.process.kill("SIGKILL");
      await command.ended;
      rmSync(data, { recursive: true, force: true });
    }
  },
);
