// Serves a whole data directory: its page, with runs that are started, paused and resumed there.
import type { Reach } from "../server/reach.ts";
import { openData } from "./data.ts";
import type { LaunchTraining } from "./active-run.ts";
import type { RunEvent } from "./events.ts";
import { firstOwnerLink } from "./invitations.ts";
import { RunManager } from "./manager.ts";

export interface ServeOptions {
  /** Data directory; default `heed-data` in the working directory. It is made where there is none. */
  readonly data?: string | undefined;
  /** The page's port; 0 for any; default 4733, or the next free one. */
  readonly port?: number | undefined;
  /** Runs that may go on at the same time; default 1. */
  readonly atOnce?: number | undefined;
  /** How other machines reach it, where nobody is let in without an invitation; left out, only this one does. */
  readonly reach?: Reach | undefined;
  /** Share of queries that a second person is asked too, 0 to 1; default 0.1. */
  readonly twice?: number | undefined;
  /** Hears what every run says. */
  readonly onProgress?: ((run: string, event: RunEvent) => void) | undefined;
  readonly warn: (message: string) => void;
}

export interface ServedData {
  /** The data directory, as a whole path. */
  readonly directory: string;
  readonly address: string;
  /** A link for the first owner, where people come in by invitation and no owner has yet; else null. */
  readonly invitation: string | null;
  /** Stops all runs with everything kept, and then the page. */
  close(): Promise<void>;
}

/** @throws PortBusyError where the given port is taken, StoreError where the directory cannot be used */
export async function startServing(options: ServeOptions, launch?: LaunchTraining): Promise<ServedData> {
  const { servePage, checkPort } = await import("./page.ts");
  const { port, reach, twice, atOnce, onProgress, warn } = options;
  await checkPort(port);
  const store = await openData(options.data);
  try {
    const manager = new RunManager({ store, launch, atOnce, onProgress });
    manager.subscribe((run) => {
      const problem = manager.problem(run);
      if (problem !== null) onProgress?.(run, { event: "warning", message: problem });
    });
    await manager.purge();
    const page = await servePage({ store, runs: manager, current: null, port, reach, twice, warn });
    await manager.announce(page.address);
    if (reach !== undefined) await store.publish(page.address);
    const invitation = reach === undefined ? null : await firstOwnerLink(store, page.address);
    return {
      directory: store.directory,
      address: page.address,
      invitation,
      async close() {
        await manager.close();
        await page.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
