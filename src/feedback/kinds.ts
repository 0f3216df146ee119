// Every kind of feedback, by name.
import { comparison } from "./comparison.ts";
import { correction } from "./correction.ts";
import { critique } from "./critique.ts";
import { demonstration } from "./demonstration.ts";
import { goodBad } from "./good-bad.ts";
import type { AnswerOf, Kind } from "./judgement.ts";
import type { FeedbackKind, Shown } from "./kind.ts";
import { live } from "./live.ts";
import { ranking } from "./ranking.ts";
import { rating } from "./rating.ts";
import { stop } from "./stop.ts";

export const FEEDBACK: { readonly [K in Kind]: FeedbackKind<K> } = {
  comparison,
  "good-bad": goodBad,
  rating,
  ranking,
  critique,
  live,
  demonstration,
  correction,
  stop,
};

/** What is wrong with an answer to a query of this kind, in a sentence; null where it fits. */
export function problemOf<K extends Kind>(kind: K, answer: AnswerOf<K>, shown: Shown): string | null {
  const entry: FeedbackKind<K> = FEEDBACK[kind];
  return entry.problem(answer, shown);
}

/** Writes an answer as numbers, as its kind's `encode` says. */
export function encodeAnswer<K extends Kind>(
  kind: K,
  answer: AnswerOf<K>,
  stepSeconds: number,
  out: Float32Array,
  at: number,
): boolean {
  const entry: FeedbackKind<K> = FEEDBACK[kind];
  return entry.encode(answer, stepSeconds, out, at);
}
