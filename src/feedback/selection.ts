// Which of many candidate pairs to ask about.
import { sigmoid } from "./logistic.ts";

/**
 * Variance, over the members of an ensemble, of the probability that the left segment is preferred: 0 to 0.25
 * (Christiano et al. 2017, section 2.2.4).
 * @param left summed predicted rewards per member; `right` likewise
 */
export function disagreement(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let mean = 0;
  let square = 0;
  for (let m = 0; m < left.length; m++) {
    const probability = sigmoid(left[m] - right[m]);
    mean += probability;
    square += probability * probability;
  }
  mean /= left.length;
  return Math.max(0, square / left.length - mean * mean);
}

/**
 * Entropy, in nats, of the answer that the ensemble expects on average: 0 to log 2. High where members disagree and where
 * all of them take both segments to be equally good (as in B-Pref, Lee et al. 2021). Arguments as for `disagreement`.
 */
export function entropy(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let mean = 0;
  for (let m = 0; m < left.length; m++) mean += sigmoid(left[m] - right[m]) / left.length;
  return -(surprise(mean) + surprise(1 - mean));
}

/** p log p. */
function surprise(probability: number): number {
  return probability <= 0 ? 0 : probability * Math.log(probability);
}

/** Mean over all pairs of two segments or more of what is said about a pair. @param sums `[segments][members]` */
export function meanOverPairs(
  sums: readonly ArrayLike<number>[],
  of: (left: ArrayLike<number>, right: ArrayLike<number>) => number,
): number {
  let total = 0;
  let pairs = 0;
  for (let one = 0; one < sums.length; one++) {
    for (let other = one + 1; other < sums.length; other++) {
      total += of(sums[one], sums[other]);
      pairs += 1;
    }
  }
  return total / pairs;
}

/**
 * For each of several strips the variance, over the members, of what a segment of it returns on average. A member's
 * mean over all of the strips counts as its zero, since what comparisons teach leaves that open.
 * @param sums `[strips][segments of the strip][members]`
 */
export function spread(sums: readonly (readonly ArrayLike<number>[])[]): number[] {
  const means = sums.map((segments) =>
    Array.from(segments[0], (_, m) => segments.reduce((sum, of) => sum + of[m], 0) / segments.length),
  );
  const zeros =
    means.length === 0 ? [] : means[0].map((_, m) => means.reduce((sum, of) => sum + of[m], 0) / means.length);
  return means.map((of) => {
    const centred = of.map((value, m) => value - zeros[m]);
    const middle = centred.reduce((sum, value) => sum + value, 0) / centred.length;
    return centred.reduce((sum, value) => sum + (value - middle) ** 2, 0) / centred.length;
  });
}

/** The `count` candidates with the highest scores, best first; among equals the earlier one. */
export function best<Candidate extends { readonly score: number }>(
  candidates: readonly Candidate[],
  count: number,
): Candidate[] {
  return candidates.toSorted((a, b) => b.score - a.score).slice(0, count);
}
