// What a kind of feedback says about reward. The reward model knows this interface alone, so that a new kind of
// feedback is one new file (reward-rational choice, Jeon et al. 2020).

/** Numbers in which the answer of any kind is kept. */
export const ANSWER_NUMBERS = 50;

/** Where the predicted rewards of one judgement lie, and which steps they are of. */
export interface Looks {
  /** Index of the first predicted reward; `segments` times `perSegment` of them follow, segment after segment. */
  start: number;
  segments: number;
  perSegment: number;
  /** The step within a segment that the first of its predicted rewards is of, and how many steps lie between two. */
  first: number;
  stride: number;
  /** Steps per segment. */
  steps: number;
}

export interface Likelihood {
  /**
   * Log-likelihood, in nats, of an answer under predicted rewards, and its gradient with respect to each of them.
   * Allocates nothing.
   * @param answer its numbers from `at`, as the kind's `encode` wrote them
   * @param gradient written at the places of `looks`, all of them
   */
  logLikelihood(answer: Float32Array, at: number, rewards: Float32Array, looks: Looks, gradient: Float32Array): number;
  /** Share of what the answer puts in order that the predicted rewards order alike, 0 to 1; NaN where it orders nothing. */
  agreement(answer: Float32Array, at: number, rewards: Float32Array, looks: Looks): number;
}
