// The main job, as a user runs it: `npm start -- --teacher simulated --labels 900 --seed S` for seeds 1 to 5, from the
// command to its last line.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SEEDS = [1, 2, 3, 4, 5];
const LABELS = 900;

interface SeedResult {
  readonly seed: number;
  /** Wall-clock, from starting npm to the end of its output. */
  readonly seconds: number;
  readonly steps: number;
  readonly backflips: number;
  readonly trueReturn: number;
}

/** Runs npm in the repository and returns the last line of its output, with the seconds that it took. */
async function runToTheEnd(args: readonly string[]): Promise<{ last: string; seconds: number }> {
  const began = performance.now();
  const child = spawn("npm", ["start", "--silent", "--", ...args], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`npm start ${args.join(" ")} ended with ${code}.`);
  return { last: output.trimEnd().split("\n").at(-1) ?? "", seconds: (performance.now() - began) / 1000 };
}

export async function run({ json }: { json: boolean }): Promise<object> {
  const data = await mkdtemp(join(tmpdir(), "heed-bench-"));
  const seeds: SeedResult[] = [];
  try {
    for (const seed of SEEDS) {
      const flags = ["--teacher", "simulated", "--labels", String(LABELS), "--seed", String(seed)];
      const { last, seconds } = await runToTheEnd([...flags, "--data", data, "--port", "0", "--json"]);
      const { steps, evaluation } = JSON.parse(last);
      const { backflips, trueReturn } = evaluation;
      seeds.push({ seed, seconds: Number(seconds.toFixed(1)), steps, backflips, trueReturn: Math.round(trueReturn) });
      if (!json)
        process.stderr.write(`seed ${seed}: ${backflips} backflips per episode after ${seconds.toFixed(1)} s\n`);
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
  return {
    event: "finished",
    bench: "backflips",
    labels: LABELS,
    fewest: Math.min(...seeds.map(({ backflips }) => backflips)),
    slowestSeconds: Math.max(...seeds.map(({ seconds }) => seconds)),
    seeds,
  };
}
