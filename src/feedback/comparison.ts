// Comparison: which of two segments is better.
import type { Choice, Strength } from "./judgement.ts";
import type { FeedbackKind } from "./kind.ts";
import type { Likelihood } from "./likelihood.ts";
import { answerProbability, RANDOM_ANSWERS, sigmoid } from "./logistic.ts";
import { stepsPerLook } from "./looks.ts";
import { discountedSum, slips, type TeacherOptions } from "./simulated.ts";
import type { Random } from "../environment/random.ts";

/** The share of the answer "slightly better" that is for the better side. */
const SLIGHTLY = 0.8;

/** The share of an answer that is for the left segment: 1 left, 0 right, 0.5 equal; NaN where it says nothing. */
export function leftShareOf(choice: Choice, strength?: Strength): number {
  if (choice === "cannot-tell") return Number.NaN;
  if (choice === "equal") return 0.5;
  const share = strength === "slightly" ? SLIGHTLY : 1;
  return choice === "left" ? share : 1 - share;
}

/**
 * Bradley-Terry over summed predicted rewards: P(left) = 0.9 σ(Σ left − Σ right) + 0.05. The answer is one number, its
 * share for the left: an equal one counts half for either side, and a softer one by its share for each.
 */
export const preference: Likelihood = {
  logLikelihood(answer, at, rewards, looks, gradient) {
    const leftShare = answer[at];
    const { start, perSegment } = looks;
    const weight = stepsPerLook(looks);
    let difference = 0;
    for (let i = start; i < start + perSegment; i++) difference += rewards[i] - rewards[i + perSegment];
    const left = sigmoid(difference * weight);
    const seenLeft = answerProbability(difference * weight);
    // d/d(difference) of share·log P(left) + (1 − share)·log P(right), where σ' = σ(1 − σ).
    const slope = (1 - RANDOM_ANSWERS) * left * (1 - left);
    const push = weight * slope * (leftShare / seenLeft - (1 - leftShare) / (1 - seenLeft));
    for (let i = start; i < start + perSegment; i++) {
      gradient[i] = push;
      gradient[i + perSegment] = -push;
    }
    return leftShare * Math.log(seenLeft) + (1 - leftShare) * Math.log(1 - seenLeft);
  },

  agreement(answer, at, rewards, { start, perSegment }) {
    const leftShare = answer[at];
    if (leftShare === 0.5) return Number.NaN;
    let difference = 0;
    for (let i = start; i < start + perSegment; i++) difference += rewards[i] - rewards[i + perSegment];
    return difference > 0 === leftShare > 0.5 ? 1 : 0;
  },
};

/**
 * B-Pref's teacher (Lee et al. 2021): compares two segments by their true rewards, oldest step first.
 * @param average mean return of a segment under the current policy: the scale of the skip and equal thresholds. As in
 *   B-Pref, a negative average makes thresholds that nothing falls under.
 */
export function compare(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  average: number,
  options: TeacherOptions,
  random: Random,
): Choice {
  const { rationality, myopia, skip, equal } = options;
  const plainLeft = discountedSum(left, 1);
  const plainRight = discountedSum(right, 1);
  if (skip > 0 && Math.max(plainLeft, plainRight) <= skip * average) return "cannot-tell";
  if (equal > 0 && Math.abs(plainLeft - plainRight) < equal * average) return "equal";
  const difference = discountedSum(left, myopia) - discountedSum(right, myopia);
  if (rationality === undefined && difference === 0) return "equal";
  const prefersLeft = rationality === undefined ? difference > 0 : random.float() < sigmoid(rationality * difference);
  return prefersLeft !== slips(options, random) ? "left" : "right";
}

export const comparison: FeedbackKind<"comparison"> = {
  segments: [2, 2],
  stripSeconds: null,
  likelihood: preference,
  problem: () => null,
  encode({ choice, strength }, _stepSeconds, out, at) {
    out[at] = leftShareOf(choice, strength);
    return choice !== "cannot-tell";
  },
  simulate({ rewards: [left, right], average, options, random }) {
    return { kind: "comparison", choice: compare(left, right, average, options, random) };
  },
};
