// What cross-validation says about a reward model and the people whose answers it learned from.
import { agreement, agrees, type Agreement } from "./agreement.ts";
import { calibrate, type Calibration } from "./calibration.ts";
import { isDecisive, type ComparisonSet } from "./comparison-set.ts";

export interface AnnotatorAgreement extends Agreement {
  readonly annotator: string;
  /** Decisive answers that they gave. */
  readonly decisivePairs: number;
}

export interface Assessment extends Agreement {
  /** Pairs where one side was preferred; all figures are of these. */
  readonly decisivePairs: number;
  readonly accuracyPerSeed: readonly number[];
  /** Over the predictions of all seeds. */
  readonly calibration: Calibration;
  /** How often the model agrees with each person, without having seen that answer; those with most answers first. */
  readonly annotators: readonly AnnotatorAgreement[];
}

/**
 * @param set with at least one decisive pair
 * @param leftProbabilities by seed, for each pair: the probability of "left" by a model that was not trained on it
 */
export function assess(set: ComparisonSet, leftProbabilities: readonly Float64Array[]): Assessment {
  const decisive = set.pairs.flatMap((pair, index) => (isDecisive(pair) ? [{ ...pair, index }] : []));
  /** Share of the seeds whose model agrees. */
  const agreementWith = decisive.map(({ index, leftShare }) =>
    mean(leftProbabilities.map((probabilities) => agrees(probabilities[index] - 0.5, leftShare))),
  );
  const accuracyPerSeed = leftProbabilities.map((probabilities) =>
    mean(decisive.map(({ index, leftShare }) => agrees(probabilities[index] - 0.5, leftShare))),
  );
  const byAnnotator = Map.groupBy(
    decisive.map(({ annotator }, at) => ({ annotator, agrees: agreementWith[at] })),
    ({ annotator }) => annotator,
  );
  const annotators = [...byAnnotator].flatMap(([annotator, answers]) =>
    annotator === null
      ? []
      : [
          {
            annotator,
            decisivePairs: answers.length,
            ...agreement(total(answers.map((answer) => answer.agrees)), answers.length),
          },
        ],
  );
  return {
    ...agreement(total(agreementWith), decisive.length),
    decisivePairs: decisive.length,
    accuracyPerSeed,
    calibration: calibrate(
      leftProbabilities.flatMap((probabilities) =>
        decisive.map(({ index, leftShare }) => ({ left: probabilities[index], leftShare })),
      ),
    ),
    annotators: annotators.toSorted((a, b) => b.decisivePairs - a.decisivePairs),
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function mean(values: readonly number[]): number {
  return total(values) / values.length;
}
