// The work of the person at this page in this run: its minutes and its pace, kept over reloads; and its pauses.
import { effect, signal, untracked } from "@preact/signals";
import { browserStorage } from "../../session/outbox.ts";
import { agentPlayback, pairPlayback, session } from "../page.ts";
import { Worktime } from "./worktime.ts";

export interface Worked {
  readonly minutes: number;
  readonly answers: number;
  /** Answers a minute, or null before there are enough. */
  readonly pace: number | null;
}

export const worked = signal<Worked>({ minutes: 0, answers: 0, pace: null });
export const paused = signal(false);

let time = new Worktime();

/** What the person does, told to the clock. */
export const work = {
  began: (now: number): void => {
    if (!paused.peek()) time.began(now);
  },
  answered(now: number): void {
    time.answered(now);
    told();
  },
  takenBack(): void {
    time.takenBack();
    told();
  },
  pausedSince: (since: number): number => time.pausedSince(since),
};

/** Stops clips and clocks, or lets them go on. */
export function setPaused(value: boolean, now: number): void {
  if (value === paused.peek()) return;
  paused.value = value;
  pairPlayback.frozen = value;
  agentPlayback.frozen = value;
  if (value) time.pause(now);
  else time.goOn(now);
  told();
}

effect(() => {
  const run = session.run.value?.id;
  if (run !== undefined) untracked(() => open(run));
});

let opened: string | null = null;

function open(run: string): void {
  if (run === opened) return;
  opened = run;
  const kept = keptWork(browserStorage()?.getItem(keyOf(run)) ?? null);
  time = new Worktime(kept.milliseconds, kept.answers);
  told();
}

function told(): void {
  worked.value = { minutes: time.milliseconds / 60_000, answers: time.answers, pace: time.pace };
  if (opened === null) return;
  try {
    const { milliseconds, answers } = time;
    browserStorage()?.setItem(keyOf(opened), JSON.stringify({ milliseconds, answers }));
  } catch {
    // Storage is full or forbidden: the minutes are those since the page was opened.
  }
}

function keyOf(run: string): string {
  return `heed.work ${run}`;
}

function keptWork(text: string | null): { readonly milliseconds: number; readonly answers: number } {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    if (typeof value === "object" && value !== null && "milliseconds" in value && "answers" in value) {
      const { milliseconds, answers } = value;
      if (Number.isFinite(milliseconds) && Number.isSafeInteger(answers)) {
        return { milliseconds: Math.max(0, Number(milliseconds)), answers: Math.max(0, Number(answers)) };
      }
    }
  } catch {
    // Something else wrote there.
  }
  return { milliseconds: 0, answers: 0 };
}
