// Whether a model that says 80 % is right in 80 % of cases.

/** Predictions of about the same confidence. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly predictions: number;
  /** Mean probability that the model gave to the answer it predicted; NaN in an empty bin. */
  readonly confidence: number;
  /** Share of the predictions that were right; NaN in an empty bin. */
  readonly accuracy: number;
}

export interface Calibration {
  /** Expected calibration error: the mean distance between confidence and accuracy of the bin, over all predictions. */
  readonly error: number;
  readonly bins: readonly ReliabilityBin[];
}

/** Ten bins over 0 to 1, as is usual; the answer that is predicted has at least 0.5, which leaves five. */
const BINS = 5;
const LEAST = 0.5;

/** A prediction of which side is preferred, beside what was. */
export interface Prediction {
  /** Probability of the answer "left". */
  readonly left: number;
  /** The answer's share for the left. */
  readonly leftShare: number;
}

/**
 * Expected calibration error with bins of equal width (Guo et al. 2017, *On Calibration of Modern Neural Networks*,
 * equation 3). Small samples make it larger than it would be with many: 76 answers of a perfectly calibrated model give
 * about 0.08.
 */
export function calibrate(predictions: readonly Prediction[]): Calibration {
  const width = (1 - LEAST) / BINS;
  const sums = Array.from({ length: BINS }, () => ({ predictions: 0, confidence: 0, right: 0 }));
  for (const { left, leftShare } of predictions) {
    const confidence = Math.max(left, 1 - left);
    const bin = sums[Math.min(BINS - 1, Math.floor((confidence - LEAST) / width))];
    bin.predictions += 1;
    bin.confidence += confidence;
    bin.right += left > 0.5 ? leftShare : left < 0.5 ? 1 - leftShare : 0.5;
  }
  const bins = sums.map(({ predictions, confidence, right }, index) => ({
    from: LEAST + index * width,
    to: LEAST + (index + 1) * width,
    predictions,
    confidence: confidence / predictions,
    accuracy: right / predictions,
  }));
  const distance = sums.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0);
  return { error: distance / predictions.length, bins };
}
