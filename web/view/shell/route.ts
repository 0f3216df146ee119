// Where on the page one is: #/RUN/TAB, or #/runs for the list of runs.
import { signal } from "@preact/signals";

export const TAB_NAMES = ["teach", "watch", "understand", "people", "runs"] as const;
export type TabName = (typeof TAB_NAMES)[number];

export interface Route {
  /** The run's id, or null where none was named. */
  readonly run: string | null;
  readonly tab: TabName;
}

/** Reads the part of an address after "#". What means nothing is teaching the run that is served. */
export function parseRoute(hash: string): Route {
  const parts = hash.replace(/^#?\/?/, "").split("/");
  if (parts.length === 1) return { run: null, tab: tabNamed(parts[0]) ?? "teach" };
  return { run: decoded(parts[0]), tab: tabNamed(parts[1]) ?? "teach" };
}

export function hrefTo(run: string | null, tab: TabName): string {
  return run === null || tab === "runs" ? `#/${tab}` : `#/${encodeURIComponent(run)}/${tab}`;
}

function tabNamed(name: string): TabName | undefined {
  return TAB_NAMES.find((tab) => tab === name);
}

function decoded(part: string): string | null {
  try {
    const run = decodeURIComponent(part);
    return run === "" ? null : run;
  } catch {
    return null;
  }
}

export const route = signal<Route>({ run: null, tab: "teach" });

/** Keeps `route` in line with the address for as long as the page lives. */
export function followAddress(): void {
  const read = (): void => {
    route.value = parseRoute(location.hash);
  };
  read();
  addEventListener("hashchange", read);
}
