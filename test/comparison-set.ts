// Comparisons whose answers are known, for tests of what learns from them.
import { Random } from "../src/environment/random.ts";
import type { ComparisonSet, LabelledPair } from "../src/reward/comparison-set.ts";
import type { SegmentRows } from "../src/reward/evidence.ts";

export const STEPS = 6;
const OBSERVATION = 3;
const ACTION = 2;

/** A segment in which the first number observed is `liked` on average, and all else is noise. */
function segment(id: number, liked: number, random: Random): SegmentRows {
  const observations = Float32Array.from({ length: STEPS * OBSERVATION }, () => random.normal());
  for (let t = 0; t < STEPS; t++) observations[t * OBSERVATION] = liked + 0.2 * random.normal();
  return {
    id,
    length: STEPS,
    observations,
    actions: Float32Array.from({ length: STEPS * ACTION }, () => random.normal()),
  };
}

/** `count` comparisons in which the segment with more of the first number is better; the fourth, eighth, … are equal. */
export function comparisonSet(count: number, seed: number): ComparisonSet {
  const random = new Random(seed);
  const pairs = Array.from({ length: count }, (_, index): LabelledPair => {
    const [left, right] = [random.normal(), random.normal()];
    return {
      left: segment(2 * index, left, random),
      right: segment(2 * index + 1, right, random),
      leftShare: index % 4 === 3 ? 0.5 : left > right ? 1 : 0,
      annotator: index % 3 === 0 ? "ada" : "ben",
    };
  });
  return { task: null, steps: STEPS, observationSize: OBSERVATION, actionSize: ACTION, pairs };
}
