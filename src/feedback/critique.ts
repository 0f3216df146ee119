// Critique: stretches of a clip's timeline are brushed good or bad.
import type { CritiquedPart } from "./judgement.ts";
import type { FeedbackKind } from "./kind.ts";
import { answerLogLikelihood, answerSlope } from "./logistic.ts";
import { clearGradient, pushStretch, stretchReturn } from "./looks.ts";
import { misjudgement, slips, stretchOf } from "./simulated.ts";

/** Parts that end this much after the clip, in seconds, are taken to end with it: clocks and frames do not quite agree. */
const SLACK = 0.1;
/** A simulated teacher brushes what is this many standard deviations from what is usual. */
const NOTABLE = 0.5;

/**
 * Each part is judged on its own: P(good) = 0.9 σ(z) + 0.05, where z is what a segment like the part would return. What
 * was not brushed says nothing. The answer's numbers: how many parts, then for each the steps from and to, the other way
 * round where it was bad.
 */
export const critique: FeedbackKind<"critique"> = {
  segments: [1, 40],
  stripSeconds: 3,
  likelihood: {
    logLikelihood(answer, at, rewards, looks, gradient) {
      clearGradient(gradient, looks);
      let total = 0;
      for (let part = 0; part < answer[at]; part++) {
        const one = answer[at + 1 + 2 * part];
        const other = answer[at + 2 + 2 * part];
        const good = one < other;
        const from = Math.min(one, other);
        const to = Math.max(one, other);
        const value = stretchReturn(rewards, looks, from, to);
        // Of a part shorter than the distance between two looks there may be none.
        if (Number.isNaN(value)) continue;
        total += answerLogLikelihood(value, good);
        pushStretch(gradient, looks, from, to, answerSlope(value, good));
      }
      return total;
    },
    agreement: () => Number.NaN,
  },
  problem({ parts }, { seconds }) {
    for (const { from, to } of parts) {
      if (from < to && to <= seconds + SLACK) continue;
      return (
        `The part from ${from} to ${to} s is no stretch of a clip of ${seconds.toFixed(2)} s. ` +
        "Give from and to in seconds from the clip's start, from before to."
      );
    }
    return null;
  },
  encode({ parts }, stepSeconds, out, at) {
    out[at] = parts.length;
    for (const [index, { from, to, good }] of parts.entries()) {
      out[at + 1 + 2 * index] = (good ? from : to) / stepSeconds;
      out[at + 2 + 2 * index] = (good ? to : from) / stepSeconds;
    }
    return parts.length > 0;
  },
  simulate({ rewards, stepSeconds, usualSegment, options, random }) {
    const { length } = rewards[0];
    const distances = rewards.map((_, segment) => {
      const judged = stretchOf(rewards, segment * length, (segment + 1) * length) + misjudgement(options, random);
      return (judged - usualSegment.mean) / usualSegment.deviation;
    });
    // There is always something that stands out most.
    const notable = Math.min(NOTABLE, Math.max(...distances.map(Math.abs)));
    const parts: CritiquedPart[] = [];
    for (const [segment, distance] of distances.entries()) {
      if (Math.abs(distance) < notable) continue;
      const from = segment * length * stepSeconds;
      const to = from + length * stepSeconds;
      parts.push({ from, to, good: distance > 0 !== slips(options, random) });
    }
    return { kind: "critique", parts: parts.slice(0, 12) };
  },
};
