// Stop: the clip should never have come to this moment.
import type { FeedbackKind } from "./kind.ts";
import { sigmoid } from "./logistic.ts";
import { clearGradient, pushStretch, stretchReturn } from "./looks.ts";
import { stretchOf } from "./simulated.ts";

/** Nobody stops what is merely below par: the odds are even where a segment like the last second returns −2. */
const MARGIN = 2;
/** Share of seconds whose outcome is taken to be by mistake: a stop is meant more often than other answers are. */
const RANDOM_STOPS = 0.02;
/** Stops this much after the end of the clip, in seconds, still belong to it. */
const SLACK = 0.5;
/** A simulated teacher stops where a second is this many standard deviations worse than what is usual. */
const UNBEARABLE = 1;

/** Probability of stopping after a second like this. */
function hazard(value: number): number {
  return (1 - RANDOM_STOPS) * sigmoid(-(value + MARGIN)) + RANDOM_STOPS / 2;
}

function hazardSlope(value: number): number {
  const share = sigmoid(-(value + MARGIN));
  return -(1 - RANDOM_STOPS) * share * (1 - share);
}

/**
 * Each second up to the stop was a chance to stop, and only the last was taken: a hazard model in discrete time
 * (Cox 1972, section 6). The hazard of a second is 0.98 σ(−(z + 2)) + 0.01, where z is what a segment like that second
 * would return. The answer's numbers: the step of the stop, and steps per second.
 */
export const stop: FeedbackKind<"stop"> = {
  segments: [1, 40],
  stripSeconds: 5,
  likelihood: {
    logLikelihood(answer, at, rewards, looks, gradient) {
      const stepsPerSecond = answer[at + 1];
      clearGradient(gradient, looks);
      let total = 0;
      let stopped = true;
      for (let to = answer[at]; to > 0; to -= stepsPerSecond) {
        const from = to - stepsPerSecond;
        const value = stretchReturn(rewards, looks, from, to);
        const stops = stopped;
        stopped = false;
        if (Number.isNaN(value)) continue;
        const risk = hazard(value);
        const slope = hazardSlope(value);
        total += Math.log(stops ? risk : 1 - risk);
        pushStretch(gradient, looks, from, to, stops ? slope / risk : -slope / (1 - risk));
      }
      return total;
    },
    agreement: () => Number.NaN,
  },
  problem({ at }, { seconds }) {
    return at <= seconds + SLACK
      ? null
      : `The stop at ${at} s is after the end of the clip, which lasts ${seconds.toFixed(2)} s. Give seconds from its start.`;
  },
  encode({ at: seconds }, stepSeconds, out, at) {
    out[at] = seconds / stepSeconds;
    out[at + 1] = 1 / stepSeconds;
    return seconds > 0;
  },
  simulate({ rewards, stepSeconds, usualSegment }) {
    const perSecond = 1 / stepSeconds;
    const end = rewards.length * rewards[0].length;
    let worst = { step: end, value: Number.POSITIVE_INFINITY };
    for (let step = Math.min(end, perSecond); step <= end; step += perSecond / 4) {
      const value = stretchOf(rewards, step - perSecond, step);
      if (value < worst.value) worst = { step, value };
      if (value < usualSegment.mean - UNBEARABLE * usualSegment.deviation) break;
    }
    return { kind: "stop", at: worst.step * stepSeconds };
  },
};
