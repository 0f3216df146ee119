// What others have published about PPO on these tasks.
import type { Sample } from "./statistics.ts";

export interface Published extends Sample {
  readonly steps: number;
}

/** NumPy's deviation over a few seeds divides by their number; this is the estimate that divides by one less. */
function published(mean: number, deviation: number, count: number, steps = 1e6): Published {
  return { mean, deviation: deviation * Math.sqrt(count / (count - 1)), count, steps };
}

/**
 * CleanRL's ppo_continuous_action.py on Gymnasium's v4 tasks: mean and deviation over seeds of the true return of the
 * last 100 training episodes, as openrlbenchmark takes them. The first four are from CleanRL's
 * docs/benchmark/ppo_continuous_action.md (3 seeds, benchmark/ppo.sh); the others were published only after 8 million
 * steps, in its docs/rl-algorithms/rpo.md (10 seeds). Huang et al. 2022, JMLR 23(274).
 */
export const CLEANRL: Readonly<Record<string, Published>> = {
  hopper: published(2382.86, 271.74, 3),
  walker2d: published(2287.95, 571.78, 3),
  "half-cheetah": published(1442.64, 46.03, 3),
  "inverted-pendulum": published(963.09, 22.2, 3),
  "inverted-double-pendulum": published(5626.22, 289.23, 10, 8e6),
  reacher: published(-4.65, 0.96, 10, 8e6),
};
