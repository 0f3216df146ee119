// A teacher who needs nobody: answers from the true reward with the weaknesses of people (B-Pref, Lee et al. 2021).
import type { Random } from "../environment/random.ts";
import type { Choice } from "./judgement.ts";
import { preferenceProbability } from "./comparison.ts";

export interface TeacherOptions {
  /** β: how surely the better segment is chosen; absent: always. */
  readonly rationality?: number | undefined;
  /** γ: weight of each step relative to the one after it, so that a myopic teacher remembers the end. 1: all the same. */
  readonly myopia: number;
  /** ε: probability of answering the other way round. */
  readonly mistake: number;
  /** Cannot tell where neither segment's return reaches this share of an average one. 0: never. */
  readonly skip: number;
  /** Equal where the returns differ by less than this share of an average one. 0: never. */
  readonly equal: number;
}

/** B-Pref's simulated teacher with all of its five parameters; the defaults are its oracle. */
export class SimulatedTeacher {
  readonly #options: TeacherOptions;

  constructor(options: TeacherOptions) {
    this.#options = options;
  }

  /**
   * Compares two segments by their true rewards, oldest step first.
   * @param average mean return of a segment under the current policy: the scale of the skip and equal thresholds. As in
   *   B-Pref, a negative average makes thresholds that nothing falls under.
   */
  compare(left: ArrayLike<number>, right: ArrayLike<number>, average: number, random: Random): Choice {
    const { rationality, myopia, mistake, skip, equal } = this.#options;
    const plainLeft = discountedSum(left, 1);
    const plainRight = discountedSum(right, 1);
    if (skip > 0 && Math.max(plainLeft, plainRight) <= skip * average) return "cannot-tell";
    if (equal > 0 && Math.abs(plainLeft - plainRight) < equal * average) return "equal";
    const difference = discountedSum(left, myopia) - discountedSum(right, myopia);
    if (rationality === undefined && difference === 0) return "equal";
    const prefersLeft =
      rationality === undefined ? difference > 0 : random.float() < preferenceProbability(rationality * difference);
    const slips = mistake > 0 && random.float() < mistake;
    return prefersLeft !== slips ? "left" : "right";
  }
}

/** Σ γ^(T−1−t) r_t */
function discountedSum(rewards: ArrayLike<number>, discount: number): number {
  let total = 0;
  for (let t = 0; t < rewards.length; t++) total = total * discount + rewards[t];
  return total;
}
