// How much of the physics' speed the whole loop keeps: acting, asking, fitting the reward and improving the agent, with
// every judgement, metric and checkpoint on disk, over what the physics alone does on the same cores in the same run.
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { teach } from "../src/host/teach.ts";
import type { Metrics } from "../src/training/journal.ts";
import { measurePhysics } from "./physics.ts";

const ROUNDS = 3;
const PHYSICS_SECONDS = 4;
/** Every label is asked for and answered within these steps, so that asking costs more here than in a longer run. */
const STEPS = 260_000;
const LABELS = 900;

interface Round {
  readonly physics: number;
  readonly loop: number;
}

/** Steps per second between the first and the last line of a run's metrics in which the agent learns. */
async function measureLoop(workers: number, seed: number): Promise<number> {
  const data = await mkdtemp(join(tmpdir(), "heed-bench-"));
  const lines: Pick<Metrics, "steps" | "seconds">[] = [];
  try {
    await teach({
      task: "hopper-backflip",
      teacher: "simulated",
      labels: LABELS,
      steps: STEPS,
      seed,
      workers,
      data,
      serve: false,
      onProgress: (event) => {
        if (event.event === "progress" && event.predictedReward !== null) lines.push(event);
      },
    });
  } finally {
    await rm(data, { recursive: true, force: true });
  }
  const [first] = lines;
  const last = lines[lines.length - 1];
  return (last.steps - first.steps) / (last.seconds - first.seconds);
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

export async function run({ json }: { json: boolean }): Promise<object> {
  const workers = availableParallelism();
  const rounds: Round[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    // Physics before and after, so that a machine that slows down or speeds up meanwhile does not tilt the ratio.
    const before = await measurePhysics("hopper-backflip", workers, PHYSICS_SECONDS);
    const loop = await measureLoop(workers, round);
    const after = await measurePhysics("hopper-backflip", workers, PHYSICS_SECONDS);
    const physics = (before + after) / 2;
    rounds.push({ physics, loop });
    if (!json) {
      process.stderr.write(
        `round ${round} of ${ROUNDS}: loop ${Math.round(loop)}, physics ${Math.round(physics)} environment steps/s, ` +
          `ratio ${(loop / physics).toFixed(3)}\n`,
      );
    }
  }
  const ratios = rounds.map(({ loop, physics }) => loop / physics);
  return {
    event: "finished",
    bench: "loop",
    task: "hopper-backflip",
    workers,
    ratio: Number(middle(ratios).toFixed(3)),
    ratios: ratios.map((ratio) => Number(ratio.toFixed(3))),
    stepsPerSecond: Math.round(middle(rounds.map(({ loop }) => loop))),
    physicsStepsPerSecond: Math.round(middle(rounds.map(({ physics }) => physics))),
  };
}
