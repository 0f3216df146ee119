// Live: keys pressed while a clip plays, good and bad, with credit for what came shortly before.
import type { Press } from "./judgement.ts";
import type { FeedbackKind } from "./kind.ts";
import type { Looks } from "./likelihood.ts";
import { answerLogLikelihood, answerSlope } from "./logistic.ts";
import { clearGradient, lookFrom, stepOf } from "./looks.ts";
import { misjudgement, slips, stretchOf } from "./simulated.ts";

/** A press is about what was seen this long before it, in seconds: nobody reacts faster, and nobody waits longer. */
const SHORTEST_DELAY = 0.2;
const LONGEST_DELAY = 1.5;
/** Scale of the Gamma density of delays, whose shape is 2: the likeliest delay, in seconds. */
const DELAY_SCALE = 0.28;
/** Presses of the same key that follow faster, in seconds, are one: the key was held or hammered. */
const REPEAT = 0.3;
/** Presses this much after the end of the clip, in seconds, still belong to it. */
const SLACK = 0.5;
/** A simulated teacher looks this often, in seconds, and presses where things are so many deviations from the usual. */
const LOOK_EVERY = 0.5;
const NOTABLE = 0.5;

/**
 * Density of the delay between what is judged and the press, not normalised: Gamma with shape 2 between the shortest
 * and the longest delay, 0 elsewhere.
 * @param delay in seconds
 */
export function credit(delay: number): number {
  return delay < SHORTEST_DELAY || delay > LONGEST_DELAY ? 0 : delay * Math.exp(-delay / DELAY_SCALE);
}

/** Credit-weighted mean of the predicted rewards before a press, times the steps of a segment; NaN where there are none. */
function creditedReturn(rewards: Float32Array, looks: Looks, press: number, stepSeconds: number): number {
  const end = lookFrom(looks, press);
  let sum = 0;
  let weights = 0;
  for (let look = lookFrom(looks, press - LONGEST_DELAY / stepSeconds); look < end; look++) {
    const weight = credit((press - stepOf(looks, look)) * stepSeconds);
    sum += weight * rewards[looks.start + look];
    weights += weight;
  }
  return (sum / weights) * looks.steps;
}

function pushCredited(gradient: Float32Array, looks: Looks, press: number, stepSeconds: number, slope: number): void {
  const begin = lookFrom(looks, press - LONGEST_DELAY / stepSeconds);
  const end = lookFrom(looks, press);
  let weights = 0;
  for (let look = begin; look < end; look++) weights += credit((press - stepOf(looks, look)) * stepSeconds);
  const push = (slope * looks.steps) / weights;
  for (let look = begin; look < end; look++) {
    gradient[looks.start + look] += push * credit((press - stepOf(looks, look)) * stepSeconds);
  }
}

/**
 * Credit assignment in the manner of TAMER (Knox and Stone 2009): each press judges the steps before it, weighted by how
 * likely the delay is. P(good) = 0.9 σ(z) + 0.05, where z is what a segment like that would return. Not pressing says
 * nothing. The answer's numbers: how many presses, seconds per step, then the step of each press, negative where bad.
 */
export const live: FeedbackKind<"live"> = {
  segments: [1, 40],
  stripSeconds: 10,
  likelihood: {
    logLikelihood(answer, at, rewards, looks, gradient) {
      clearGradient(gradient, looks);
      const stepSeconds = answer[at + 1];
      let total = 0;
      for (let press = 0; press < answer[at]; press++) {
        const step = Math.abs(answer[at + 2 + press]);
        const good = answer[at + 2 + press] > 0;
        const value = creditedReturn(rewards, looks, step, stepSeconds);
        // Long steps and few looks can leave a press without any.
        if (Number.isNaN(value)) continue;
        total += answerLogLikelihood(value, good);
        pushCredited(gradient, looks, step, stepSeconds, answerSlope(value, good));
      }
      return total;
    },
    agreement: () => Number.NaN,
  },
  problem({ presses }, { seconds }) {
    const late = presses.find(({ at }) => at > seconds + SLACK);
    return late === undefined
      ? null
      : `There is a press at ${late.at} s, and the clip lasts ${seconds.toFixed(2)} s. Give seconds from the clip's start.`;
  },
  encode({ presses }, stepSeconds, out, at) {
    let count = 0;
    let last: Press | null = null;
    for (const press of presses.toSorted((a, b) => a.at - b.at)) {
      if (press.at < SHORTEST_DELAY) continue;
      if (last !== null && last.good === press.good && press.at - last.at < REPEAT) continue;
      last = press;
      out[at + 2 + count] = (press.good ? press.at : -press.at) / stepSeconds;
      count += 1;
    }
    out[at] = count;
    out[at + 1] = stepSeconds;
    return count > 0;
  },
  simulate({ rewards, stepSeconds, usualSegment, options, random }) {
    const seconds = rewards.length * rewards[0].length * stepSeconds;
    const presses: Press[] = [];
    for (let at = Math.min(LOOK_EVERY, seconds); at <= seconds + 1e-9; at += LOOK_EVERY) {
      // Seen over the last half second before the usual reaction time.
      const until = Math.max(0, at - DELAY_SCALE);
      const from = Math.max(0, until - LOOK_EVERY);
      const judged = stretchOf(rewards, from / stepSeconds, until / stepSeconds) + misjudgement(options, random);
      const distance = (judged - usualSegment.mean) / usualSegment.deviation;
      if (Math.abs(distance) > NOTABLE) presses.push({ at, good: distance > 0 !== slips(options, random) });
    }
    return { kind: "live", presses };
  },
};
