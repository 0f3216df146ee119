// Puts one run on this machine: its store, its training threads and its page, brought up together and closed together.
import type { LiveRun } from "../server/live.ts";
import type { Run, Store } from "../store/store.ts";
import type { Evaluation, Journal, Phase, Status } from "../training/journal.ts";
import type { Start, Training } from "../training/training.ts";
import type { RunEvent } from "./events.ts";
import type { Page } from "./page.ts";
import { RunJournal } from "./run-journal.ts";

/** Where a run lives and who hears of it. */
export interface HostOptions {
  /** Data directory; default `heed-data` in the working directory. It is made where there is none. */
  readonly data?: string | undefined;
  /** Whether to serve the page; default true. */
  readonly serve?: boolean | undefined;
  /** The page's port; 0 for any; default 4733, or the next free one. */
  readonly port?: number | undefined;
  readonly onProgress?: ((event: RunEvent) => void) | undefined;
  /** Stops the run, with everything kept. */
  readonly signal?: AbortSignal | undefined;
}

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

/** A run under way on this machine. Nothing of it is left once `close` has resolved. */
export interface RunningRun {
  readonly run: Run;
  /** Where the page is, or null where none is served. */
  readonly address: string | null;
  readonly done: Promise<RunResult>;
  close(): Promise<void>;
}

/** What brings a run to life; tests put something quicker in its place. */
export type LaunchTraining = (start: Start, journal: Journal) => Training;

/**
 * Works on a run of the store from where it is. The store is closed with it, or at once where it does not start.
 * @throws StoreError where another process works on the run, PortBusyError where the given port is taken
 */
export async function startRun(
  store: Store,
  run: Run,
  options: Omit<HostOptions, "data">,
  launch?: LaunchTraining,
): Promise<RunningRun> {
  const began = performance.now();
  const closing: (() => Promise<void>)[] = [() => store.close()];
  const close = async (): Promise<void> => {
    for (let last = closing.pop(); last !== undefined; last = closing.pop()) await last();
  };
  try {
    await store.claim(run.id);
    const { start, warnings } = await store.resume(run.id);
    const emit = heldBack(options.onProgress);
    for (const message of warnings) emit.event({ event: "warning", message });

    // Threads take longer to come up than the server, so they go first.
    const { journal, training, done } = work(store, run, start, emit.event, launch ?? (await defaultLaunch()));
    const seconds = (): number => (performance.now() - began) / 1000;
    const result = done.then((outcome) => resultOf(run, outcome, journal, seconds()));
    // Whoever awaits the result hears of a failure; while the page is being brought up nobody does yet.
    result.catch(() => {});
    const stop = (): void => training.stop();
    options.signal?.addEventListener("abort", stop);
    if (options.signal?.aborted === true) stop();
    closing.push(async () => {
      options.signal?.removeEventListener("abort", stop);
      stop();
      await result.catch(() => {});
    });

    let page: Page | null = null;
    if (options.serve !== false) {
      const { servePage } = await import("./page.ts");
      const warn = (message: string): void => emit.event({ event: "warning", message });
      const live = liveRun(journal, training);
      const runs = { live: (id: string) => (id === run.id ? live : null), subscribe: () => () => {} };
      page = await servePage({ store, runs, current: run.id, port: options.port, warn });
      closing.push(page.close);
      await store.announce(run.id, page.address);
    }
    const address = page?.address ?? null;
    emit.release({ event: "started", run: run.id, address, options: run.options });
    return { run, address, done: result, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Work {
  readonly journal: RunJournal;
  readonly training: Training;
  /** Resolves when all that the training said is on disk. */
  readonly done: Promise<"finished" | "stopped">;
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
    labels: start.judged.length,
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
  return { journal, training, done: finish() };
}

function resultOf(run: Run, outcome: "finished" | "stopped", journal: RunJournal, seconds: number): RunResult {
  const { steps, labels } = journal.status;
  return { run: run.id, outcome, labels, steps, seconds, evaluation: journal.evaluation };
}

/** Keeps events until the listener has been told first where the page is. */
function heldBack(listener: ((event: RunEvent) => void) | undefined): {
  event: (event: RunEvent) => void;
  release: (first: RunEvent) => void;
} {
  let held: RunEvent[] | null = [];
  return {
    event: (event) => (held === null ? listener?.(event) : held.push(event)),
    release: (first) => {
      const kept = held ?? [];
      held = null;
      for (const event of [first, ...kept]) listener?.(event);
    },
  };
}

/** The run as the server sees it. */
function liveRun(journal: RunJournal, training: Training): LiveRun {
  return {
    status: () => journal.status,
    agentClip: () => journal.clip,
    judged: (judgement) => training.judge(judgement),
    takenBack: (judgement) => training.takeBack(judgement),
    volunteered: (question, judgement) => training.volunteer(question, judgement),
    request: (kind, count) => training.request(kind, count),
    subscribe: (listener) => journal.subscribe(listener),
  };
}

/** Training proper, loaded only where a run is started. */
async function defaultLaunch(): Promise<LaunchTraining> {
  const { launchTraining } = await import("./launch.ts");
  return (start, journal) => launchTraining(start, journal);
}
