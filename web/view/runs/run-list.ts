// The runs of the server as this page knows them, and what people do with them.
import { signal } from "@preact/signals";
import type { CheckpointsView, OptionsView, RunAction, RunsView, RunSummary } from "../../../src/server/runs-api.ts";
import { Refusal, request } from "../../session/request.ts";

/** Milliseconds between two looks at the list while it is shown. */
const LOOK_EVERY = 2_000;

/** Null until the server has said which there are. */
export const listed = signal<RunsView | null>(null);
/** What went wrong last, in a sentence; empty where nothing did. */
export const trouble = signal("");
/** The run that was deleted last and can be brought back with one click. */
export const justDeleted = signal<RunSummary | null>(null);
/** Ids of the runs that something is being done with. */
export const busy = signal<ReadonlySet<string>>(new Set());

/** Keeps the list up to date until the function that it returns is called. */
export function watchRuns(): () => void {
  const look = (): void => {
    if (document.visibilityState === "visible") void refresh();
  };
  void refresh();
  const timer = setInterval(look, LOOK_EVERY);
  return () => clearInterval(timer);
}

export async function refresh(): Promise<void> {
  try {
    listed.value = await request<RunsView>("GET", "/runs");
    if (trouble.peek() === AWAY) trouble.value = "";
  } catch (error) {
    trouble.value = error instanceof Refusal ? explained(error) : AWAY;
  }
}

const AWAY = "The server cannot be reached; trying again.";

/** Does this with the run. Resolves with the run as it is then, or null where it could not be done. */
export async function change(run: RunSummary, action: Exclude<RunAction, "fork">): Promise<RunSummary | null> {
  if (busy.peek().has(run.id)) return null;
  busy.value = new Set([...busy.peek(), run.id]);
  trouble.value = "";
  try {
    const changed = await request<RunSummary>("POST", `/runs/${encodeURIComponent(run.id)}/${action}`);
    if (action === "delete") justDeleted.value = changed;
    if (action === "restore" && justDeleted.peek()?.id === run.id) justDeleted.value = null;
    return changed;
  } catch (error) {
    trouble.value = explained(error);
    return null;
  } finally {
    await refresh();
    busy.value = new Set([...busy.peek()].filter((id) => id !== run.id));
  }
}

export function options(): Promise<OptionsView> {
  return request<OptionsView>("GET", "/options");
}

/** Starts a run; throws a `Refusal` that names the field which is wrong. */
export async function start(values: Readonly<Record<string, unknown>>): Promise<RunSummary> {
  const run = await request<RunSummary>("POST", "/runs", values);
  void refresh();
  return run;
}

export async function checkpointsOf(run: RunSummary): Promise<readonly number[]> {
  return (await request<CheckpointsView>("GET", `/runs/${encodeURIComponent(run.id)}/checkpoints`)).steps;
}

export interface Forking {
  readonly steps: number;
  readonly name?: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export async function fork(run: RunSummary, forking: Forking): Promise<RunSummary> {
  const forked = await request<RunSummary>("POST", `/runs/${encodeURIComponent(run.id)}/fork`, forking);
  await refresh();
  return forked;
}

/** What went wrong and what to do, in one or two sentences. */
export function explained(error: unknown): string {
  if (error instanceof Refusal) return error.hint === null ? error.message : `${error.message} ${error.hint}`;
  return "The server gave no answer. It may not be there any more.";
}
