// Fitting the ensemble to the evidence, a bounded number of gradient steps at a time from where it is, by a team of
// threads.
import type { Random } from "../environment/random.ts";
import { leftShareOf, type GradedAnswer } from "../feedback/comparison.ts";
import type { Likelihood } from "../feedback/likelihood.ts";
import type { Team } from "../kernel/team.ts";
import type { Normaliser } from "../network/normaliser.ts";
import type { SharedOptimiser } from "../network/shared-optimiser.ts";
import { writeInput, type RewardEnsemble } from "./ensemble.ts";
import type { Evidence } from "./evidence.ts";

export interface FitOptions {
  readonly learningRate: number;
  /** Comparisons per member and gradient step, over the whole team. */
  readonly batch: number;
  /** Every how many steps a segment is looked at; where it starts is drawn anew for each gradient step. */
  readonly stride: number;
  readonly maxGradientNorm: number;
  /** Whether L2 is steered by the held-out loss; there is none otherwise. */
  readonly regularise: boolean;
}

/** Held-out loss over training loss that regularisation aims at (Christiano et al. 2017, section 2.2.3). */
const LEAST_RATIO = 1.1;
const MOST_RATIO = 1.5;
const WEIGHT_DECAY = { first: 1e-4, least: 1e-6, most: 3e-2, factor: 1.1 };
/** Share of a running mean that one fit replaces. */
const RENEWAL = 0.1;

/** Running means per member, in nats per judgement, and shares of decisive judgements. NaN before the first. */
export interface MemberReport {
  loss: number;
  heldOutLoss: number;
  heldOutAccuracy: number;
}

export class RewardFit {
  readonly reports: readonly MemberReport[];
  /** L2 coefficient per member. */
  readonly weightDecay: Float64Array;
  readonly #ensemble: RewardEnsemble;
  readonly #optimiser: SharedOptimiser;
  readonly #team: Team;
  readonly #evidence: Evidence;
  readonly #likelihood: Likelihood<GradedAnswer>;
  readonly #normaliser: Normaliser;
  readonly #options: FitOptions;
  readonly #stride: number;
  /** Slots per member, as often as they count, and those held out. */
  readonly #training: Int32Array[];
  readonly #heldOut: Int32Array[];
  readonly #trainingLengths: Int32Array;
  readonly #heldOutLengths: Int32Array;
  readonly #chosen: Int32Array;
  readonly #raw: Float32Array;
  readonly #seen: Float32Array;
  readonly #actions: Float32Array;
  /** Per member: training loss and number, held-out loss and number, right and decisive. */
  readonly #sums: Float64Array;

  /** Rows that each network must take. */
  static maxRows(options: FitOptions, steps: number, threads: number): number {
    return Math.ceil(options.batch / threads) * 2 * Math.ceil(steps / strideOf(options, steps));
  }

  constructor(
    ensemble: RewardEnsemble,
    optimiser: SharedOptimiser,
    team: Team,
    evidence: Evidence,
    likelihood: Likelihood<GradedAnswer>,
    normaliser: Normaliser,
    options: FitOptions,
  ) {
    const { capacity, observationSize, members, steps } = evidence.shape;
    this.#ensemble = ensemble;
    this.#optimiser = optimiser;
    this.#team = team;
    this.#evidence = evidence;
    this.#likelihood = likelihood;
    this.#normaliser = normaliser;
    this.#options = options;
    this.#stride = strideOf(options, steps);
    // A judgement counts once on average, and 8 times with probability 1e-5: what does not fit is left out.
    this.#training = Array.from({ length: members }, () => new Int32Array(capacity * 2 + 64));
    this.#heldOut = Array.from({ length: members }, () => new Int32Array(capacity));
    this.#trainingLengths = new Int32Array(members);
    this.#heldOutLengths = new Int32Array(members);
    this.#chosen = new Int32Array(Math.ceil(options.batch / team.size));
    const rows = RewardFit.maxRows(options, steps, team.size);
    this.#raw = new Float32Array(rows * observationSize);
    this.#seen = new Float32Array(rows * observationSize);
    this.#actions = new Float32Array(rows * evidence.shape.actionSize);
    this.#sums = new Float64Array(6 * members);
    this.weightDecay = new Float64Array(members).fill(options.regularise ? WEIGHT_DECAY.first : 0);
    this.reports = Array.from({ length: members }, () => ({
      loss: Number.NaN,
      heldOutLoss: Number.NaN,
      heldOutAccuracy: Number.NaN,
    }));
  }

