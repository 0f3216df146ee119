// Answers that say yes or no to a number, with some of them given at random.

/** Share of answers that are taken to be given at random (Christiano et al. 2017, section 2.2.3). */
export const RANDOM_ANSWERS = 0.1;

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** Probability of "yes", which is the likelier the higher the value: between 0.05 and 0.95. */
export function answerProbability(value: number): number {
  return (1 - RANDOM_ANSWERS) * sigmoid(value) + RANDOM_ANSWERS / 2;
}

/** Log-likelihood of "yes", or of "no", in nats. */
export function answerLogLikelihood(value: number, yes: boolean): number {
  return Math.log(answerProbability(yes ? value : -value));
}

/** Its derivative with respect to the value. */
export function answerSlope(value: number, yes: boolean): number {
  const signed = yes ? value : -value;
  const share = sigmoid(signed);
  const slope = ((1 - RANDOM_ANSWERS) * share * (1 - share)) / answerProbability(signed);
  return yes ? slope : -slope;
}
