// What a kind of feedback says about reward. The reward model knows this interface alone, so that a new kind of
// feedback is one new file (reward-rational choice, Jeon et al. 2020).

export interface Likelihood<Answer> {
  /** Segments that one judgement speaks about. */
  readonly segments: number;
  /**
   * Log-likelihood, in nats, of an answer under predicted rewards, and its gradient with respect to each of them.
   * @param rewards the segments one after another from `start`, `steps` predicted rewards each
   * @param weight environment steps that one predicted reward stands for
   * @param gradient written at the same places as `rewards`
   */
  logLikelihood(
    answer: Answer,
    rewards: Float32Array,
    start: number,
    steps: number,
    weight: number,
    gradient: Float32Array,
  ): number;
}
