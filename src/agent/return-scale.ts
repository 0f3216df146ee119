// Keeps the value function's targets at unit spread: rewards are divided by the spread of discounted returns, as
// Stable-Baselines3's VecNormalize does, here with a bounded memory because a learned reward changes its scale.
import { DIVERGED, RUNNING, type Rollout } from "./rollout.ts";
import type { Team } from "../kernel/team.ts";

/** Share of the old estimate that one rollout replaces, once there is one. */
const RENEWAL = 0.05;

export class ReturnScale {
  /** Running variance of discounted returns, in squared units of reward; 0 before the first rollout. */
  variance = 0;
  readonly #discount: number;
  readonly #running: Float64Array;
  readonly #sums = new Float64Array(3);

  constructor(environments: number, discount: number) {
    this.#discount = discount;
    this.#running = new Float64Array(environments);
  }

  /** What to multiply rewards by. */
  get scale(): number {
    return this.variance > 0 ? 1 / Math.sqrt(this.variance + 1e-8) : 1;
  }

  /** Takes in the rewards of a rollout; all members of the team end up with the same scale. */
  add(rollout: Rollout, team: Team): void {
    const { environments, steps, rewards, ends } = rollout;
    const sums = this.#sums.fill(0);
    for (let t = 0; t < steps; t++) {
      for (let e = 0; e < environments; e++) {
        const row = t * environments + e;
        if (ends[row] === DIVERGED) {
          this.#running[e] = 0;
          continue;
        }
        const value = this.#running[e] * this.#discount + rewards[row];
        this.#running[e] = ends[row] === RUNNING ? value : 0;
        sums[0] += 1;
        sums[1] += value;
        sums[2] += value * value;
      }
    }
    team.sum(sums);
    if (sums[0] === 0) return;
    const mean = sums[1] / sums[0];
    const variance = Math.max(0, sums[2] / sums[0] - mean * mean);
    this.variance = this.variance === 0 ? variance : this.variance + RENEWAL * (variance - this.variance);
  }
}
