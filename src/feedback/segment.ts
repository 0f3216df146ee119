// A window of one trajectory: what a person sees as a clip and a reward model sees as rows.

export interface Segment {
  /** Unique within its run, counted up from 1. */
  readonly id: number;
  /** Environment steps that the run had taken when the window was recorded. */
  readonly atStep: number;
  /** Policy updates that the acting policy had behind it. */
  readonly policyVersion: number;
  /** Environment steps in the window, T. */
  readonly length: number;
  /** `[T, observation size]`, row by row: the observations on which the actions were chosen. */
  readonly observations: Float32Array;
  /** `[T, action size]`, row by row. */
  readonly actions: Float32Array;
  /**
   * `[T]`: what the reward model predicted when the window was recorded, the mean over its members, in nats that a
   * comparison would gain per step over what the untrained agent does. NaN before its first fit.
   */
  readonly rewards: Float32Array;
  /** The world's whole state before the first step, so that the clip can be taken over; null where it was not kept. */
  readonly state: Float32Array | null;
  readonly clip: Clip;
}

/** What is drawn: poses at a steady rate, `[frames, bodies * 7]`. */
export interface Clip {
  readonly framesPerSecond: number;
  readonly frames: number;
  readonly poses: Float32Array;
}

/** Sum of the predicted rewards of a segment, or null where nothing was predicted yet. */
export function predictedReward({ rewards }: Pick<Segment, "rewards">): number | null {
  let sum = 0;
  for (const reward of rewards) sum += reward;
  return Number.isFinite(sum) ? sum : null;
}
