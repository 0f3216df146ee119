// Puts one run on this machine: its store, its training threads and its page, brought up together and closed together.
import type { Run, Store } from "../store/store.ts";
import type { ActiveRun, LaunchTraining, RunResult } from "./active-run.ts";
import type { RunEvent } from "./events.ts";
import { RunManager } from "./manager.ts";
import type { Page } from "./page.ts";

export type { LaunchTraining, RunResult } from "./active-run.ts";

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

/** A run under way on this machine. Nothing of it is left once `close` has resolved. */
export interface RunningRun {
  readonly run: Run;
  /** Where the page is, or null where none is served. */
  readonly address: string | null;
  /** A run that is paused on its page is not done: it can be resumed there. */
  readonly done: Promise<RunResult>;
  close(): Promise<void>;
}

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
  const closing: (() => Promise<void>)[] = [() => store.close()];
  const close = async (): Promise<void> => {
    for (let last = closing.pop(); last !== undefined; last = closing.pop()) await last();
  };
  const emit = heldBack(options.onProgress);
  const warn = (message: string): void => emit.event({ event: "warning", message });
  const onProgress = (of: string, event: RunEvent): void => {
    if (of === run.id) emit.event(event);
  };
  const manager = new RunManager({ store, launch, onProgress });
  try {
    // Threads take longer to come up than the server, so they go first.
    const active = await manager.begin(run.id);
    const stopped = Promise.withResolvers<null>();
    const stop = (): void => {
      stopped.resolve(null);
      void manager.close();
    };
    options.signal?.addEventListener("abort", stop);
    if (options.signal?.aborted === true) stop();
    closing.push(async () => {
      options.signal?.removeEventListener("abort", stop);
      stop();
      await manager.close();
    });

    let page: Page | null = null;
    if (options.serve !== false) {
      const { servePage } = await import("./page.ts");
      page = await servePage({ store, runs: manager, current: run.id, port: options.port, warn });
      closing.push(page.close);
      await manager.announce(page.address);
      await manager.purge();
    }
    const address = page?.address ?? null;
    const done = page === null ? active.done : untilOver(manager, active, stopped.promise);
    // Whoever awaits it hears of a failure; at first nobody does yet.
    done.catch(() => {});
    emit.release({ event: "started", run: run.id, address, options: run.options });
    return { run, address, done, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Resolves when the run is finished, or stopped from here: a run that was paused on the page may be resumed there. */
async function untilOver(manager: RunManager, first: ActiveRun, stopped: Promise<null>): Promise<RunResult> {
  for (let active = first; ;) {
    const result = await active.done;
    if (result.outcome === "finished") return result;
    const next = await Promise.race([manager.begun(result.run), stopped]);
    if (next === null) return result;
    active = next;
  }
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
