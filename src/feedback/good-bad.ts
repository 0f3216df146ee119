// Good or bad: whether one clip is what is wanted.
import type { FeedbackKind } from "./kind.ts";
import { answerLogLikelihood, answerSlope } from "./logistic.ts";
import { pushStretch, stretchReturn, clearGradient } from "./looks.ts";
import { clipReturn, discountedSum, misjudgement, slips } from "./simulated.ts";

/**
 * P(good) = 0.9 σ(z) + 0.05, where z is what a segment of the clip returns on average: 0 is where good begins. The mean
 * over segments, not their sum, so that a clip of three seconds is not six times as surely good as half a second of it.
 */
export const goodBad: FeedbackKind<"good-bad"> = {
  segments: [1, 40],
  stripSeconds: 3,
  likelihood: {
    logLikelihood(answer, at, rewards, looks, gradient) {
      const good = answer[at] > 0;
      const value = stretchReturn(rewards, looks, 0, Number.POSITIVE_INFINITY);
      clearGradient(gradient, looks);
      pushStretch(gradient, looks, 0, Number.POSITIVE_INFINITY, answerSlope(value, good));
      return answerLogLikelihood(value, good);
    },
    agreement(answer, at, rewards, looks) {
      return stretchReturn(rewards, looks, 0, Number.POSITIVE_INFINITY) > 0 === answer[at] > 0 ? 1 : 0;
    },
  },
  problem: () => null,
  encode({ choice }, _stepSeconds, out, at) {
    out[at] = choice === "good" ? 1 : -1;
    return choice !== "cannot-tell";
  },
  simulate({ rewards, average, usualClip, options, random }) {
    const { skip, equal } = options;
    const plain = rewards.reduce((sum, segment) => sum + discountedSum(segment, 1), 0) / rewards.length;
    const tooClose = equal > 0 && Math.abs(plain - usualClip.mean) < equal * average;
    if (tooClose || (skip > 0 && plain <= skip * average)) return { kind: "good-bad", choice: "cannot-tell" };
    const above = clipReturn(rewards, options) - usualClip.mean + misjudgement(options, random) > 0;
    return { kind: "good-bad", choice: above !== slips(options, random) ? "good" : "bad" };
  },
};
