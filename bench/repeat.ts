// The same seed and the same workers, twice: are all metrics the same but for times?
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { teach } from "../src/host/teach.ts";

const STEPS = 200_000;
const LABELS = 300;

/** Every line of the run's learning curves without its times, and its evaluation. */
async function record(workers: number): Promise<string[]> {
  const data = await mkdtemp(join(tmpdir(), "heed-bench-"));
  const lines: string[] = [];
  try {
    const { evaluation } = await teach({
      task: "hopper-backflip",
      teacher: "simulated",
      labels: LABELS,
      steps: STEPS,
      seed: 7,
      workers,
      data,
      serve: false,
      onProgress: (event) => {
        if (event.event !== "progress") return;
        const { seconds: _seconds, stepsPerSecond: _rate, ...metrics } = event;
        lines.push(JSON.stringify(metrics));
      },
    });
    lines.push(JSON.stringify(evaluation));
  } finally {
    await rm(data, { recursive: true, force: true });
  }
  return lines;
}

export async function run({ json }: { json: boolean }): Promise<object> {
  const workers = availableParallelism();
  const first = await record(workers);
  if (!json) process.stderr.write(`first run: ${first.length} lines\n`);
  const second = await record(workers);
  const differing = first.filter((line, i) => line !== second[i]).length + Math.abs(first.length - second.length);
  if (!json) process.stderr.write(`second run: ${second.length} lines, ${differing} of them different\n`);
  return { event: "finished", bench: "repeat", workers, lines: first.length, differing, identical: differing === 0 };
}
