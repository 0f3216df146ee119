// The answers that are looked through: the filter, the page of them, and what is done to one.
import { effect, signal, untracked } from "@preact/signals";
import type { Answer } from "../../../src/feedback/judgement.ts";
import type { AnswersView, AnswerView } from "../../../src/server/answers-api.ts";
import { Refusal, request } from "../../session/request.ts";
import { session } from "../page.ts";

/** Empty words stand for no choice. */
export interface Filter {
  readonly kind: string;
  readonly choice: string;
  readonly annotator: string;
  readonly selection: string;
  readonly surprising: boolean;
}

const EVERYTHING: Filter = { kind: "", choice: "", annotator: "", selection: "", surprising: false };

export const filter = signal<Filter>(EVERYTHING);
export const page = signal<AnswersView | null>(null);
/** What went wrong, in a sentence, or nothing. */
export const trouble = signal("");
/** The judgement that is being looked at, or null. */
export const opened = signal<string | null>(null);
/** Whether a page is on its way: until it is there, nobody knows what comes after it. */
export const loading = signal(false);
/** Where the pages before this one began, the first at null, and where this one begins. */
const cursors = signal<readonly (number | null)[]>([null]);

export function hasNewer(): boolean {
  return cursors.value.length > 1;
}

/** Keeps the page of answers in line with the run and the filter until the function that comes back is called. */
export function followAnswers(): () => void {
  return effect(() => {
    const run = session.run.value?.id ?? null;
    void filter.value;
    untracked(() => {
      cursors.value = [null];
      opened.value = null;
      page.value = null;
      if (run !== null) void load();
    });
  });
}

export function choose(change: Partial<Filter>): void {
  filter.value = { ...filter.peek(), ...change };
}

export function older(): void {
  const next = page.peek()?.next ?? null;
  if (next === null || loading.peek()) return;
  turn([...cursors.peek(), next]);
}

export function newer(): void {
  if (cursors.peek().length > 1 && !loading.peek()) turn(cursors.peek().slice(0, -1));
}

function turn(to: readonly (number | null)[]): void {
  cursors.value = to;
  opened.value = null;
  void load();
}

export async function load(): Promise<void> {
  const run = session.run.peek()?.id;
  if (run === undefined) return;
  const asked = filter.peek();
  const path = `${pathOf(run)}/judgements?${query(asked, cursors.peek().at(-1) ?? null)}`;
  const superseded = (): boolean => session.run.peek()?.id !== run || filter.peek() !== asked;
  loading.value = true;
  try {
    const answers = await request<AnswersView>("GET", path);
    if (superseded()) return;
    page.value = answers;
    trouble.value = "";
  } catch (error) {
    if (superseded()) return;
    trouble.value = reason(error);
  }
  loading.value = false;
}

/** Puts this answer in the place of an earlier one. */
export async function revise({ id, query }: AnswerView, answer: Answer): Promise<void> {
  const anew = crypto.randomUUID();
  await change(`Query ${query} is answered anew.`, (run) =>
    request("POST", `${pathOf(run)}/judgements/${encodeURIComponent(id)}/revise`, { id: anew, answer }),
  );
  if (opened.peek() === id) opened.value = anew;
}

/** Takes an answer back: its query is asked again, unless nobody had asked. */
export async function takeBack({ id, query, selection }: AnswerView): Promise<void> {
  const done =
    selection === "volunteered"
      ? "It is taken back, and no longer counts."
      : `The answer to query ${query} is taken back. Its clips come first on the Teach tab.`;
  await change(done, (run) => request("DELETE", `${pathOf(run)}/judgements/${encodeURIComponent(id)}`));
}

async function change(done: string, work: (run: string) => Promise<unknown>): Promise<void> {
  const run = session.run.peek()?.id;
  if (run === undefined) return;
  try {
    await work(run);
    session.notice.value = done;
    await load();
  } catch (error) {
    trouble.value = reason(error);
  }
}

function query({ kind, choice, annotator, selection, surprising }: Filter, before: number | null): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ kind, choice, annotator, selection })) {
    if (value !== "") parameters.set(name, value);
  }
  if (surprising) parameters.set("surprising", "true");
  if (before !== null) parameters.set("before", String(before));
  return parameters.toString();
}

export function pathOf(run: string): string {
  return `/runs/${encodeURIComponent(run)}`;
}

function reason(error: unknown): string {
  return error instanceof Refusal ? error.message : "The server cannot be reached; nothing was changed.";
}
