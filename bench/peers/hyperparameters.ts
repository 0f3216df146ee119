// heed's hyperparameters as the Python side is handed them, so that there is one place where they are written down.
import { environmentsPerThread, HYPERPARAMETERS, type Hyperparameters } from "../../src/training/hyperparameters.ts";

/**
 * Those that Stable-Baselines3's PPO has unless it is told otherwise (documentation of version 2): what most people run.
 * It never ends an update early, which a bound that is never reached stands for here.
 */
export const STABLE_BASELINES3_DEFAULTS: Hyperparameters = {
  ...HYPERPARAMETERS,
  environments: 8,
  rolloutSteps: 256,
  noiseSeconds: 0,
  ppo: {
    discount: 0.99,
    lambda: 0.95,
    clip: 0.2,
    epochs: 10,
    batch: 64,
    learningRate: 3e-4,
    entropyBonus: 0,
    maxGradientNorm: 0.5,
    maxDivergence: 1e9,
  },
  finalLearningRate: 1,
};

/** Normalised observations are clipped at plus and minus this, as `Normaliser` does unless it is told otherwise. */
const CLIPPED_OBSERVATIONS = 10;

/** What sb3.py makes its agent from. */
export type PeerHyperparameters = ReturnType<typeof peerHyperparameters>;

/**
 * The agent's hyperparameters in a run on that many threads. `environments` and `rows` are over all of them: how many
 * environments there are, and how many steps a rollout has.
 */
export function peerHyperparameters(workers: number, hyperparameters: Hyperparameters = HYPERPARAMETERS) {
  const { rolloutSteps, hidden, actionDeviation, ppo, finalLearningRate } = hyperparameters;
  const environments = environmentsPerThread(hyperparameters, workers) * workers;
  return {
    ...ppo,
    environments,
    rows: environments * rolloutSteps,
    hidden,
    actionDeviation,
    finalLearningRate,
    clippedObservations: CLIPPED_OBSERVATIONS,
  };
}
