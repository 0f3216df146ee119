// heed's hyperparameters as the Python side is handed them, so that there is one place where they are written down.
import { environmentsPerThread, HYPERPARAMETERS } from "../../src/training/hyperparameters.ts";

/** Normalised observations are clipped at plus and minus this, as `Normaliser` does unless it is told otherwise. */
const CLIPPED_OBSERVATIONS = 10;

/** What sb3.py makes its agent from. */
export type PeerHyperparameters = ReturnType<typeof peerHyperparameters>;

/** The agent's hyperparameters in a run on that many threads. `environments` and `rows` count over all of
 * them: how many there are, and how many steps a rollout has. */
export function peerHyperparameters(workers: number) {
  const { rolloutSteps, hidden, actionDeviation, ppo, finalLearningRate } = HYPERPARAMETERS;
  return {
    ...ppo,
    rows: environmentsPerThread(HYPERPARAMETERS, workers) * workers * rolloutSteps,
    hidden,
    actionDeviation,
    finalLearningRate,
    clippedObservations: CLIPPED_OBSERVATIONS,
  };
}
