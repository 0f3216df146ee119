// Rating: one clip gets one to five stars.
import type { FeedbackKind } from "./kind.ts";
import { RANDOM_ANSWERS, sigmoid } from "./logistic.ts";
import { clearGradient, pushStretch, stretchReturn } from "./looks.ts";
import { clipReturn, misjudgement, slips } from "./simulated.ts";

const STARS = 5;
/** Where two, three, four and five stars begin, in nats of what a segment of the clip returns on average. */
const THRESHOLDS = [-3, -1, 1, 3];
/** Where a simulated teacher's do, in standard deviations from what is usual: about a fifth of all clips each. */
const USUAL_THRESHOLDS = [-0.84, -0.25, 0.25, 0.84];

/** Probability of at most so many stars: σ(threshold − value). */
function atMost(stars: number, value: number): number {
  return stars <= 0 ? 0 : stars >= STARS ? 1 : sigmoid(THRESHOLDS[stars - 1] - value);
}

/**
 * An ordered logit (McCullagh 1980, *Regression models for ordinal data*): P(at most k stars) = σ(τ_k − z) with fixed
 * thresholds τ, where z is what a segment of the clip returns on average. One answer in ten is any at random.
 */
export const rating: FeedbackKind<"rating"> = {
  segments: [1, 40],
  stripSeconds: 3,
  likelihood: {
    logLikelihood(answer, at, rewards, looks, gradient) {
      const value = stretchReturn(rewards, looks, 0, Number.POSITIVE_INFINITY);
      const upper = atMost(answer[at], value);
      const lower = atMost(answer[at] - 1, value);
      const probability = (1 - RANDOM_ANSWERS) * (upper - lower) + RANDOM_ANSWERS / STARS;
      const slope = -(1 - RANDOM_ANSWERS) * (upper * (1 - upper) - lower * (1 - lower));
      clearGradient(gradient, looks);
      pushStretch(gradient, looks, 0, Number.POSITIVE_INFINITY, slope / probability);
      return Math.log(probability);
    },
    agreement: () => Number.NaN,
  },
  problem: () => null,
  encode({ stars }, _stepSeconds, out, at) {
    out[at] = stars;
    return true;
  },
  simulate({ rewards, usualClip, options, random }) {
    const judged = clipReturn(rewards, options) + misjudgement(options, random);
    const distance = (judged - usualClip.mean) / usualClip.deviation;
    const stars = 1 + USUAL_THRESHOLDS.filter((threshold) => distance > threshold).length;
    // One of 1 to 5 by construction.
    return { kind: "rating", stars: (slips(options, random) ? STARS + 1 - stars : stars) as 1 | 2 | 3 | 4 | 5 };
  },
};
