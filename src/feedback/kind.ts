// What every kind of feedback brings: its own file, and an entry in `kinds.ts`.
import type { AnswerOf, Kind } from "./judgement.ts";
import type { Likelihood } from "./likelihood.ts";
import type { Situation } from "./simulated.ts";

/** What an answer is about, as far as its check needs to know. */
export interface Shown {
  /** Segments of the query. */
  readonly segments: number;
  /** Length of all of them together, in simulated seconds. */
  readonly seconds: number;
}

export interface FeedbackKind<K extends Kind> {
  /** Fewest and most segments of a query. */
  readonly segments: readonly [least: number, most: number];
  /** Longest clip of a strip, in simulated seconds; null where segments are not one clip. */
  readonly stripSeconds: number | null;
  readonly likelihood: Likelihood;
  /** What is wrong with an answer that has the right form, in a sentence with what to do; null where it fits. */
  problem(answer: AnswerOf<K>, shown: Shown): string | null;
  /**
   * Writes the answer from `at` as the numbers that the likelihood reads, at most ANSWER_NUMBERS. Returns whether it
   * says anything about reward.
   */
  encode(answer: AnswerOf<K>, stepSeconds: number, out: Float32Array, at: number): boolean;
  /** What somebody answers who knows the true rewards; null for kinds that nobody is asked for. */
  readonly simulate: ((situation: Situation) => AnswerOf<K>) | null;
}
