// Comparison: the likelihood of saying which of two segments is better.
import type { Choice } from "./judgement.ts";
import type { Likelihood } from "./likelihood.ts";

/** Share of answers that are taken to be given at random (Christiano et al. 2017, section 2.2.3). */
export const RANDOM_ANSWERS = 0.1;

/** Probability that the left segment is preferred, given the difference of summed rewards, left minus right. */
export function preferenceProbability(difference: number): number {
  return 1 / (1 + Math.exp(-difference));
}

/** Probability of the answer "left", given that difference: some answers are given at random. */
export function answerProbability(difference: number): number {
  return (1 - RANDOM_ANSWERS) * preferenceProbability(difference) + RANDOM_ANSWERS / 2;
}

/** An answer, or for a softer one the share of it that is for the left segment, 0 to 1. */
export type GradedAnswer = Choice | number;

/** The share of an answer that is for the left segment: 1 left, 0 right, 0.5 equal or none that informs. */
export function leftShareOf(answer: GradedAnswer): number {
  if (typeof answer === "number") return answer;
  return answer === "left" ? 1 : answer === "right" ? 0 : 0.5;
}

/**
 * Bradley-Terry over summed predicted rewards: P(left) = 0.9 σ(Σ left − Σ right) + 0.05. An equal answer counts half for
 * either side, and a softer one by its share for each. "Cannot tell" says nothing about reward.
 */
export const comparison: Likelihood<GradedAnswer> = {
  segments: 2,
  logLikelihood(answer, rewards, start, steps, weight, gradient) {
    let difference = 0;
    for (let i = start; i < start + steps; i++) difference += rewards[i] - rewards[i + steps];
    const left = preferenceProbability(difference * weight);
    const seenLeft = answerProbability(difference * weight);
    const leftShare = leftShareOf(answer);
    const informs = answer === "cannot-tell" ? 0 : 1;
    // d/d(difference) of share·log P(left) + (1 − share)·log P(right), where σ' = σ(1 − σ).
    const slope = (1 - RANDOM_ANSWERS) * left * (1 - left);
    const push = informs * weight * slope * (leftShare / seenLeft - (1 - leftShare) / (1 - seenLeft));
    for (let i = start; i < start + steps; i++) {
      gradient[i] = push;
      gradient[i + steps] = -push;
    }
    return informs * (leftShare * Math.log(seenLeft) + (1 - leftShare) * Math.log(1 - seenLeft));
  },
};
