// The diagonal Gaussian that actions are drawn from.

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Log density of the action in row `actionRow` of `actions` under the mean in row `meanRow` of `means`; all are
 * `[rows, action size]`, and `logDeviations` is `[action size]`.
 */
export function gaussianLogProbability(
  actions: Float32Array,
  actionRow: number,
  means: Float32Array,
  meanRow: number,
  logDeviations: Float32Array,
): number {
  const size = logDeviations.length;
  let total = 0;
  for (let j = 0; j < size; j++) {
    const z = (actions[actionRow * size + j] - means[meanRow * size + j]) * Math.exp(-logDeviations[j]);
    total -= 0.5 * z * z + logDeviations[j] + HALF_LOG_TWO_PI;
  }
  return total;
}

/** Entropy of the Gaussian in nats. */
export function gaussianEntropy(logDeviations: Float32Array): number {
  let total = 0;
  for (let j = 0; j < logDeviations.length; j++) total += logDeviations[j] + HALF_LOG_TWO_PI + 0.5;
  return total;
}
