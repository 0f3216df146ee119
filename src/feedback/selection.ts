// Which of many candidate pairs to ask about.
import { preferenceProbability } from "./comparison.ts";

/**
 * Variance, over the members of an ensemble, of the probability that the left segment is preferred: 0 to 0.25
 * (Christiano et al. 2017, section 2.2.4).
 * @param left summed predicted rewards per member; `right` likewise
 */
export function disagreement(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let mean = 0;
  let square = 0;
  for (let m = 0; m < left.length; m++) {
    const probability = preferenceProbability(left[m] - right[m]);
    mean += probability;
    square += probability * probability;
  }
  mean /= left.length;
  return Math.max(0, square / left.length - mean * mean);
}

/** The `count` candidates with the highest scores, best first; among equals the earlier one. */
export function best<Candidate extends { readonly score: number }>(
  candidates: readonly Candidate[],
  count: number,
): Candidate[] {
  return candidates.toSorted((a, b) => b.score - a.score).slice(0, count);
}
