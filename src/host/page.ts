// Serves the page of the runs of a data directory.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RunDirectory } from "../server/live.ts";
import { nextFreePort, PortBusyError } from "../server/port.ts";
import type { Reach } from "../server/reach.ts";
import { createServer } from "../server/server.ts";
import type { Store } from "../store/store.ts";

/** Where the page is unless told otherwise. */
export const DEFAULT_PORT = 4733;

export interface Page {
  readonly address: string;
  close(): Promise<void>;
}

export interface PageOptions {
  readonly store: Store;
  /** Which runs go on in this process. */
  readonly runs: RunDirectory;
  /** The id of the run that the page opens first; null where there is none. */
  readonly current: string | null;
  /** 0 for any. Left out, the default port or the next one that is free. */
  readonly port?: number | undefined;
  /** How other machines reach it; left out, only this one does. */
  readonly reach?: Reach | undefined;
  /** Share of queries that a second person is asked too, 0 to 1; default 0.1. */
  readonly twice?: number | undefined;
  readonly warn: (message: string) => void;
}

/** @throws PortBusyError where a port was asked for that is taken */
export async function servePage({ port, warn, ...served }: PageOptions): Promise<Page> {
  const webRoot = fileURLToPath(new URL("../../assets/web/", import.meta.url));
  if (!existsSync(webRoot))
    warn(`The page has not been built: there is no ${webRoot}. Run "npm run build:web" to make it.`);
  const onError = (error: Error): void => warn(`The page's server met with an error: ${error.stack ?? error.message}`);
  const serve = (at: number): Promise<Page> => createServer({ ...served, webRoot, port: at, onError });
  try {
    return await serve(port ?? DEFAULT_PORT);
  } catch (error) {
    if (port !== undefined || !(error instanceof PortBusyError) || error.next === null) throw error;
    warn(`Port ${DEFAULT_PORT} is in use; the page is on port ${error.next}.`);
    return serve(error.next);
  }
}

/** Throws a PortBusyError, before anything is begun, where somebody else listens on the port. */
export async function checkPort(port: number | undefined): Promise<void> {
  if (port === undefined || port === 0) return;
  const next = await nextFreePort(port - 1);
  if (next !== port) throw new PortBusyError(port, next);
}