  /**
   * Takes `steps` gradient steps with every member and renews the reports. Every thread of the team calls it with a
   * generator in the same state, so that all draw the same batches without a word.
   */
  run(steps: number, random: Random): void {
    this.#list();
    if (this.#trainingLengths.some((length) => length === 0)) return;
    this.#sums.fill(0);
    for (let step = 0; step < steps; step++) {
      const phase = random.integer(this.#stride);
      for (let m = 0; m < this.#trainingLengths.length; m++) {
        const own = this.#draw(this.#training[m], this.#trainingLengths[m], random);
        this.#learn(m, own, phase);
      }
      this.#optimiser.step(this.#options.learningRate, this.weightDecay);
    }
    for (let m = 0; m < this.#heldOutLengths.length; m++) {
      if (this.#heldOutLengths[m] === 0) continue;
      const own = this.#draw(this.#heldOut[m], this.#heldOutLengths[m], random);
      this.#examine(m, own);
    }
    this.#team.sum(this.#sums);
    this.#conclude();
  }

  /** Mean prediction per step over the segments of the first comparisons asked, at most `most` of them. */
  referencePrediction(most: number): number {
    const own = Math.min(most, this.#evidence.used, this.#chosen.length);
    if (own === 0) return 0;
    for (let i = 0; i < own; i++) this.#chosen[i] = i;
    let total = 0;
    let rows = 0;
    for (let m = 0; m < this.reports.length; m++) {
      const count = own * 2 * this.#predict(m, own, 0);
      for (let i = 0; i < count; i++) total += this.#ensemble.members[m].output[i];
      rows += count;
    }
    return total / rows;
  }

  /** Reports and weight decay, for a checkpoint. */
  state(): Float64Array {
    return Float64Array.from(
      this.reports.flatMap(({ loss, heldOutLoss, heldOutAccuracy }, m) => [
        loss,
        heldOutLoss,
        heldOutAccuracy,
        this.weightDecay[m],
      ]),
    );
  }

  restore(state: Float32Array | Float64Array): void {
    for (const [m, report] of this.reports.entries()) {
      [report.loss, report.heldOutLoss, report.heldOutAccuracy, this.weightDecay[m]] = state.subarray(m * 4);
    }
  }

  #list(): void {
    const evidence = this.#evidence;
    this.#trainingLengths.fill(0);
    this.#heldOutLengths.fill(0);
    for (let slot = 0; slot < evidence.used; slot++) {
      if (evidence.answer(slot) === null) continue;
      for (let m = 0; m < this.#training.length; m++) {
        const count = evidence.count(slot, m);
        if (count === 0) this.#heldOut[m][this.#heldOutLengths[m]++] = slot;
        for (let i = 0; i < count && this.#trainingLengths[m] < this.#training[m].length; i++) {
          this.#training[m][this.#trainingLengths[m]++] = slot;
        }
      }
    }
  }

  /** Draws a batch and keeps this thread's share of it in `#chosen`; returns the share's size. */
  #draw(from: Int32Array, length: number, random: Random): number {
    let own = 0;
    for (let i = 0; i < this.#options.batch; i++) {
      const slot = from[random.integer(length)];
      if (i % this.#team.size === this.#team.index) this.#chosen[own++] = slot;
    }
    return own;
  }

  /** Predicts the rewards of the chosen comparisons; returns the rows per segment. */
  #predict(member: number, own: number, phase: number): number {
    const { rows: stored, width, shape } = this.#evidence;
    const { steps, observationSize, actionSize } = shape;
    const stride = this.#stride;
    const network = this.#ensemble.members[member];
    const perSegment = Math.ceil((steps - phase) / stride);
    const rows = own * 2 * perSegment;
    let row = 0;
    for (let i = 0; i < own; i++) {
      for (let side = 0; side < 2; side++) {
        const place = (this.#chosen[i] * 2 + side) * steps;
        for (let t = phase; t < steps; t += stride, row++) {
          const at = (place + t) * width;
          for (let j = 0; j < observationSize; j++) this.#raw[row * observationSize + j] = stored[at + j];
          for (let j = 0; j < actionSize; j++) this.#actions[row * actionSize + j] = stored[at + observationSize + j];
        }
      }
    }
    this.#normaliser.normalise(this.#raw, this.#seen, rows);
    for (let r = 0; r < rows; r++) {
      writeInput(shape, network.input, r, this.#seen, r * observationSize, this.#actions, r * actionSize);
    }
    network.forward(rows);
    return perSegment;
  }

  #learn(member: number, own: number, phase: number): void {
    const perSegment = this.#predict(member, own, phase);
    const network = this.#ensemble.members[member];
    const weight = this.#evidence.shape.steps / perSegment;
    const rows = own * 2 * perSegment;
    for (let i = 0; i < own; i++) {
      const answer = this.#evidence.answer(this.#chosen[i]) ?? "cannot-tell";
      const likelihood = this.#likelihood.logLikelihood(
        answer,
        network.output,
        i * 2 * perSegment,
        perSegment,
        weight,
        network.outputGradient,
      );
      this.#sums[member * 6] -= likelihood;
      this.#sums[member * 6 + 1] += 1;
    }
    const share = -1 / this.#options.batch;
    for (let i = 0; i < rows; i++) network.outputGradient[i] *= share;
    network.backward(rows);
  }

  #examine(member: number, own: number): void {
    const perSegment = this.#predict(member, own, 0);
    const { output, outputGradient } = this.#ensemble.members[member];
    const weight = this.#evidence.shape.steps / perSegment;
    for (let i = 0; i < own; i++) {
      const answer = this.#evidence.answer(this.#chosen[i]) ?? "cannot-tell";
      const start = i * 2 * perSegment;
      this.#sums[member * 6 + 2] -= this.#likelihood.logLikelihood(
        answer,
        output,
        start,
        perSegment,
        weight,
        outputGradient,
      );
      this.#sums[member * 6 + 3] += 1;
      const leftShare = leftShareOf(answer);
      if (leftShare === 0.5) continue;
      let difference = 0;
      for (let t = start; t < start + perSegment; t++) difference += output[t] - output[t + perSegment];
      this.#sums[member * 6 + 4] += difference > 0 === leftShare > 0.5 ? 1 : 0;
      this.#sums[member * 6 + 5] += 1;
    }
  }

