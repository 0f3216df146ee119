// node bench/peers/ppo.ts [--side heed|sb3] [--tasks A,B] [--seeds 1,2] [--jobs N]
// Trains PPO on the true reward on both sides, keeps what every run came to in bench/peers/results/, skips the runs that
// are there already, and prints the comparison.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { HYPERPARAMETERS } from "../../src/training/hyperparameters.ts";
import { finalReturn } from "./curve.ts";
import { runHeed } from "./heed-run.ts";
import { peerHyperparameters } from "./hyperparameters.ts";
import { appendLearned, readLearned, sameRun, type Learned } from "./learned.ts";
import { learningReport } from "./learning-report.ts";
import { Peer } from "./peer.ts";
import { Ran } from "./ppo-speed.ts";
import { preparePython } from "./virtual-environment.ts";

const STEPS = 1_000_000;
/** heed's threads. Part of what makes its runs repeatable, so it does not follow the machine. */
const WORKERS = 2;
const EVALUATION_EPISODES = 20;
/** heed's tasks by Gymnasium's names. */
const GYMNASIUM: Readonly<Record<string, string>> = {
  hopper: "Hopper-v5",
  walker2d: "Walker2d-v5",
  "half-cheetah": "HalfCheetah-v5",
  "inverted-pendulum": "InvertedPendulum-v5",
  "inverted-double-pendulum": "InvertedDoublePendulum-v5",
  reacher: "Reacher-v5",
};
const SIDES = ["heed", "sb3"] as const;
type Side = (typeof SIDES)[number];

/** A run to be made. */
type Due = Omit<Learned, "evaluation" | "training" | "seconds">;

const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const fileOf = (side: Side): string => fileURLToPath(new URL(`results/${side}.jsonl`, import.meta.url));
const hyperparameters = peerHyperparameters(WORKERS);
/** What each side's runs are made with, and known by. The noise on actions has no counterpart in Stable-Baselines3. */
const MADE_WITH: Readonly<Record<Side, Due["hyperparameters"]>> = {
  heed: { ...hyperparameters, noiseSeconds: HYPERPARAMETERS.noiseSeconds },
  sb3: hyperparameters,
};

async function trainHeed({ task, seed, steps }: Due): Promise<Omit<Learned, keyof Due>> {
  const { evaluation, curve, seconds } = await runHeed({ task, teacher: "none", steps, seed, workers: WORKERS });
  if (evaluation.trueReturn === null) throw new Error(`The evaluation of ${task}, seed ${seed}, blew up.`);
  return { evaluation: evaluation.trueReturn, training: finalReturn(curve), seconds };
}

/** One process of Stable-Baselines3, which keeps one core busy. */
function sb3Trainer(): { train: typeof trainHeed; close: () => void } {
  const peer = new Peer(preparePython(tell), "sb3_ppo.py");
  const vector = { vector: "DummyVecEnv", environments: hyperparameters.environments, threads: 1 };
  return {
    train: async ({ task, seed, steps }) => {
      const request = {
        environment: GYMNASIUM[task],
        fixedHorizon: false,
        seed,
        steps,
        hyperparameters,
        evaluationEpisodes: EVALUATION_EPISODES,
      };
      const { evaluation, curve, seconds } = await peer.ask({ ...request, ...vector }, Ran);
      if (evaluation === null) throw new Error(`Stable-Baselines3 evaluated nothing on ${task}, seed ${seed}.`);
      return { evaluation, training: finalReturn(curve), seconds };
    },
    close: () => peer.close(),
  };
}

/** Makes the runs of one side that are not on file, `jobs` at a time. */
async function trainAll(side: Side, due: readonly Due[], jobs: number): Promise<void> {
  const done = readLearned(fileOf(side));
  const missing = due.filter((run) => !done.some((other) => sameRun(run, other)));
  const next = missing.values();
  const work = async (): Promise<void> => {
    const { train, close } = side === "heed" ? { train: trainHeed, close: () => {} } : sb3Trainer();
    try {
      for (const run of next) {
        const learned = await train(run);
        appendLearned(fileOf(side), { ...run, ...learned });
        const { evaluation, training, seconds } = learned;
        tell(
          `${side}, ${run.task}, seed ${run.seed}: ${Math.round(seconds)} s, training ${training.toFixed(1)}, ` +
            `evaluation ${evaluation.toFixed(1)}`,
        );
      }
    } finally {
      close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, missing.length) }, work));
}

/** @throws Error that lists what there is to choose from */
function readWords() {
  const { values } = parseArgs({
    options: {
      side: { type: "string" },
      tasks: { type: "string", default: Object.keys(GYMNASIUM).join(",") },
      seeds: { type: "string", default: "1,2,3,4,5" },
      jobs: { type: "string", default: "1" },
    },
  });
  const sides = SIDES.filter((side) => values.side === undefined || side === values.side);
  if (sides.length === 0) throw new Error(`--side: expected ${SIDES.join(" or ")}, but got "${values.side}".`);
  const tasks = values.tasks.split(",");
  const unknown = tasks.find((task) => GYMNASIUM[task] === undefined);
  if (unknown !== undefined) {
    throw new Error(`--tasks: there is no "${unknown}" here. The known ones are ${Object.keys(GYMNASIUM).join(", ")}.`);
  }
  const numbers = (flag: "seeds" | "jobs"): number[] => {
    const given = values[flag].split(",").map(Number);
    if (given.every((number) => Number.isInteger(number) && number >= 0)) return given;
    throw new Error(`--${flag}: expected whole numbers, but got "${values[flag]}".`);
  };
  return { sides, tasks, seeds: numbers("seeds"), jobs: Math.max(1, ...numbers("jobs")) };
}

try {
  const { sides, tasks, seeds, jobs } = readWords();
  for (const side of sides) {
    const made = { steps: STEPS, hyperparameters: MADE_WITH[side] };
    const due = seeds.flatMap((seed) => tasks.map((task): Due => ({ task, seed, ...made })));
    await trainAll(side, due, jobs);
  }
  const [heed, sb3] = SIDES.map((side) =>
    readLearned(fileOf(side)).filter((run) => sameRun({ ...run, steps: STEPS, hyperparameters: MADE_WITH[side] }, run)),
  );
  process.stdout.write(`${learningReport(Object.keys(GYMNASIUM), heed, sb3)}\n`);
} catch (error) {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
