// What a run can begin with instead of nothing: the policy of somebody who showed how, or of another run, and windows of
// the untrained agent that demonstrations are better than.
import { actorCriticLayout, type ActorCriticShape } from "../agent/actor-critic.ts";
import { cloneBehaviour, type Demonstrated } from "../agent/cloning.ts";
import { ActionNoise } from "../agent/noise.ts";
import type { Environment } from "../environment/environment.ts";
import { randomFor } from "../environment/random-for.ts";
import { POSE_NUMBERS_PER_BODY } from "../environment/scene.ts";
import { windowsOf, type TrajectoryShape, type Window } from "../feedback/driven.ts";
import type { Tensor } from "../network/safetensors.ts";
import type { Hyperparameters } from "./hyperparameters.ts";
import type { Checkpoint } from "./journal.ts";
import { shapesOf } from "./shared.ts";
import { networkTensors, vector } from "./snapshot.ts";
import type { TrainingOptions } from "./options.ts";

/** Named arrays of a policy and of what its observations are normalised by, as checkpoints name them. */
export type StartingPolicy = ReadonlyMap<string, Tensor>;

/** The policy in another run's checkpoint. */
export function policyOf({ tensors }: Pick<Checkpoint, "tensors">): StartingPolicy {
  return new Map([...tensors].filter(([name]) => name.startsWith("policy.") || name.startsWith("observations.")));
}

/** A policy that does what was shown. @param kernel the compiled kernel */
export function clonedPolicy(
  kernel: WebAssembly.Module,
  shown: Demonstrated,
  shape: Pick<TrajectoryShape, "observationSize" | "actionSize">,
  hyper: Hyperparameters,
  seed: number,
): StartingPolicy {
  const { observationSize, actionSize } = shape;
  const whole: ActorCriticShape = { observationSize, actionSize, hidden: hyper.hidden };
  const layout = actorCriticLayout(whole);
  const { parameters, normaliser } = cloneBehaviour(kernel, shown, whole, hyper.actionDeviation, seed);
  return new Map([
    ...networkTensors(parameters, { name: "policy", shape: layout.policy, start: 0 }),
    ["policy.logDeviations", vector(parameters.slice(layout.policyLength - actionSize, layout.policyLength))],
    ...normaliser.toTensors("observations"),
  ]);
}

/** What windows of a run in this world will look like. */
export function windowShape(
  environment: Environment,
  options: TrainingOptions,
  hyper: Hyperparameters,
): TrajectoryShape {
  const { pool, evidence, poseStride, stepSeconds } = shapesOf(environment, options, hyper);
  const { observationSize, actionSize, poseSize } = pool;
  return { observationSize, actionSize, poseSize, stepSeconds, windowSteps: evidence.steps, poseStride };
}

/**
 * Windows of what an untrained agent does: its mean action is next to nothing, so all that it does is its noise.
 * @param noiseSeconds as `Task.noiseSeconds`
 * @param count windows wanted; there are fewer where no episode lasts as long as one
 */
export function untrainedWindows(
  environment: Environment,
  shape: TrajectoryShape,
  hyper: Hyperparameters,
  noiseSeconds: number,
  seed: number,
  count: number,
): Window[] {
  const { observationSize, actionSize, poseSize, windowSteps } = shape;
  const { low, high } = environment.actionSpace;
  const random = randomFor(seed, "act", 0);
  const noise = new ActionNoise(actionSize, noiseSeconds, environment.stepSeconds);
  const observation = new Float32Array(observationSize);
  const action = new Float32Array(actionSize);
  const pose = new Float32Array(environment.scene().bodies.length * POSE_NUMBERS_PER_BODY);
  const windows: Window[] = [];
  // Most episodes give several windows; ones that are shorter than a window give none, and there may be nothing else.
  for (let episode = 0; episode < 4 * count && windows.length < count; episode++) {
    environment.reset(random.integer(2 ** 31), observation);
    noise.begin(random);
    const steps = Math.min(environment.horizon, windowSteps * (count - windows.length));
    const observations = new Float32Array(steps * observationSize);
    const actions = new Float32Array(steps * actionSize);
    const poses = new Float32Array(steps * poseSize);
    let taken = 0;
    for (let outcome = "running"; outcome === "running" && taken < steps;) {
      noise.advance(random);
      for (let j = 0; j < actionSize; j++) {
        action[j] = Math.min(high[j], Math.max(low[j], hyper.actionDeviation * noise.values[j]));
      }
      observations.set(observation, taken * observationSize);
      actions.set(action, taken * actionSize);
      outcome = environment.step(action, observation);
      // The last step of an episode that blew up is worthless.
      if (outcome === "diverged") break;
      environment.pose(pose);
      poses.set(pose, taken * poseSize);
      taken += 1;
    }
    windows.push(...windowsOf({ steps: taken, observations, actions, poses }, shape, 0));
  }
  return windows.slice(0, count);
}
