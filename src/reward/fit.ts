// Fitting the ensemble to the evidence, a bounded number of gradient steps at a time from where it is, by a team of
// threads.
import type { Random } from "../environment/random.ts";
import { KINDS } from "../feedback/judgement.ts";
import { FEEDBACK } from "../feedback/kinds.ts";
import type { Looks } from "../feedback/likelihood.ts";
import type { Team } from "../kernel/team.ts";
import type { Normaliser } from "../network/normaliser.ts";
import type { SharedOptimiser } from "../network/shared-optimiser.ts";
import { writeInput, type RewardEnsemble } from "./ensemble.ts";
import type { Evidence, EvidenceShape } from "./evidence.ts";

export interface FitOptions {
  readonly learningRate: number;
  /** Judgements per member and gradient step, over the whole team. */
  readonly batch: number;
  /**
   * About as many steps of a segment are looked at. Where it has more, those are evenly spaced, and the first of them is
   * drawn anew for each gradient step.
   */
  readonly looks: number;
  readonly maxGradientNorm: number;
  /** Whether L2 is steered by the held-out loss; there is none otherwise. */
  readonly regularise: boolean;
}

/** Held-out loss over training loss that regularisation aims at (Christiano et al. 2017, section 2.2.3). */
const LEAST_RATIO = 1.1;
const MOST_RATIO = 1.5;
const WEIGHT_DECAY = { first: 1e-4, least: 1e-6, most: 3e-2, factor: 1.1 };
/** Segments that predicted reward is counted from. */
const REFERENCE_SEGMENTS = 32;
/** Share of a running mean that one fit replaces. */
const RENEWAL = 0.1;

