// Somebody who shows what is wanted, for experiments without people: a trained policy that acts as well as it can.
import { actorCriticLayout } from "../agent/actor-critic.ts";
import type { Environment } from "../environment/environment.ts";
import { randomFor } from "../environment/random-for.ts";
import { LEAST_TRAJECTORY_SECONDS, type Trajectory } from "../feedback/driven.ts";
import { parameterCount } from "../network/layout.ts";
import { Normaliser } from "../network/normaliser.ts";
import { referenceForward } from "../network/reference.ts";
import type { StartingPolicy } from "../training/head-start.ts";
import type { Hyperparameters } from "../training/hyperparameters.ts";
import { restoreNetwork } from "../training/snapshot.ts";

/** Episodes in a row that are too short to show anything, after which there is taken to be nothing to show. */
const MOST_FUTILE = 100;

/**
 * Whole episodes with the policy's mean action, the last one cut off where the time is over. Episodes shorter than a
 * trajectory may be are left out. The environment is left mid-episode.
 * @param policy as a checkpoint of a run with these hidden layers names it
 * @param seconds simulated, of all trajectories together
 * @throws Error where no episode lasts as long as a trajectory must
 */
export function demonstrate(
  environment: Environment,
  policy: StartingPolicy,
  { hidden }: Pick<Hyperparameters, "hidden">,
  seconds: number,
  seed: number,
): Trajectory[] {
  const { observationSpace, actionSpace, horizon, stepSeconds } = environment;
  const shape = actorCriticLayout({
    observationSize: observationSpace.size,
    actionSize: actionSpace.size,
    hidden,
  }).policy;
  const parameters = new Float32Array(parameterCount(shape));
  restoreNetwork(policy, parameters, { name: "policy", shape, start: 0 });
  const normaliser = Normaliser.fromTensors(policy, "observations");
  const normalised = new Float32Array(observationSpace.size);
  const observation = new Float32Array(observationSpace.size);
  const action = new Float32Array(actionSpace.size);
  const act = (): void => {
    normaliser.normalise(observation, normalised, 1);
    const mean = referenceForward(shape, parameters, normalised, 1)[shape.sizes.length - 1];
    for (const [j, value] of mean.entries()) {
      action[j] = Math.min(actionSpace.high[j], Math.max(actionSpace.low[j], value));
    }
  };

  const least = Math.ceil(LEAST_TRAJECTORY_SECONDS / stepSeconds);
  const trajectories: Trajectory[] = [];
  let left = Math.round(seconds / stepSeconds);
  let futile = 0;
  for (let episode = 0; left >= least && futile < MOST_FUTILE; episode++) {
    environment.reset(randomFor(seed, "evaluate", episode).integer(2 ** 31), observation);
    const most = Math.min(left, horizon);
    const observations = new Float32Array(most * observation.length);
    const actions = new Float32Array(most * action.length);
    let steps = 0;
    for (let outcome = "running"; outcome === "running" && steps < most;) {
      act();
      observations.set(observation, steps * observation.length);
      actions.set(action, steps * action.length);
      outcome = environment.step(action, observation);
      // The last step of an episode that blew up is worthless.
      if (outcome !== "diverged") steps += 1;
    }
    futile = steps < least ? futile + 1 : 0;
    if (steps < least) continue;
    left -= steps;
    trajectories.push({
      steps,
      observations: observations.slice(0, steps * observation.length),
      actions: actions.slice(0, steps * action.length),
      poses: null,
    });
  }
  if (trajectories.length === 0) {
    throw new Error(`No episode of the demonstrator lasts ${LEAST_TRAJECTORY_SECONDS} s, so it cannot show anything.`);
  }
  return trajectories;
}
