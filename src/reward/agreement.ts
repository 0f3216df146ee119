// How often predictions agree with answers, and how sure that figure is.

export interface Agreement {
  /** Share of the decisive answers that were predicted, 0 to 1. */
  readonly accuracy: number;
  /** 95 % confidence interval of it. */
  readonly interval: readonly [low: number, high: number];
}

/** The 97.5 % quantile of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * Share with Wilson's score interval at 95 %, which keeps within 0 and 1 and holds for few answers too (Wilson 1927,
 * *Probable inference, the law of succession, and statistical inference*). It says how far the share could be off since
 * other answers might have been collected; the answers are taken to be independent.
 * @param right answers that were predicted, 0 to `count`; need not be whole where it is a mean over several models
 * @param count answers, 1 or more
 */
export function agreement(right: number, count: number): Agreement {
  const accuracy = right / count;
  const weight = 1 + (Z * Z) / count;
  const middle = (accuracy + (Z * Z) / (2 * count)) / weight;
  const reach = (Z / weight) * Math.sqrt((accuracy * (1 - accuracy)) / count + (Z * Z) / (4 * count * count));
  return { accuracy, interval: [Math.max(0, middle - reach), Math.min(1, middle + reach)] };
}

/**
 * Whether an answer was predicted: 1 or 0, and a half where the prediction is for neither side.
 * @param tendency above 0 where "left" is predicted, below where "right" is
 * @param leftShare the answer's share for the left; not 0.5, which no prediction agrees with
 */
export function agrees(tendency: number, leftShare: number): number {
  return tendency === 0 ? 0.5 : tendency > 0 === leftShare > 0.5 ? 1 : 0;
}
