// A head start: what a new run is given before anybody is asked. From a file, trajectories that show what is wanted, held
// against what an untrained agent does; from another run, all judgements that stand there.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { guarded } from "../environment/guard.ts";
import type { Environment, Task } from "../environment/environment.ts";
import { windowsOf, type TrajectoryShape, type Window } from "../feedback/driven.ts";
import { contributionsOf } from "../store/contributions.ts";
import { StoreError } from "../store/errors.ts";
import type { ExportedSegment } from "../store/export.ts";
import type { Contribution, Run, Store } from "../store/store.ts";
import { clonedPolicy, policyOf, untrainedWindows, windowShape, type StartingPolicy } from "../training/head-start.ts";
import { HYPERPARAMETERS } from "../training/hyperparameters.ts";
import type { TrainingOptions } from "../training/options.ts";
import type { Start } from "../training/training.ts";
import { UsageError } from "./errors.ts";
import { loadKernelModule } from "./kernel-module.ts";
import { loadTask } from "./load-task.ts";
import { readTrajectories } from "./trajectories.ts";

/** Whose demonstrations are where a file does not say. */
const SOMEBODY = "head-start";
/** Windows of an untrained agent that demonstrations are held against: more of them say little more. */
const MOST_UNTRAINED = 200;

export interface HeadStart {
  readonly contributions: readonly Contribution[];
  /** Null where the policy is to begin untrained. */
  readonly policy: StartingPolicy | null;
}

/** Whether a run is to get its head start from a file, and not from another run. */
export function isFile(from: string): boolean {
  return /[/\\]/.test(from) || from.endsWith(".jsonl");
}

/** The source under which every later process finds the same: a file's absolute path, a run as it was named. */
export function headStartReference(from: string, directory: string = process.cwd()): string {
  return isFile(from) || existsSync(resolve(directory, from)) ? resolve(directory, from) : from;
}

/**
 * What the options ask for. Nothing is written.
 * @throws UsageError for a source that is not there, is of another task, or cannot be used
 */
export async function readHeadStart(store: Store, task: Task, options: TrainingOptions): Promise<HeadStart> {
  const { from } = options;
  const wantsPolicy = options.fromPolicy === "yes";
  if (from === undefined) {
    if (wantsPolicy) throw new UsageError("fromPolicy: there is nothing to begin with. Say where from, with --from.");
    return { contributions: [], policy: null };
  }
  if (options.teacher === "none") {
    throw new UsageError("from: a run without a teacher has no reward model to give a head start to.", {
      field: "from",
    });
  }
  const environment = guarded(await task.create(), task.name);
  try {
    const shape = windowShape(environment, options, HYPERPARAMETERS);
    return isFile(from)
      ? await fromFile(from, task, environment, shape, options, wantsPolicy)
      : await fromRun(store, await findSource(store, from), task, shape, wantsPolicy);
  } finally {
    environment.close();
  }
}

/**
 * Makes sure that a run which somebody starts on the page can have the head start that they ask for. Files are refused:
 * nobody may make this process read one by asking for it over a network.
 * @throws UsageError like `readHeadStart`
 */
export async function checkHeadStart(store: Store, task: Task, options: TrainingOptions): Promise<void> {
  if (options.from !== undefined && isFile(options.from)) {
    throw new UsageError(
      `from: on the page a head start comes from another run. For one from a file: heed teach ${task.name} --from FILE`,
      { field: "from" },
    );
  }
  await readHeadStart(store, task, options);
}

