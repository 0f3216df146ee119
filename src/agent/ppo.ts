// Proximal policy optimisation (Schulman et al. 2017) by a team of threads, each on the rows that it collected.
import type { Random } from "../environment/random.ts";
import type { Team } from "../kernel/team.ts";
import type { SharedOptimiser } from "../network/shared-optimiser.ts";
import type { ActorCritic } from "./actor-critic.ts";
import { estimateAdvantages } from "./advantage.ts";
import { gaussianLogProbability } from "./gaussian.ts";
import { DIVERGED, RUNNING, TERMINATED, type Rollout } from "./rollout.ts";

export interface PpoOptions {
  readonly discount: number;
  /** Of generalised advantage estimation. */
  readonly lambda: number;
  readonly clip: number;
  readonly epochs: number;
  /** Rows per gradient step, over the whole team. */
  readonly batch: number;
  readonly learningRate: number;
  readonly entropyBonus: number;
  readonly maxGradientNorm: number;
  /** No further step is taken on a rollout once the new policy is this far from the old one, in nats. */
  readonly maxDivergence: number;
}

export interface PpoReport {
  /** Estimated Kullback-Leibler divergence from the acting policy in the last step, in nats. */
  divergence: number;
  /** Share of the variance of the returns that the values explained before the update. */
  explainedVariance: number;
  /** Gradient steps taken. */
  steps: number;
}

export class Ppo {
  readonly options: PpoOptions;
  readonly #agent: ActorCritic;
  readonly #optimiser: SharedOptimiser;
  readonly #team: Team;
  readonly #order: Int32Array;
  readonly #sums = new Float64Array(6);
  /** Summed divergence and rows of one gradient step. */
  readonly #divergence = new Float64Array(2);
  readonly report: PpoReport = { divergence: 0, explainedVariance: 0, steps: 0 };

  /** `rows` is the length of the rollouts to come. The agent's networks must take `batch / team.size` rows. */
  constructor(agent: ActorCritic, optimiser: SharedOptimiser, team: Team, rows: number, options: PpoOptions) {
    this.options = options;
    this.#agent = agent;
    this.#optimiser = optimiser;
    this.#team = team;
    this.#order = new Int32Array(rows);
  }

