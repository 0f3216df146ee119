// What makes the policy's actions vary: noise that swings for a while instead of trembling anew at every step.
import type { Random } from "../environment/random.ts";

/**
 * Standard normal noise per action, each number correlated with the one a step before by exp(-stepSeconds / seconds): an
 * autoregressive process of first order. PPO goes on to treat actions as drawn independently. Correlated noise moves
 * bodies further than white noise of the same spread, and PPO explores and learns better with it (Hollenstein, Martius
 * and Piater 2024, "Colored Noise in PPO").
 */
export class ActionNoise {
  /** Noise of the next action, `[actions]`, after `begin` or `advance`. */
  readonly values: Float64Array;
  readonly #correlation: number;
  readonly #fresh: number;

  /**
   * @param seconds time in which correlation falls to 1/e; 0: white noise
   * @param stepSeconds time between two actions
   */
  constructor(actions: number, seconds: number, stepSeconds: number) {
    this.values = new Float64Array(actions);
    this.#correlation = seconds > 0 ? Math.exp(-stepSeconds / seconds) : 0;
    this.#fresh = Math.sqrt(1 - this.#correlation ** 2);
  }

  /** Forgets what was: an episode begins. */
  begin(random: Random): void {
    for (let j = 0; j < this.values.length; j++) this.values[j] = random.normal();
  }

  /** Moves on by one step. */
  advance(random: Random): void {
    for (let j = 0; j < this.values.length; j++) {
      this.values[j] = this.#correlation * this.values[j] + this.#fresh * random.normal();
    }
  }
}
