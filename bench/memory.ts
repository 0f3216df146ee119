// Memory over a run of 5 million steps: its peak, and whether it grows over the second half. Linux only, where the
// kernel says what a process holds.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { platform, tmpdir } from "node:os";
import { join } from "node:path";
import { jsonLines, startCommand } from "../test/command.ts";

const STEPS = 5_000_000;
const LABELS = 900;
const EVERY_MILLISECONDS = 1_000;

/** A number of kibibytes from /proc, as MiB; undefined once the process is gone. */
async function memoryOf(pid: number, field: "VmRSS" | "VmHWM"): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export async function run({ json }: { json: boolean }): Promise<object> {
  if (platform() !== "linux") throw new Error("Memory is measured through /proc, which only Linux has.");
  const data = await mkdtemp(join(tmpdir(), "heed-bench-"));
  const samples: number[] = [];
  let peak = 0;
  try {
    const task = ["teach", "hopper-backflip", "--teacher", "simulated", "--json", "--port", "0", "--data", data];
    const command = startCommand(task.concat("--labels", String(LABELS), "--steps", String(STEPS)));
    const { pid } = command.process;
    if (pid === undefined) throw new Error("The run did not start.");
    const timer = setInterval(() => {
      void memoryOf(pid, "VmRSS").then((held) => held !== undefined && samples.push(held));
      void memoryOf(pid, "VmHWM").then((held) => (peak = held ?? peak));
      if (!json && samples.length % 30 === 1) process.stderr.write(`${samples.at(-1)?.toFixed(0)} MiB\n`);
    }, EVERY_MILLISECONDS);
    const { code, stdout, stderr } = await command.ended;
    clearInterval(timer);
    const last = jsonLines(stdout).at(-1);
    if (code !== 0 || last?.event !== "finished") throw new Error(`The run ended with ${code}.\n${stderr}`);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
  const quarter = Math.floor(samples.length / 4);
  const third = mean(samples.slice(2 * quarter, 3 * quarter));
  const fourth = mean(samples.slice(3 * quarter, 4 * quarter));
  return {
    event: "finished",
    bench: "memory",
    steps: STEPS,
    peakMiB: Math.round(peak),
    thirdQuarterMiB: Number(third.toFixed(1)),
    fourthQuarterMiB: Number(fourth.toFixed(1)),
    growthOverSecondHalf: Number((fourth / third - 1).toFixed(4)),
  };
}