/**
 * Running means per member: losses in nats per judgement, and the share that is predicted of what judgements put in
 * order. NaN before the first.
 */
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
  /** Of the judgement that is being looked at. */
  readonly #looks: Looks;
  #rows = 0;
  /** Per member: training loss and number, held-out loss and number, right and decisive. */
  readonly #sums: Float64Array;

  /** Rows that each network must take. */
  static maxRows(
    options: FitOptions,
    { steps, mostSegments }: Pick<EvidenceShape, "steps" | "mostSegments">,
    threads: number,
  ): number {
    // As many as a batch of comparisons takes; of larger judgements fewer are looked at in one go.
    const segments = Math.max(Math.ceil(options.batch / threads) * 2, mostSegments);
    return segments * Math.ceil(steps / strideOf(options, steps));
  }

  constructor(
    ensemble: RewardEnsemble,
    optimiser: SharedOptimiser,
    team: Team,
    evidence: Evidence,
    normaliser: Normaliser,
    options: FitOptions,
  ) {
    const { capacity, observationSize, members, steps } = evidence.shape;
    this.#ensemble = ensemble;
    this.#optimiser = optimiser;
    this.#team = team;
    this.#evidence = evidence;
    this.#normaliser = normaliser;
    this.#options = options;
    this.#stride = strideOf(options, steps);
    // A judgement counts once on average, and 8 times with probability 1e-5: what does not fit is left out.
    this.#training = Array.from({ length: members }, () => new Int32Array(capacity * 2 + 64));
    this.#heldOut = Array.from({ length: members }, () => new Int32Array(capacity));
    this.#trainingLengths = new Int32Array(members);
    this.#heldOutLengths = new Int32Array(members);
    this.#chosen = new Int32Array(Math.ceil(options.batch / team.size));
    const rows = RewardFit.maxRows(options, evidence.shape, team.size);
    this.#raw = new Float32Array(rows * observationSize);
    this.#seen = new Float32Array(rows * observationSize);
    this.#actions = new Float32Array(rows * evidence.shape.actionSize);
    this.#sums = new Float64Array(6 * members);
    this.#looks = { start: 0, segments: 0, perSegment: 0, first: 0, stride: this.#stride, steps };
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

  /** Mean prediction per step over the first segments that were judged: those of the untrained agent. */
  referencePrediction(): number {
    const count = Math.min(
      REFERENCE_SEGMENTS,
      this.#evidence.segmentsUsed,
      Math.floor(this.#ensemble.maxRows / this.#perSegment(0)),
    );
    if (count === 0) return 0;
    let total = 0;
    const rows = count * this.#perSegment(0);
    for (let m = 0; m < this.reports.length; m++) {
      this.#gather(0, count, 0, 0);
      this.#predict(m, rows);
      for (let i = 0; i < rows; i++) total += this.#ensemble.members[m].output[i];
    }
    return total / (rows * this.reports.length);
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
      if (!evidence.stands(slot)) continue;
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

  /** How often a segment is looked at from this step on. */
  #perSegment(phase: number): number {
    return Math.ceil((this.#evidence.shape.steps - phase) / this.#stride);
  }

  /** Puts the looks at some segments into the rows from `row` on; returns the row after them. */
  #gather(first: number, count: number, phase: number, row: number): number {
    const { rows: stored, width, shape } = this.#evidence;
    const { steps, observationSize, actionSize } = shape;
    for (let segment = first; segment < first + count; segment++) {
      for (let t = phase; t < steps; t += this.#stride, row++) {
        const at = (segment * steps + t) * width;
        for (let j = 0; j < observationSize; j++) this.#raw[row * observationSize + j] = stored[at + j];
        for (let j = 0; j < actionSize; j++) this.#actions[row * actionSize + j] = stored[at + observationSize + j];
      }
    }
    return row;
  }

  /** Has a member predict the rewards of the rows gathered. */
  #predict(member: number, rows: number): void {
    const { observationSize, actionSize } = this.#evidence.shape;
    const network = this.#ensemble.members[member];
    this.#normaliser.normalise(this.#raw, this.#seen, rows);
    for (let r = 0; r < rows; r++) {
      writeInput(
        this.#ensemble.shape,
        network.input,
        r,
        this.#seen,
        r * observationSize,
        this.#actions,
        r * actionSize,
      );
    }
    network.forward(rows);
  }

  /**
   * Has a member predict the rewards of the chosen judgements from `from` on, as many as there are rows for, and makes
   * the looks ready for the first of them. Returns the one that comes next; `#rows` says how many rows it took.
   */
  #take(member: number, from: number, own: number, phase: number): number {
    const evidence = this.#evidence;
    const perSegment = this.#perSegment(phase);
    let to = from;
    let rows = 0;
    for (; to < own; to++) {
      const slot = this.#chosen[to];
      const count = evidence.segmentCount(slot);
      if (rows + count * perSegment > this.#ensemble.maxRows) break;
      rows = this.#gather(evidence.firstSegment(slot), count, phase, rows);
    }
    this.#predict(member, rows);
    this.#rows = rows;
    this.#looks.start = 0;
    this.#looks.perSegment = perSegment;
    this.#looks.first = phase;
    return to;
  }

  #learn(member: number, own: number, phase: number): void {
    const evidence = this.#evidence;
    const looks = this.#looks;
    const { output, outputGradient } = this.#ensemble.members[member];
    const share = -1 / this.#options.batch;
    for (let from = 0; from < own;) {
      const to = this.#take(member, from, own, phase);
      for (let i = from; i < to; i++) {
        const slot = this.#chosen[i];
        const weight = evidence.weight(slot);
        looks.segments = evidence.segmentCount(slot);
        const { likelihood } = FEEDBACK[KINDS[evidence.kind(slot)]];
        const value = likelihood.logLikelihood(
          evidence.answers,
          evidence.answerAt(slot),
          output,
          looks,
          outputGradient,
        );
        this.#sums[member * 6] -= weight * value;
        this.#sums[member * 6 + 1] += weight;
        const end = looks.start + looks.segments * looks.perSegment;
        if (weight !== 1) for (let row = looks.start; row < end; row++) outputGradient[row] *= weight;
        looks.start = end;
      }
      for (let i = 0; i < this.#rows; i++) outputGradient[i] *= share;
      this.#ensemble.members[member].backward(this.#rows);
      from = to;
    }
  }

  #examine(member: number, own: number): void {
    const evidence = this.#evidence;
    const looks = this.#looks;
    const { output, outputGradient } = this.#ensemble.members[member];
    for (let from = 0; from < own;) {
      const to = this.#take(member, from, own, 0);
      for (let i = from; i < to; i++) {
        const slot = this.#chosen[i];
        const weight = evidence.weight(slot);
        looks.segments = evidence.segmentCount(slot);
        const { likelihood } = FEEDBACK[KINDS[evidence.kind(slot)]];
        const at = evidence.answerAt(slot);
        const value = likelihood.logLikelihood(evidence.answers, at, output, looks, outputGradient);
        this.#sums[member * 6 + 2] -= weight * value;
        this.#sums[member * 6 + 3] += weight;
        const right = likelihood.agreement(evidence.answers, at, output, looks);
        if (!Number.isNaN(right)) {
          this.#sums[member * 6 + 4] += right;
          this.#sums[member * 6 + 5] += 1;
        }
        looks.start += looks.segments * looks.perSegment;
      }
      from = to;
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

/** Every how many steps a segment of so many is looked at. */
export function strideOf({ looks }: Pick<FitOptions, "looks">, steps: number): number {
  return Math.max(1, Math.round(steps / looks));
}

function renewed(mean: number, value: number): number {
  return Number.isNaN(mean) ? value : mean + RENEWAL * (value - mean);
}
