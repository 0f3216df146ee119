// An ensemble of networks that predict reward from an observation and an action; one thread's instances over
// parameters that all threads share.
import type { Random } from "../environment/random.ts";
import type { Arena } from "../kernel/arena.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Team } from "../kernel/team.ts";
import { initialise, Mlp, parameterCount, type MlpShape } from "../network/mlp.ts";

export interface EnsembleShape {
  readonly observationSize: number;
  /** How many numbers of an observation, from the first on, a member is shown; all of them where it is left out. */
  readonly shownSize?: number | undefined;
  readonly actionSize: number;
  /** Whether a member is shown how large the action is as a whole; it is unless this is false. */
  readonly effort?: boolean | undefined;
  readonly hidden: readonly number[];
  readonly members: number;
}

export interface EnsembleLayout {
  readonly member: MlpShape;
  readonly memberLength: number;
  /** Distance between the starts of two members. */
  readonly stride: number;
  readonly length: number;
}

/** What decides how long a member's input is. */
type InputShape = Pick<EnsembleShape, "observationSize" | "shownSize" | "actionSize" | "effort">;

/**
 * Numbers that a member is shown of a step: the observation, the action, the action's squares, and their sum. What people
 * and robots pay for an action grows with its square, which a network would need many comparisons to find out; and what
 * they pay for all of it together, it would have to find out for each part alone.
 */
export function inputSize({ observationSize, shownSize = observationSize, actionSize, effort }: InputShape): number {
  return shownSize + 2 * actionSize + (effort === false ? 0 : 1);
}

/**
 * Writes what a member is shown of the step in a row.
 * @param observation normalised, from `observationAt`; `action` as the world took it, from `actionAt`
 */
export function writeInput(
  shape: InputShape,
  input: Float32Array,
  row: number,
  observation: Float32Array,
  observationAt: number,
  action: Float32Array,
  actionAt: number,
): void {
  const { observationSize, shownSize = observationSize, actionSize } = shape;
  let to = row * inputSize(shape);
  let sum = 0;
  for (let i = 0; i < shownSize; i++) input[to++] = observation[observationAt + i];
  for (let i = 0; i < actionSize; i++) input[to++] = action[actionAt + i];
  for (let i = 0; i < actionSize; i++) {
    const square = action[actionAt + i] * action[actionAt + i];
    input[to++] = square;
    sum += square;
  }
  if (shape.effort !== false) input[to] = sum;
}

export function ensembleLayout(shape: EnsembleShape): EnsembleLayout {
  const member: MlpShape = {
    sizes: [inputSize(shape), ...shape.hidden, 1],
    activation: "leaky-relu",
  };
  const memberLength = parameterCount(member);
  const stride = Math.ceil(memberLength / 16) * 16;
  return { member, memberLength, stride, length: stride * shape.members };
}

export function initialiseEnsemble(layout: EnsembleLayout, parameters: Float32Array, random: Random): void {
  for (let start = 0; start < layout.length; start += layout.stride) {
    initialise(layout.member, parameters.subarray(start, start + layout.memberLength), () => random.float(), 0.1);
  }
}

/** Share of the old estimate of the rewards' spread that one rollout replaces. */
const RENEWAL = 0.05;

export class RewardEnsemble {
  readonly shape: EnsembleShape;
  readonly members: readonly Mlp[];
  readonly maxRows: number;
  /** Mean and variance of each member's predictions under the policies of late, `[members]`. */
  readonly means: Float64Array;
  readonly variances: Float64Array;
  #seen = false;
  readonly #sums: Float64Array;

  constructor(
    kernel: Kernel,
    arena: Arena,
    shape: EnsembleShape,
    parameters: Float32Array,
    gradients: Float32Array,
    maxRows: number,
  ) {
    const layout = ensembleLayout(shape);
    this.shape = shape;
    this.maxRows = maxRows;
    this.members = Array.from({ length: shape.members }, (_, m) => {
      const from = m * layout.stride;
      const to = from + layout.memberLength;
      return new Mlp(
        kernel,
        arena,
        layout.member,
        parameters.subarray(from, to),
        gradients.subarray(from, to),
        maxRows,
      );
    });
    this.means = new Float64Array(shape.members);
    this.variances = new Float64Array(shape.members).fill(1);
    this.#sums = new Float64Array(1 + 2 * shape.members);
  }

  /**
   * Each member's prediction for every row, as it comes out of the network.
   * @param observations normalised, `[rows, observation size]`
   * @param actions as the world took them, `[rows, action size]`
   * @param predictions written, `[members][rows]`
   */
  predict(observations: Float32Array, actions: Float32Array, rows: number, predictions: readonly Float32Array[]): void {
    const { observationSize, actionSize } = this.shape;
    for (let from = 0; from < rows; from += this.maxRows) {
      const count = Math.min(this.maxRows, rows - from);
      for (let m = 0; m < this.members.length; m++) {
        const { input, output } = this.members[m];
        for (let i = 0; i < count; i++) {
          const row = from + i;
          writeInput(this.shape, input, i, observations, row * observationSize, actions, row * actionSize);
        }
        this.members[m].forward(count);
        for (let i = 0; i < count; i++) predictions[m][from + i] = output[i];
      }
    }
  }

  /** Takes in what the members predict for what the policy does now. All threads end up with the same estimate. */
  renewScale(predictions: readonly Float32Array[], rows: number, team: Team): void {
    const sums = this.#sums.fill(0);
    sums[0] = rows;
    for (let m = 0; m < predictions.length; m++) {
      for (let i = 0; i < rows; i++) {
        const prediction = predictions[m][i];
        sums[1 + 2 * m] += prediction;
        sums[2 + 2 * m] += prediction * prediction;
      }
    }
    team.sum(sums);
    const share = this.#seen ? RENEWAL : 1;
    this.#seen = true;
    for (let m = 0; m < predictions.length; m++) {
      const mean = sums[1 + 2 * m] / sums[0];
      const variance = Math.max(0, sums[2 + 2 * m] / sums[0] - mean * mean);
      this.means[m] += share * (mean - this.means[m]);
      this.variances[m] += share * (variance - this.variances[m]);
    }
  }

  /** Writes the reward of each row: members are brought to mean 0 and spread 1, each on its own, then averaged. */
  combine(predictions: readonly Float32Array[], rows: number, rewards: Float32Array): void {
    rewards.fill(0, 0, rows);
    for (let m = 0; m < predictions.length; m++) {
      const factor = 1 / ((Math.sqrt(this.variances[m]) + 1e-6) * predictions.length);
      const mean = this.means[m];
      for (let i = 0; i < rows; i++) rewards[i] += (predictions[m][i] - mean) * factor;
    }
  }

  /** The estimate of the predictions' spread, for a checkpoint. */
  scaleState(): Float64Array {
    return Float64Array.of(this.#seen ? 1 : 0, ...this.means, ...this.variances);
  }

  restoreScale(state: Float32Array | Float64Array): void {
    const count = this.members.length;
    this.#seen = state[0] === 1;
    this.means.set(state.subarray(1, 1 + count));
    this.variances.set(state.subarray(1 + count, 1 + 2 * count));
  }
}
