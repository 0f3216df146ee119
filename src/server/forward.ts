// From what happens in the run to what the pages hear.
import type { Store } from "../store/store.ts";
import { coalesced } from "./coalesced.ts";
import type { EventStream } from "./events.ts";
import type { LiveEvent, LiveRun } from "./live.ts";
import { posesView } from "./views.ts";

/** Milliseconds between looks at a run that another process works on. */
const LOOK_EVERY = 2_000;

export interface Forwarding {
  /** Sends how many queries are open. Many calls at once make few events. */
  readonly announceQueries: () => void;
  readonly stop: () => void;
}

export function forwardEvents(
  events: EventStream,
  store: Store,
  run: string,
  live: LiveRun | null,
  onError: (error: Error) => void,
): Forwarding {
  const announceQueries = coalesced(async () => {
    if (events.size > 0) events.send("queries", { open: await store.countOpenQueries(run) });
  }, onError);
  const stop =
    live === null
      ? watch(events, store, run, onError)
      : live.subscribe((event) => forward(events, event, announceQueries));
  return { announceQueries, stop };
}

function forward(events: EventStream, event: LiveEvent, announceQueries: () => void): void {
  switch (event.type) {
    case "status":
      return events.send("status", event.status);
    case "metrics":
      return events.send("metrics", event.metrics);
    case "agent":
      // Encoding a clip is the dearest of these; nobody may be listening.
      return events.size > 0 ? events.send("agent", posesView(event.clip)) : undefined;
    case "queries":
      return announceQueries();
    case "evaluation":
      return events.send("evaluation", event.evaluation);
    case "history":
      return events.send("history", {});
  }
}

/** Looks at the store for as long as a page listens: another process may be working on the run. */
function watch(events: EventStream, store: Store, run: string, onError: (error: Error) => void): () => void {
  const seen = new Map<string, string>();
  const sendIfNew = (name: "status" | "metrics", data: unknown): void => {
    const text = JSON.stringify(data);
    if (seen.get(name) !== text) events.send(name, data);
    seen.set(name, text);
  };
  const look = coalesced(async () => {
    if (events.size === 0) return;
    sendIfNew("status", (await store.findRun(run)).status);
    const [last] = await store.listMetrics(run, 1);
    if (last !== undefined) sendIfNew("metrics", last);
  }, onError);
  const timer = setInterval(look, LOOK_EVERY);
  timer.unref();
  return () => clearInterval(timer);
}
