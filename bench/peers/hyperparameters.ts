// heed's hyperparameters as the Python side is handed them, so that there is one place where they are written down.
import { environmentsPerThread, HYPERPARAMETERS } from "../../src/training/hyperparameters.ts";

/** Normalised observations are clipped at plus and minus this, as `Normaliser` does unless it is told otherwise. */
const CLIPPED_OBSERVATIONS = 10;

/** What sb3.py makes its agent from. */
export type PeerHyperparameters = ReturnType<typeof peerHyperparameters>;

/**
 * The agent's hyperparameters in a run on that many threads. `environments` and `rows` are over all of them: how many
 * environments there are, and how many steps a rollout has.
 */
export function peerHyperparameters(workers: number) {
  const { rolloutSteps, hidden, actionDeviation, ppo, finalLearningRate } = HYPERPARAMETERS;
  const environments = environmentsPerThread(HYPERPARAMETERS, workers) * workers;
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