  /**
   * Improves the agent on a rollout whose rewards are filled. Every member of the team calls it at once.
   * @param rewardScale what rewards are multiplied by
   */
  update(rollout: Rollout, rewardScale: number, learningRate: number, random: Random): void {
    const { options } = this;
    this.#evaluate(rollout);
    estimateAdvantages(rollout, rewardScale, options.discount, options.lambda);
    const rows = this.#list(rollout);
    this.#normaliseAdvantages(rollout, rows);
    const batches = Math.max(1, Math.round((rollout.rows * this.#team.size) / options.batch));
    this.report.steps = 0;
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      shuffle(this.#order, rows, random);
      for (let batch = 0; batch < batches; batch++) {
        const from = Math.floor((batch * rows) / batches);
        const to = Math.floor(((batch + 1) * rows) / batches);
        const divergence = this.#step(rollout, from, to, learningRate);
        if (divergence > options.maxDivergence) return;
      }
    }
  }

  /** Values of all rows, and of the states after those rows that were cut off. */
  #evaluate(rollout: Rollout): void {
    const { value, maxRows } = this.#agent;
    const size = rollout.observationSize;
    const input = value.input;
    for (let from = 0; from < rollout.rows; from += maxRows) {
      const count = Math.min(maxRows, rollout.rows - from);
      for (let i = 0, at = from * size; i < count * size; i++, at++) input[i] = rollout.normalised[at];
      value.forward(count);
      for (let i = 0; i < count; i++) rollout.values[from + i] = value.output[i];
    }
    // Cut-off rows are few and lie anywhere: gather them until a batch is full.
    const pending = this.#order;
    let waiting = 0;
    for (let row = 0; row < rollout.rows; row++) {
      const end = rollout.ends[row];
      const last = row >= rollout.rows - rollout.environments;
      if (end !== DIVERGED && end !== TERMINATED && (end !== RUNNING || last)) {
        for (let i = 0; i < size; i++) input[waiting * size + i] = rollout.afterwards[row * size + i];
        pending[waiting++] = row;
      }
      if (waiting === maxRows || (row === rollout.rows - 1 && waiting > 0)) {
        value.forward(waiting);
        for (let i = 0; i < waiting; i++) rollout.cutValues[pending[i]] = value.output[i];
        waiting = 0;
      }
    }
  }

  /** Lists the rows to learn from and returns how many there are. */
  #list(rollout: Rollout): number {
    let rows = 0;
    for (let row = 0; row < rollout.rows; row++) if (rollout.ends[row] !== DIVERGED) this.#order[rows++] = row;
    return rows;
  }

  /** To mean 0 and spread 1 over the rows of the whole team. */
  #normaliseAdvantages(rollout: Rollout, rows: number): void {
    const { advantages, returns, values } = rollout;
    const sums = this.#sums.fill(0);
    sums[0] = rows;
    for (let i = 0; i < rows; i++) {
      const row = this.#order[i];
      const error = returns[row] - values[row];
      sums[1] += advantages[row];
      sums[2] += advantages[row] * advantages[row];
      sums[3] += returns[row];
      sums[4] += returns[row] * returns[row];
      sums[5] += error * error;
    }
    this.#team.sum(sums);
    const count = Math.max(1, sums[0]);
    const mean = sums[1] / count;
    const factor = 1 / (Math.sqrt(Math.max(0, sums[2] / count - mean * mean)) + 1e-8);
    for (let i = 0; i < rows; i++) advantages[this.#order[i]] = (advantages[this.#order[i]] - mean) * factor;
    const spread = sums[4] / count - (sums[3] / count) ** 2;
    this.report.explainedVariance = spread > 0 ? 1 - sums[5] / count / spread : 0;
  }

  /** One gradient step on rows `order[from..to)`. Returns the divergence over the whole team's rows. */
  #step(rollout: Rollout, from: number, to: number, learningRate: number): number {
    const { policy, value, logDeviations, logDeviationGradients } = this.#agent;
    const { clip, entropyBonus } = this.options;
    const { observationSize, actionSize, normalised, actions, advantages, returns, logProbabilities } = rollout;
    const rows = to - from;
    const share = 1 / (rows * this.#team.size);
    for (let i = 0; i < rows; i++) {
      const at = this.#order[from + i] * observationSize;
      for (let j = 0; j < observationSize; j++) {
        const x = normalised[at + j];
        policy.input[i * observationSize + j] = x;
        value.input[i * observationSize + j] = x;
      }
    }
    policy.forward(rows);
    value.forward(rows);
    let divergence = 0;
    for (let i = 0; i < rows; i++) {
      const row = this.#order[from + i];
      const logRatio = gaussianLogProbability(actions, row, policy.output, i, logDeviations) - logProbabilities[row];
      const ratio = Math.exp(logRatio);
      divergence += ratio - 1 - logRatio;
      const advantage = advantages[row];
      // Beyond the clip in the direction that the advantage rewards, the objective is flat.
      const flat = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip;
      const push = flat ? 0 : -advantage * ratio * share;
      for (let j = 0; j < actionSize; j++) {
        const inverse = Math.exp(-logDeviations[j]);
        const z = (actions[row * actionSize + j] - policy.output[i * actionSize + j]) * inverse;
        policy.outputGradient[i * actionSize + j] = push * z * inverse;
        logDeviationGradients[j] += push * (z * z - 1);
      }
      value.outputGradient[i] = (value.output[i] - returns[row]) * share;
    }
    for (let j = 0; j < actionSize; j++) logDeviationGradients[j] -= entropyBonus / this.#team.size;
    policy.backward(rows);
    value.backward(rows);
    const sums = this.#divergence;
    sums[0] = divergence;
    sums[1] = rows;
    this.#optimiser.step(learningRate, undefined, sums);
    this.report.steps += 1;
    this.report.divergence = sums[0] / sums[1];
    return this.report.divergence;
  }
}

/** Fisher and Yates's shuffle of the first `count` entries. */
function shuffle(order: Int32Array, count: number, random: Random): void {
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}