async function fromFile(
  path: string,
  task: Task,
  environment: Environment,
  shape: TrajectoryShape,
  options: TrainingOptions,
  wantsPolicy: boolean,
): Promise<HeadStart> {
  const trajectories = await readTrajectories(path, task.name, shape);
  const count = trajectories.reduce((sum, { steps }) => sum + Math.floor(steps / shape.windowSteps), 0);
  const { noiseSeconds } = HYPERPARAMETERS;
  const untrained = untrainedWindows(
    environment,
    shape,
    HYPERPARAMETERS,
    noiseSeconds ?? task.noiseSeconds ?? 0,
    options.seed,
    Math.min(count, MOST_UNTRAINED),
  );
  if (untrained.length === 0) {
    throw new UsageError(
      `from: no episode of an untrained agent lasts as long as a clip, ${shape.windowSteps} steps, ` +
        `so there is nothing that trajectories could be better than.`,
      { field: "from" },
    );
  }
  let used = 0;
  const contributions = trajectories.flatMap((trajectory) => {
    const windows = windowsOf(trajectory, shape, 0);
    const against = windows.map(() => untrained[used++ % untrained.length]);
    const by = { id: trajectory.id, annotator: trajectory.annotator ?? SOMEBODY, atStep: 0 };
    return contributionsOf("demonstration", by, windows, against);
  });
  if (!wantsPolicy) return { contributions, policy: null };
  const shown = {
    observations: joined(trajectories.map(({ observations }) => observations)),
    actions: joined(trajectories.map(({ actions }) => actions)),
  };
  return { contributions, policy: clonedPolicy(loadKernelModule(), shown, shape, HYPERPARAMETERS, options.seed) };
}

async function fromRun(
  store: Store,
  source: Run,
  task: Task,
  shape: TrajectoryShape,
  wantsPolicy: boolean,
): Promise<HeadStart> {
  if (source.task !== task.name) {
    throw new UsageError(`from: ${source.id} is about ${source.task}, and this run about ${task.name}.`, {
      field: "from",
    });
  }
  const contributions: Contribution[] = [];
  for await (const { judgement, query, segments } of store.exportJudgements(source.id)) {
    const windows = segments.map(windowFrom);
    const fits = windows.every(
      ({ length, observations, actions }) =>
        length === shape.windowSteps &&
        observations.length === length * shape.observationSize &&
        actions.length === length * shape.actionSize,
    );
    if (!fits) {
      throw new UsageError(
        `from: the clips of ${source.id} have ${segments[0].observations.length} steps, and those of a new run ` +
          `${shape.windowSteps}: it was made by another version of heed.`,
        { field: "from" },
      );
    }
    const { answer, annotator, decisionMilliseconds } = judgement;
    contributions.push({
      kind: query.kind,
      atStep: 0,
      segments: windows,
      judgement: { id: `from-${contributions.length}`, answer, annotator, decisionMilliseconds },
    });
  }
  if (contributions.length === 0) {
    throw new UsageError(`from: nobody has judged anything in ${source.id} yet.`, { field: "from" });
  }
  if (!wantsPolicy) return { contributions, policy: null };
  const { checkpoint } = await store.loadCheckpoint(source.id);
  if (checkpoint === null) {
    throw new UsageError(`fromPolicy: ${source.id} has no checkpoint yet to take its policy from.`, {
      field: "fromPolicy",
    });
  }
  return { contributions, policy: policyOf(checkpoint) };
}

/**
 * What a run begins with. Where it has no checkpoint yet it gets its head start: the store keeps the evidence, once.
 * Only for a claimed run.
 */
export async function withHeadStart(store: Store, run: Run, start: Start): Promise<Start> {
  if (run.options.from === undefined || start.checkpoint !== null) return start;
  const { contributions, policy } = await readHeadStart(store, await loadTask(run.options.task), run.options);
  // Known already where the run was stopped before its first checkpoint.
  const kept = await store.volunteer(run.id, contributions);
  const judged = kept.outcome === "stored" ? [...start.judged, ...kept.kept] : start.judged;
  return { ...start, judged, ...(policy === null ? {} : { policy }) };
}

async function findSource(store: Store, from: string): Promise<Run> {
  try {
    return await store.findRun(from);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "unknown-run") throw error;
    throw new UsageError(`from: ${error.message} Files of trajectories end in .jsonl.`, {
      field: "from",
      cause: error,
    });
  }
}

/** The numbers that an export has as rows. */
function windowFrom({ atStep, policyVersion, observations, actions, clip }: ExportedSegment): Window {
  return {
    atStep,
    policyVersion,
    length: observations.length,
    observations: Float32Array.from(observations.flat()),
    actions: Float32Array.from(actions.flat()),
    rewards: new Float32Array(observations.length).fill(Number.NaN),
    state: null,
    clip: {
      framesPerSecond: clip.framesPerSecond,
      frames: clip.poses.length,
      poses: Float32Array.from(clip.poses.flat()),
    },
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
