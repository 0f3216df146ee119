// Trains a reward model on comparisons that are there from the start, in one thread, and stops in time.
import { randomFor } from "../environment/random-for.ts";
import { answerProbability } from "../feedback/logistic.ts";
import { Arena } from "../kernel/arena.ts";
import { createMemory, instantiateKernel } from "../kernel/kernel.ts";
import { Team } from "../kernel/team.ts";
import { Normaliser } from "../network/normaliser.ts";
import { SharedOptimiser } from "../network/shared-optimiser.ts";
import type { ComparisonSet, LabelledPair } from "./comparison-set.ts";
import { ensembleLayout, initialiseEnsemble, inputSize, RewardEnsemble, type EnsembleShape } from "./ensemble.ts";
import { Evidence } from "./evidence.ts";
import { RewardFit, strideOf } from "./fit.ts";

/** What shapes the model and its training. `docs/fit.md` says what was tried. */
export const COMPARISON_FIT = {
  members: 6,
  hidden: [64, 64, 64],
  learningRate: 1e-3,
  batch: 32,
  maxGradientNorm: 1,
  /** Places at which a segment is looked at in one gradient step; where they start is drawn anew for each. */
  looks: 10,
  /** Fewest gradient steps between two looks at the held-out comparisons; as many as a pass takes where that is more. */
  round: 10,
  /** Rounds without a better held-out loss after which training ends. */
  patience: 5,
  /** Rounds after which it ends in any case. */
  mostRounds: 100,
} as const;

/** A trained model, as far as comparisons go. */
export interface ComparisonModel {
  /** Probability that the answer to this pair is "left", the mean over the members. */
  leftProbability(pair: LabelledPair): number;
  /** Gradient steps that it was trained for. */
  readonly gradientSteps: number;
}

/**
 * Trains an ensemble on `pairs`, which should be two or more. Every member leaves out the comparisons that its bootstrap
 * resample leaves out; what the members predict for those that they never saw tells when to stop, so that no choice
 * about the length of training has to be made for data of another size or kind (out-of-bag estimation, Breiman 1996).
 * @param module the compiled kernel
 * @param seed with `fold` it decides everything random
 */
export function fitComparisons(
  module: WebAssembly.Module,
  set: ComparisonSet,
  pairs: readonly LabelledPair[],
  seed: number,
  fold: number,
): ComparisonModel {
  const { members, hidden, learningRate, batch, maxGradientNorm, looks, round, patience, mostRounds } = COMPARISON_FIT;
  const { observationSize, actionSize, steps } = set;
  const options = { learningRate, batch, maxGradientNorm, looks, regularise: true };
  const stride = strideOf(options, steps);
  // Effort as one number helps robots that learn, and told nothing about the comparisons that were tried.
  const shape: EnsembleShape = { observationSize, actionSize, effort: false, hidden, members };
  const layout = ensembleLayout(shape);
  const maxRows = Math.max(batch * 2 * Math.ceil(steps / stride), 2 * steps);

  const kernel = instantiateKernel(module, createMemory(memoryBytes(shape, layout.length, maxRows)));
  const arena = new Arena(kernel.buffer, 0, kernel.buffer.byteLength);
  const team = new Team(new SharedArrayBuffer(Team.bytes(1, 1)), 0, 1);
  const groups = Array.from({ length: members }, (_, m) => ({
    start: m * layout.stride,
    length: layout.memberLength,
    maxNorm: maxGradientNorm,
  }));
  const optimiser = new SharedOptimiser(kernel, arena, team, layout.length, groups, learningRate);
  initialiseEnsemble(layout, optimiser.parameters, randomFor(seed, "initialise", fold));
  const ensemble = new RewardEnsemble(kernel, arena, shape, optimiser.parameters, optimiser.gradients, maxRows);

  const normaliser = new Normaliser(observationSize);
  for (const { left, right } of pairs) {
    normaliser.add(left.observations, steps);
    normaliser.add(right.observations, steps);
  }
  const evidence = resampled(set, pairs, members, seed, fold);
  const fit = new RewardFit(ensemble, optimiser, team, evidence, normaliser, options);
  const glance = predictor(ensemble, normaliser, set, Math.ceil(stride / 2));
  const predict = predictor(ensemble, normaliser, set, 1);

  const roundSteps = Math.max(round, Math.ceil(pairs.length / batch));
  let best = Number.POSITIVE_INFINITY;
  let bestParameters = optimiser.parameters.slice();
  let bestRound = 0;
  for (let done = 1; done <= mostRounds && done - bestRound <= patience; done++) {
    fit.run(roundSteps, randomFor(seed, "fit", fold, done));
    const loss = heldOutLoss(pairs, evidence, glance);
    // Of a handful of comparisons there may be none that a member left out, and the loss is NaN: then one round it is.
    if (bestRound > 0 && !(loss < best)) continue;
    best = loss;
    bestRound = done;
    bestParameters = optimiser.parameters.slice();
  }
  optimiser.parameters.set(bestParameters);
  return {
    gradientSteps: bestRound * roundSteps,
    leftProbability: (pair) => mean(predict(pair)),
  };
}

