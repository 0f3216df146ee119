// Teaching as a library call: a new run from options, or one that goes on from where it was.
import type { Run, Store } from "../store/store.ts";
import { fillOptions, type GivenOptions } from "./options.ts";
import { headStartReference, readHeadStart } from "./head-start.ts";
import { loadTask, taskReference } from "./load-task.ts";
import { look } from "./look.ts";
import { startRun, type HostOptions, type LaunchTraining, type RunningRun, type RunResult } from "./run.ts";
import { openData, openExistingData } from "./data.ts";

export interface TeachOptions extends GivenOptions, HostOptions {
  /** What people call the run; default the task's name with a number. */
  readonly name?: string | undefined;
}

/**
 * Teaches an agent from scratch and resolves when it has been evaluated, or stopped by `signal`.
 *
 * `task` is a built-in task's name or the path of a module that exports one, relative to the working directory. Steps
 * count environment steps over all workers.
 * @throws UsageError for an unknown task, a value out of range or a name that is taken
 */
export async function teach(options: TeachOptions): Promise<RunResult> {
  return resultOf(await startTeaching(options));
}

/** Goes on with a run, by its id or name, from its last checkpoint. A finished run gives its result at once. */
export async function resume(run: string, options: HostOptions = {}): Promise<RunResult> {
  return resultOf(await startResuming(run, options));
}

/** Like `teach`, but resolves once the run is under way. */
export async function startTeaching(options: TeachOptions, launch?: LaunchTraining): Promise<RunningRun> {
  const { data, serve, port, onProgress, signal, name, ...given } = options;
  const task = taskReference(given.task);
  const from = given.from === undefined ? undefined : headStartReference(given.from);
  const filled = fillOptions({ ...given, task, from });
  if (serve !== false && port !== undefined) {
    const { checkPort } = await import("./page.ts");
    await checkPort(port);
  }
  const loaded = await loadTask(task);
  const looks = await look(loaded, filled);
  const store = await openData(data);
  const run = await orClose(store, async () => {
    // Read here for its errors alone, so that none leaves a run behind that cannot begin.
    await readHeadStart(store, loaded, filled);
    return store.createRun({ ...looks, ...(name === undefined ? {} : { name }), options: filled });
  });
  return startRun(store, run, { serve, port, onProgress, signal }, launch);
}

/** Like `resume`, but resolves once the run is under way. */
export async function startResuming(
  idOrName: string,
  options: HostOptions = {},
  launch?: LaunchTraining,
): Promise<RunningRun> {
  const store = await openExistingData(options.data);
  const run = await orClose(store, () => store.findRun(idOrName));
  if (run.status.phase === "finished") return finished(store, run, options);
  return startRun(store, run, options, launch);
}

/** A run that needs no more work. */
async function finished(store: Store, run: Run, { onProgress }: HostOptions): Promise<RunningRun> {
  await store.close();
  onProgress?.({ event: "started", run: run.id, address: null, options: run.options });
  onProgress?.({ event: "warning", message: `${run.id} is finished already; there is nothing left to do.` });
  const { labels, steps } = run.status;
  const result: RunResult = { run: run.id, outcome: "finished", labels, steps, seconds: 0, evaluation: run.evaluation };
  return { run, address: null, done: Promise.resolve(result), close: () => Promise.resolve() };
}

/** Closes the store where `task` fails. */
async function orClose<T>(store: Store, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function resultOf(running: RunningRun): Promise<RunResult> {
  try {
    return await running.done;
  } finally {
    await running.close();
  }
}
