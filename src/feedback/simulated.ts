// What simulated teachers of all kinds have in common: their weaknesses, and what they take for good.
import type { Random } from "../environment/random.ts";

export interface TeacherOptions {
  /** β: how surely the better segment is chosen; absent: always. */
  readonly rationality?: number | undefined;
  /** γ: weight of each step relative to the one after it, so that a myopic teacher remembers the end. 1: all the same. */
  readonly myopia: number;
  /** ε: probability of answering the other way round. */
  readonly mistake: number;
  /** Cannot tell where no segment's return reaches this share of an average one. 0: never. */
  readonly skip: number;
  /** Equal where returns differ by less than this share of an average one. 0: never. */
  readonly equal: number;
}

/** What a simulated teacher is shown, and who it is. */
export interface Situation {
  /** True rewards per segment, oldest step first. */
  readonly rewards: readonly Float32Array[];
  readonly stepSeconds: number;
  /** Mean true return of a segment under the current policy. */
  readonly average: number;
  /** What is usual: of all segments, and of all clips, that this teacher has seen, these ones among them. */
  readonly usualSegment: Usual;
  readonly usualClip: Usual;
  readonly options: TeacherOptions;
  readonly random: Random;
}

/** Mean and spread of the returns that a teacher has seen, in returns of one segment. Nothing is forgotten. */
export class Usual {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count += 1;
    const before = value - this.#mean;
    this.#mean += before / this.#count;
    this.#squares += before * (value - this.#mean);
  }

  get mean(): number {
    return this.#mean;
  }

  /** Standard deviation; 1 where nothing differs. */
  get deviation(): number {
    return this.#count < 2 || this.#squares === 0 ? 1 : Math.sqrt(this.#squares / this.#count);
  }
}

/** Σ γ^(T−1−t) r_t */
export function discountedSum(rewards: ArrayLike<number>, discount: number): number {
  let total = 0;
  for (let t = 0; t < rewards.length; t++) total = total * discount + rewards[t];
  return total;
}

/** Whether the teacher turns its answer round this time. */
export function slips({ mistake }: TeacherOptions, random: Random): boolean {
  return mistake > 0 && random.float() < mistake;
}

/**
 * What limited rationality adds to a return: logistic noise of scale 1/β, so that "more than" is said with probability
 * σ(β · difference).
 */
export function misjudgement({ rationality }: TeacherOptions, random: Random): number {
  if (rationality === undefined) return 0;
  const share = Math.min(1 - 1e-9, Math.max(1e-9, random.float()));
  return Math.log(share / (1 - share)) / rationality;
}

/** What an average segment of the clip returns: a myopic teacher counts its end for more. */
export function clipReturn(rewards: readonly Float32Array[], { myopia }: TeacherOptions): number {
  let total = 0;
  let weights = 0;
  for (const segment of rewards) {
    for (const reward of segment) {
      total = total * myopia + reward;
      weights = weights * myopia + 1;
    }
  }
  return (total / weights) * rewards[0].length;
}

/** Mean true reward per step from one step of the clip up to another, times the steps of a segment. */
export function stretchOf(rewards: readonly Float32Array[], from: number, to: number): number {
  const { length } = rewards[0];
  const first = Math.max(0, Math.floor(from));
  const end = Math.min(length * rewards.length, Math.max(first + 1, Math.ceil(to)));
  let sum = 0;
  for (let t = first; t < end; t++) sum += rewards[Math.floor(t / length)][t % length];
  return (sum / (end - first)) * length;
}