  /** Renews the running means and steers each member's weight decay by its held-out loss. */
  #conclude(): void {
    for (let m = 0; m < this.reports.length; m++) {
      const report = this.reports[m];
      const [loss, count, heldOutLoss, heldOutCount, right, decisive] = this.#sums.subarray(m * 6, m * 6 + 6);
      if (count > 0) report.loss = renewed(report.loss, loss / count);
      if (decisive > 0) report.heldOutAccuracy = renewed(report.heldOutAccuracy, right / decisive);
      if (heldOutCount === 0) continue;
      report.heldOutLoss = renewed(report.heldOutLoss, heldOutLoss / heldOutCount);
      if (!this.#options.regularise) continue;
      const ratio = report.heldOutLoss / report.loss;
      const { least, most, factor } = WEIGHT_DECAY;
      if (ratio > MOST_RATIO) this.weightDecay[m] = Math.min(most, this.weightDecay[m] * factor);
      if (ratio < LEAST_RATIO) this.weightDecay[m] = Math.max(least, this.weightDecay[m] / factor);
    }
  }
}

/** Of a segment that is shorter than the stride, one step is looked at. */
function strideOf({ stride }: FitOptions, steps: number): number {
  return Math.min(stride, steps);
}

function renewed(mean: number, value: number): number {
  return Number.isNaN(mean) ? value : mean + RENEWAL * (value - mean);
}
