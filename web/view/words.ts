// What the page says about the run, in sentences.
import type { Kind } from "../../src/feedback/judgement.ts";
import type { RunView } from "../../src/server/api.ts";
import type { Phase, Status } from "../../src/training/journal.ts";

export interface Situation {
  /** Null until the first contact. */
  readonly connected: boolean | null;
  /** Things done that the server has not acknowledged. */
  readonly pending: number;
  /** Null until it is known. */
  readonly run: Pick<RunView, "teacher" | "answerTo" | "labelsWanted"> | null;
  readonly status: Status | null;
  /** Questions at hand. */
  readonly questions: number;
  /** How the person wants to answer. */
  readonly kind: Kind;
}

export interface Sentence {
  /** `waiting`: for the person or for the agent. `trouble`: something is wrong. */
  readonly tone: "calm" | "waiting" | "trouble";
  readonly text: string;
}

/** What the run waits for, or what it is doing where it waits for nothing. */
export function situation({ connected, pending, run, status, questions, kind }: Situation): Sentence {
  // A run that has come to its end takes its server with it, which is no trouble unless answers are left.
  const over = status === null ? undefined : OVER[status.phase];
  if (over !== undefined && (connected || pending === 0)) {
    return { tone: status?.phase === "failed" ? "trouble" : "calm", text: over };
  }
  if (connected === false)
    return { tone: "trouble", text: `The server cannot be reached; trying again.${kept(pending)}` };
  if (run === null || status === null) {
    return { tone: "calm", text: connected === true ? "There are no runs yet." : "Connecting to heed." };
  }
  if (run.answerTo !== null) return { tone: "calm", text: `You are watching. ${run.answerTo}` };
  if (status.waitingFor !== null && questions > 0) return { tone: "waiting", text: status.waitingFor };
  if (questions > 0) return { tone: "calm", text: "The agent practises on while you answer." };
  if (status.labels >= run.labelsWanted) {
    return {
      tone: "calm",
      text: `All ${run.labelsWanted} answers are in. The agent practises on with what it learned.`,
    };
  }
  // Nobody can give the answer that it waits for before there is something to answer.
  const answers = status.waitingFor === null || status.phase === "waiting" ? "" : ` ${status.waitingFor}`;
  return { tone: "waiting", text: `${NOTHING_YET[kind] ?? "No clip yet"}: the agent is recording new ones.${answers}` };
}

const NOTHING_YET: { readonly [kind in Kind]?: string } = {
  comparison: "No pair of clips to compare yet",
  ranking: "No clips to rank yet",
};

const OVER: { readonly [phase in Phase]?: string } = {
  finished: "The run is over: the agent has taken all its steps.",
  stopped: "The run was stopped. It can be resumed from where it was.",
  failed: "The run has failed. The terminal in which it was started says why.",
};

function kept(pending: number): string {
  if (pending === 0) return "";
  return pending === 1
    ? " Your last answer is kept and will be sent."
    : ` Your last ${pending} answers are kept and will be sent.`;
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

/**
 * Three digits where they are needed: 950, 12.3 k, 50 k, 1.25 M.
 * @param step what it must be told apart from, for which there are more digits if need be: 4.265 beside 4.27
 */
export function shortNumber(value: number, step = 0): string {
  const size = Math.abs(value);
  const told = size > 0 && step > 0 ? Math.floor(Math.log10(size)) - Math.floor(Math.log10(step)) + 1 : 0;
  const digits = Math.max(3, told);
  if (size < 1_000) return rounded(value, digits);
  if (size < 1_000_000) return `${rounded(value / 1_000, digits)} k`;
  return `${rounded(value / 1_000_000, digits)} M`;
}

function rounded(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
