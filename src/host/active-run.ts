// A run while this process works on it: claimed in the store, its training launched, and what that says written down.
import { isVolunteered } from "../feedback/judgement.ts";
import type { LiveRun } from "../server/live.ts";
import type { Run, Store } from "../store/store.ts";
import type { Evaluation, Journal, Phase, Status } from "../training/journal.ts";
import type { Start, Training } from "../training/training.ts";
import type { RunEvent } from "./events.ts";
import { withHeadStart } from "./head-start.ts";
import { RunJournal } from "./run-journal.ts";

export interface RunResult {
  /** The run's id. */
  readonly run: string;
  readonly outcome: "finished" | "stopped";
  readonly labels: number;
  readonly steps: number;
  /** Wall-clock seconds that this took. */
  readonly seconds: number;
  /** Null where the run was stopped before it was evaluated. */
  readonly evaluation: Evaluation | null;
}

/** What brings a run to life; tests put something quicker in its place. */
export type LaunchTraining = (start: Start, journal: Journal) => Training;

export interface ActiveRun {
  readonly run: Run;
  /** The run as the server sees it. */
  readonly live: LiveRun;
  /** Stops it early, with everything kept. */
  stop(): void;
  /** Resolves, or rejects with what went wrong, when all that was said is on disk and the run is let go. */
  readonly done: Promise<RunResult>;
}

/**
 * Works on a run from where it is.
 * @throws StoreError where another process works on the run
 */
export async function beginRun(
  store: Store,
  run: Run,
  emit: (event: RunEvent) => void,
  launch: LaunchTraining,
): Promise<ActiveRun> {
  const began = performance.now();
  await store.claim(run.id);
  try {
    const { start: kept, warnings } = await store.resume(run.id);
    const start = await withHeadStart(store, run, kept);
    for (const message of warnings) emit({ event: "warning", message });
    const { journal, training, outcome } = work(store, run, start, emit, launch);
    const done = outcome
      .then((outcome): RunResult => {
        const { steps, labels } = journal.status;
        const seconds = (performance.now() - began) / 1000;
        return { run: run.id, outcome, labels, steps, seconds, evaluation: journal.evaluation };
      })
      .finally(() => store.release(run.id));
    // Whoever awaits the result hears of a failure; at first nobody does yet.
    done.catch(() => {});
    return { run, live: liveRun(journal, training), stop: () => training.stop(), done };
  } catch (error) {
    await store.release(run.id);
    throw error;
  }
}

interface Work {
  readonly journal: RunJournal;
  readonly training: Training;
  /** Resolves when all that the training said is on disk. */
  readonly outcome: Promise<"finished" | "stopped">;
}

function work(store: Store, run: Run, start: Start, emit: (event: RunEvent) => void, launch: LaunchTraining): Work {
  let failure: { readonly error: unknown } | null = null;
  const failed = (error: unknown): void => {
    failure ??= { error };
    training.stop();
  };
  const begin: Status = {
    phase: "starting",
    steps: start.checkpoint?.steps ?? 0,
    labels: start.judged.filter(({ query }) => !isVolunteered(query.id)).length,
    waitingFor: null,
  };
  const journal = new RunJournal({ store, run: run.id, emit, failed }, begin);
  const training = launch(start, journal);
  const close = async (phase: Phase): Promise<void> => {
    if (journal.status.phase !== phase) journal.changed({ ...journal.status, phase, waitingFor: null });
    await journal.settled();
  };
  const finish = async (): Promise<"finished" | "stopped"> => {
    try {
      const outcome = await training.done;
      await journal.settled();
      await close(outcome);
      if (failure !== null) throw failure.error;
      return outcome;
    } catch (error) {
      await close("failed");
      throw error;
    }
  };
  return { journal, training, outcome: finish() };
}

function liveRun(journal: RunJournal, training: Training): LiveRun {
  return {
    status: () => journal.status,
    agentClip: () => journal.clip,
    judged: (judgement) => training.judge(judgement),
    takenBack: (judgement) => training.takeBack(judgement),
    volunteered: (question, judgement) => training.volunteer(question, judgement),
    request: (kind, count) => training.request(kind, count),
    weighed: (weights) => training.weigh(weights),
    subscribe: (listener) => journal.subscribe(listener),
  };
}

/** Training proper, loaded only where a run is started. */
export async function defaultLaunch(): Promise<LaunchTraining> {
  const { launchTraining } = await import("./launch.ts");
  return (start, journal) => launchTraining(start, journal);
}
