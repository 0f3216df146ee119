// Every number that shapes learning, in one place. `docs/algorithm.md` says where each comes from.
import type { PpoOptions } from "../agent/ppo.ts";
import type { FitOptions } from "../reward/fit.ts";

export interface Hyperparameters {
  /** Environments of all threads together, so that what is learned does not depend on how many cores there are. */
  readonly environments: number;
  /** Steps of every environment between two updates. */
  readonly rolloutSteps: number;
  /** Units per hidden layer of policy and value function, and of the reward model. */
  readonly hidden: readonly number[];
  readonly rewardHidden: readonly number[];
  /** Standard deviation of an untrained agent's actions. */
  readonly actionDeviation: number;
  /** Simulated seconds in which the noise on actions forgets what it was; null: what the task says. */
  readonly noiseSeconds: number | null;
  readonly ppo: PpoOptions;
  /** Share of the learning rate that is left at the end of the run; it falls in a straight line. */
  readonly finalLearningRate: number;
  /** Ensemble size. */
  readonly members: number;
  readonly fit: FitOptions;
  /** Gradient steps of the reward model per rollout in runs of up to `fitLabels` labels; more in larger ones. */
  readonly fitSteps: number;
  readonly fitLabels: number;
  /** Those on the first labels, before the agent learns. */
  readonly firstFitSteps: number;
  /** Share of the labels after which no more of them reach the reward model; null: all do. For experiments only. */
  readonly offlineAfter: number | null;
  /** Length of the clips that are compared, in simulated seconds; 0: a single step. */
  readonly segmentSeconds: number;
  /**
   * Environment steps at the start in which the agent learns to go where it has seldom been, so that there is something
   * worth comparing; at most the share of the run that `initialShare` is. 0: it acts untrained.
   */
  readonly explorationSteps: number;
  /** Rollouts from whose steps segments are cut. */
  readonly poolRollouts: number;
  /** Candidates per query, unless queries are drawn at random. */
  readonly candidates: number;
  /** Share of the labels that is about the untrained agent, before it learns. */
  readonly initialShare: number;
  /** T0 of the rate T0 / (T + T0) at which labels are asked for, T the steps taken. */
  readonly labelDecay: number;
  /** Share of the steps after which the last label is due. */
  readonly labelsEnd: number;
  /** Queries kept open for people, so that the next pair is always there. */
  readonly openQueries: number;
  readonly evaluationEpisodes: number;
}

/** Environments that each of so many threads steps in turn: an equal share, rounded up. */
export function environmentsPerThread(
  { environments }: Pick<Hyperparameters, "environments">,
  threads: number,
): number {
  return Math.ceil(environments / threads);
}

export const HYPERPARAMETERS: Hyperparameters = {
  environments: 32,
  rolloutSteps: 256,
  hidden: [64, 64],
  rewardHidden: [32, 32],
  actionDeviation: 1,
  noiseSeconds: null,
  ppo: {
    discount: 0.995,
    lambda: 0.95,
    clip: 0.2,
    epochs: 8,
    batch: 512,
    learningRate: 1e-3,
    entropyBonus: 0,
    maxGradientNorm: 0.5,
    maxDivergence: 0.03,
  },
  finalLearningRate: 0.3,
  members: 6,
  fit: { learningRate: 6e-4, batch: 16, looks: 25, maxGradientNorm: 1, regularise: true },
  fitSteps: 80,
  fitLabels: 900,
  firstFitSteps: 300,
  offlineAfter: null,
  segmentSeconds: 0.5,
  explorationSteps: 40_000,
  poolRollouts: 4,
  candidates: 10,
  initialShare: 0.25,
  labelDecay: 2e6,
  labelsEnd: 0.9,
  openQueries: 6,
  evaluationEpisodes: 20,
};