/** The comparisons with their answers, as often as they count for each member; each is left something to train on. */
function resampled(
  set: ComparisonSet,
  pairs: readonly LabelledPair[],
  members: number,
  seed: number,
  fold: number,
): Evidence {
  const { steps, observationSize, actionSize } = set;
  const sizes = { capacity: pairs.length, segments: 2 * pairs.length, mostSegments: 2 };
  const shape = { ...sizes, steps, observationSize, actionSize, members };
  for (let attempt = 0; ; attempt++) {
    const evidence = new Evidence(new SharedArrayBuffer(Evidence.bytes(shape)), shape);
    for (const [slot, { left, right, leftShare }] of pairs.entries()) {
      const random = randomFor(seed, "bootstrap", fold, slot, attempt);
      evidence.enter(String(slot), slot, "comparison", [left, right], [leftShare], random);
    }
    const trains = (member: number) => pairs.some((_, slot) => evidence.count(slot, member) > 0);
    if (Array.from({ length: members }, (_, member) => member).every(trains)) return evidence;
  }
}

/**
 * What each member says of a pair: the probability of the answer "left". The result is overwritten by the next call.
 * @param every of how many steps one is looked at
 */
function predictor(
  ensemble: RewardEnsemble,
  normaliser: Normaliser,
  { steps, observationSize, actionSize }: ComparisonSet,
  every: number,
): (pair: LabelledPair) => Float64Array {
  const looks = Math.ceil(steps / every);
  const observations = new Float32Array(2 * looks * observationSize);
  const actions = new Float32Array(2 * looks * actionSize);
  const rewards = ensemble.members.map(() => new Float32Array(2 * looks));
  const probabilities = new Float64Array(ensemble.members.length);
  return ({ left, right }) => {
    for (let row = 0; row < 2 * looks; row++) {
      const segment = row < looks ? left : right;
      const t = (row % looks) * every;
      observations.set(
        segment.observations.subarray(t * observationSize, (t + 1) * observationSize),
        row * observationSize,
      );
      actions.set(segment.actions.subarray(t * actionSize, (t + 1) * actionSize), row * actionSize);
    }
    normaliser.normalise(observations, observations, 2 * looks);
    ensemble.predict(observations, actions, 2 * looks, rewards);
    for (const [m, own] of rewards.entries()) {
      let difference = 0;
      for (let t = 0; t < looks; t++) difference += own[t] - own[looks + t];
      probabilities[m] = answerProbability((difference * steps) / looks);
    }
    return probabilities;
  };
}

/** Nats per comparison, of what the members say together that were not trained on it. */
function heldOutLoss(
  pairs: readonly LabelledPair[],
  evidence: Evidence,
  predict: (pair: LabelledPair) => Float64Array,
): number {
  let loss = 0;
  let count = 0;
  for (const [slot, pair] of pairs.entries()) {
    const said = predict(pair).filter((_, member) => evidence.count(slot, member) === 0);
    if (said.length === 0) continue;
    const left = mean(said);
    loss -= pair.leftShare * Math.log(left) + (1 - pair.leftShare) * Math.log(1 - left);
    count += 1;
  }
  return loss / count;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Room for the parameters with their gradients and moments, and for every member's activations, with some to spare. */
function memoryBytes(shape: EnsembleShape, parameters: number, rows: number): number {
  const { hidden, members } = shape;
  const widths = inputSize(shape) + hidden.reduce((sum, width) => sum + width, 0) + 2;
  const numbers = 4 * parameters + members * (rows * widths + 2 * 96 * Math.max(...hidden)) + 4 * parameters;
  return 4 * numbers + 2 ** 20;
}
