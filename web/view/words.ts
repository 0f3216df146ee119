// What the page says about the run, in sentences.
import type { Phase, Status } from "../../src/training/journal.ts";

export interface Situation {
  /** Null until the first contact. */
  readonly connected: boolean | null;
  /** Things done that the server has not acknowledged. */
  readonly pending: number;
  readonly teacher: "person" | "simulated";
  readonly live: boolean;
  readonly answerTo: string | null;
  readonly labelsWanted: number;
  readonly status: Status | null;
  /** Pairs at hand. */
  readonly pairs: number;
}

export interface Sentence {
  /** `waiting`: for the person or for the agent. `trouble`: something is wrong. */
  readonly tone: "calm" | "waiting" | "trouble";
  readonly text: string;
}

/** What the run waits for, or what it is doing where it waits for nothing. */
export function situation(now: Situation): Sentence {
  if (now.connected === null) return { tone: "calm", text: "Connecting to heed." };
  if (!now.connected) return { tone: "trouble", text: `The server cannot be reached; trying again.${kept(now.pending)}` };
  const { status } = now;
  if (status === null) return { tone: "calm", text: "Connecting to heed." };
  const over = OVER[status.phase];
  if (over !== undefined) return { tone: status.phase === "failed" ? "trouble" : "calm", text: over };
  if (!now.live) return { tone: "calm", text: watching(now) };
  if (status.waitingFor !== null) return { tone: "waiting", text: status.waitingFor };
  if (now.pairs > 0) return { tone: "calm", text: "The agent practises on while you answer." };
  if (status.labels >= now.labelsWanted) {
    return { tone: "calm", text: `All ${now.labelsWanted} answers are in. The agent practises on with what it learned.` };
  }
  return { tone: "waiting", text: "No pair to compare yet: the agent is recording new clips." };
}

const OVER: { readonly [phase in Phase]?: string } = {
  finished: "The run is over. This is what the agent learned.",
  stopped: "The run was stopped. It can be resumed from where it was.",
  failed: "The run has failed. The terminal in which it was started says why.",
};

function watching(now: Situation): string {
  if (now.teacher === "simulated") return "A simulated teacher answers in this run. You are watching.";
  return `You are watching: ${now.answerTo ?? "no answers are taken now."}`;
}

function kept(pending: number): string {
  if (pending === 0) return "";
  return pending === 1 ? " Your last answer is kept and will be sent." : ` Your last ${pending} answers are kept and will be sent.`;
}

export const PHASES: Readonly<Record<Phase, string>> = {
  starting: "Starting",
  asking: "Asking",
  learning: "Learning",
  waiting: "Waiting",
  evaluating: "Evaluating",
  finished: "Finished",
  stopped: "Stopped",
  failed: "Failed",
};

/** 950, 12.3 k, 1.25 M. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size < 1_000) return String(Math.round(value));
  if (size < 100_000) return `${(value / 1_000).toFixed(1)} k`;
  if (size < 1_000_000) return `${Math.round(value / 1_000)} k`;
  return `${(value / 1_000_000).toFixed(2)} M`;
}
