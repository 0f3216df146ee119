// What one trial gives to others, and how they begin with it: kept as a run and a file like anybody's, and read back as
// `heed teach --from` reads them, so that what is measured is what users get.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { guarded } from "../environment/guard.ts";
import { FIRST_VOLUNTEERED, type Question } from "../feedback/judgement.ts";
import { openExistingData } from "../host/data.ts";
import { UsageError } from "../host/errors.ts";
import { readHeadStart, type HeadStart } from "../host/head-start.ts";
import { loadTask } from "../host/load-task.ts";
import { startTeaching } from "../host/teach.ts";
import { startThread } from "../host/threads.ts";
import type { TrajectoryLine } from "../host/trajectories.ts";
import { policyOf } from "../training/head-start.ts";
import type { Hyperparameters } from "../training/hyperparameters.ts";
import { startTraining, type TrainingSetup } from "../training/start.ts";
import type { Start } from "../training/training.ts";
import { Curve } from "./curve.ts";
import { demonstrate } from "./demonstrator.ts";
import type { RunningTrial } from "./launch.ts";
import type { Trial, TrialOutcome } from "./trial.ts";

/** Simulated seconds that a demonstrator shows. */
export const DEMONSTRATED_SECONDS = 120;

/** What the run and the file of a source are called. */
const RUN = "source";
const FILE = "demonstrations.jsonl";

/** A data directory of the source's own, so that trials beside each other do not write into one. */
function folderOf({ key }: Trial, directory: string): string {
  return join(resolve(directory), "sources", key.slice(key.lastIndexOf("#") + 1));
}

/** Trains a source as a run with everything kept. What an earlier process has begun is begun anew. */
export function giveHeadStart(
  trial: Trial,
  directory: string,
  kernel: TrainingSetup["kernel"],
  onSteps: (steps: number) => void,
): RunningTrial {
  const controller = new AbortController();
  return {
    stop: () => controller.abort(),
    done: give(trial, folderOf(trial, directory), kernel, onSteps, controller.signal),
  };
}

async function give(
  { gives, options, hyperparameters }: Trial,
  folder: string,
  kernel: TrainingSetup["kernel"],
  onSteps: (steps: number) => void,
  signal: AbortSignal,
): Promise<TrialOutcome | null> {
  rmSync(folder, { recursive: true, force: true });
  const curve = new Curve(options.steps);
  const running = await startTeaching(
    {
      ...options,
      name: RUN,
      data: folder,
      serve: false,
      signal,
      onProgress: (event) => {
        if (event.event !== "progress") return;
        curve.add(event);
        onSteps(event.steps);
      },
    },
    (start, journal) => startTraining({ start, startThread, journal, kernel, hyperparameters }),
  );
  let evaluation: TrialOutcome["evaluation"] | null;
  try {
    ({ evaluation } = await running.done);
  } finally {
    await running.close();
  }
  // It was stopped.
  if (evaluation === null) return null;
  if (gives === "demonstrations") writeFileSync(join(folder, FILE), await demonstrations(folder, hyperparameters));
  return { evaluation, curve: curve.points() };
}

/** What the run's agent shows, as a file of trajectories. */
async function demonstrations(folder: string, hyper: Hyperparameters): Promise<string> {
  const store = await openExistingData(folder);
  try {
    const { id, options } = await store.findRun(RUN);
    const { checkpoint } = await store.loadCheckpoint(id);
    if (checkpoint === null) throw new Error("The demonstrator was trained, but not saved.");
    const task = await loadTask(options.task);
    const environment = guarded(await task.create(), task.name);
    try {
      const { stepSeconds } = environment;
      const shown = demonstrate(environment, policyOf(checkpoint), hyper, DEMONSTRATED_SECONDS, options.seed);
      return shown
        .map(({ steps, observations, actions }, index) => {
          const line: TrajectoryLine = {
            format: "heed-trajectory",
            version: 1,
            task: task.name,
            stepSeconds,
            id: `episode-${index}`,
            observations: rows(observations, steps),
            actions: rows(actions, steps),
          };
          return `${JSON.stringify(line)}\n`;
        })
        .join("");
    } finally {
      environment.close();
    }
  } finally {
    await store.close();
  }
}

function rows(values: Float32Array, count: number): number[][] {
  const width = values.length / count;
  return Array.from({ length: count }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);
}

/**
 * What a trial begins with.
 * @throws UsageError where what its source gave is not in the directory
 */
export async function startOf({ options, source }: Trial, directory: string): Promise<Start> {
  const nothing = { options, checkpoint: null, judged: [], open: [], lastSegment: 0, lastQuery: 0 };
  if (source === null) return nothing;
  const folder = folderOf(source, directory);
  if (!existsSync(folder)) {
    throw new UsageError(
      `${folder} is gone, which held what this trial begins with. Remove the line of "${source.key}" from trials.jsonl, ` +
        `and the same command makes it again; or give another directory with --out.`,
    );
  }
  const from = source.gives === "demonstrations" ? join(folder, FILE) : RUN;
  const store = await openExistingData(folder);
  try {
    const task = await loadTask(options.task);
    const { contributions, policy } = await readHeadStart(store, task, { ...options, from });
    return { ...nothing, judged: judgedFrom(contributions), ...(policy === null ? {} : { policy }) };
  } finally {
    await store.close();
  }
}

/** The evidence with the ids that a run's store gives what people bring. */
function judgedFrom(contributions: HeadStart["contributions"]): Start["judged"] {
  let segment = FIRST_VOLUNTEERED;
  return contributions.map(({ kind, atStep, segments, judgement }, index) => {
    const named = segments.map((window) => ({ ...window, id: segment++ }));
    const id = FIRST_VOLUNTEERED + index;
    const question: Question = {
      query: { id, kind, segments: named.map((one) => one.id), selection: "volunteered", atStep },
      segments: named,
    };
    return { ...question, judgement: { ...judgement, query: id } };
  });
}
