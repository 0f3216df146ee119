// How well a reward model predicts answers that it was not trained on.
import type { ComparisonSet } from "./comparison-set.ts";
import { fitComparisons } from "./fit-comparisons.ts";
import { partition } from "./folds.ts";

export interface CrossValidation {
  /** By seed, for each pair: the probability that its answer is "left", by a model that was not trained on it. */
  readonly leftProbabilities: readonly Float64Array[];
  /** Pairs that share a step with a pair of another fold, on average over the seeds. */
  readonly shared: number;
  /** Gradient steps per model, on average. */
  readonly gradientSteps: number;
}

/**
 * Cross-validates a reward model: for each seed the comparisons are parted into folds anew, and each fold is predicted by
 * a model that was trained on the others.
 * @param module the compiled kernel
 * @param folds from 2 to the number of pairs
 * @param onModel called after each model with the number done so far, of `folds · seeds.length`
 */
export function crossValidate(
  module: WebAssembly.Module,
  set: ComparisonSet,
  folds: number,
  seeds: readonly number[],
  onModel: (done: number) => void = () => {},
): CrossValidation {
  let shared = 0;
  let gradientSteps = 0;
  let done = 0;
  const leftProbabilities = seeds.map((seed) => {
    const probabilities = new Float64Array(set.pairs.length);
    const parts = partition(set, folds, seed);
    shared += parts.shared;
    for (let fold = 0; fold < folds; fold++) {
      const training = set.pairs.filter((_, pair) => parts.folds[pair] !== fold);
      const model = fitComparisons(module, set, training, seed, fold);
      gradientSteps += model.gradientSteps;
      for (const [index, pair] of set.pairs.entries()) {
        if (parts.folds[index] === fold) probabilities[index] = model.leftProbability(pair);
      }
      onModel(++done);
    }
    return probabilities;
  });
  return { leftProbabilities, shared: shared / seeds.length, gradientSteps: gradientSteps / done };
}
