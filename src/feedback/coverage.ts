// What has been asked about, and which of many candidates is least like it.

/**
 * Greedy k-center selection (Sener and Savarese 2018, arXiv:1708.00489; of preference queries in B-Pref, Lee et al. 2021):
 * a question is worth the more, the farther its segments are from the nearest segments that were asked about before.
 */
export class Coverage {
  readonly #most: number;
  /** Features of the segments that were asked about. */
  readonly #asked: ArrayLike<number>[] = [];
  /** Segments that were ever asked about. */
  #count = 0;

  /** @param most segments to keep: beyond them the oldest are forgotten, so that choosing takes no longer and longer */
  constructor(most = 2_000) {
    this.#most = most;
  }

  /** Takes a segment to be asked about. */
  add(features: ArrayLike<number>): void {
    this.#asked[this.#count % this.#most] = features;
    this.#count += 1;
  }

  /**
   * Chooses `count` candidates, one after the other, each with what was chosen before taken as asked about.
   * @param candidates `[candidates][segments][features]`; features are brought to the spread that they have here
   * @returns indices of candidates, fewer where there are not so many
   */
  choose(candidates: readonly (readonly ArrayLike<number>[])[], count: number): number[] {
    const scales = scalesOf(candidates.flat());
    const nearest = candidates.map((segments) =>
      segments.map((segment) =>
        this.#asked.reduce(
          (least, other) => Math.min(least, distance(segment, other, scales)),
          Number.POSITIVE_INFINITY,
        ),
      ),
    );
    const left = new Set(candidates.keys());
    const chosen: number[] = [];
    while (chosen.length < count && left.size > 0) {
      let farthest = -1;
      let most = Number.NEGATIVE_INFINITY;
      for (const index of left) {
        const mean = nearest[index].reduce((sum, value) => sum + value, 0) / nearest[index].length;
        if (mean > most) [farthest, most] = [index, mean];
      }
      left.delete(farthest);
      chosen.push(farthest);
      for (const segment of candidates[farthest]) {
        this.add(segment);
        for (const index of left) {
          for (const [i, own] of candidates[index].entries()) {
            nearest[index][i] = Math.min(nearest[index][i], distance(own, segment, scales));
          }
        }
      }
    }
    return chosen;
  }
}

/** One over each feature's standard deviation; 0 for one that is always the same. */
function scalesOf(segments: readonly ArrayLike<number>[]): Float64Array {
  const scales = new Float64Array(segments.length === 0 ? 0 : segments[0].length);
  return scales.map((_, i) => {
    const mean = segments.reduce((sum, of) => sum + of[i], 0) / segments.length;
    const variance = segments.reduce((sum, of) => sum + (of[i] - mean) ** 2, 0) / segments.length;
    return variance < 1e-12 ? 0 : 1 / Math.sqrt(variance);
  });
}

function distance(one: ArrayLike<number>, other: ArrayLike<number>, scales: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < scales.length; i++) sum += ((one[i] - other[i]) * scales[i]) ** 2;
  return Math.sqrt(sum);
}
