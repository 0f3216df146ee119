// Behavioural cloning: a policy whose mean action is what somebody did. The oldest way to learn from demonstrations
// (Pomerleau 1988, "ALVINN"), and enough to begin with: what it gets wrong is learned from people's judgements.
import { randomFor } from "../environment/random-for.ts";
import { Arena } from "../kernel/arena.ts";
import { createMemory, instantiateKernel } from "../kernel/kernel.ts";
import { Team } from "../kernel/team.ts";
import { Normaliser } from "../network/normaliser.ts";
import { SharedOptimiser } from "../network/shared-optimiser.ts";
import { ActorCritic, actorCriticLayout, initialiseActorCritic, type ActorCriticShape } from "./actor-critic.ts";

/** Steps of demonstrations, one after the other. */
export interface Demonstrated {
  /** `[steps, observation size]` */
  readonly observations: Float32Array;
  /** `[steps, action size]` */
  readonly actions: Float32Array;
}

export interface CloningOptions {
  readonly gradientSteps: number;
  readonly batch: number;
  /** At the start; it falls to nothing in a straight line. */
  readonly learningRate: number;
  readonly maxGradientNorm: number;
}

export const CLONING: CloningOptions = { gradientSteps: 600, batch: 256, learningRate: 2e-3, maxGradientNorm: 1 };

export interface Cloned {
  /** Of policy and value function, as `actorCriticLayout` lays them out; the value function is untrained. */
  readonly parameters: Float32Array;
  /** What the policy's observations are normalised by. */
  readonly normaliser: Normaliser;
  /** Mean squared difference between the cloned actions and those shown, over the last tenth of the steps. */
  readonly error: number;
}

/** Arrays of two layers of hundreds of units and their moments take far less. */
const MEMORY = 32 * 2 ** 20;

/**
 * Fits the mean of a Gaussian policy to what was shown, by least squares, which is the likelihood of a Gaussian of fixed
 * spread. The spread stays `deviation`.
 * @param module the compiled kernel
 */
export function cloneBehaviour(
  module: WebAssembly.Module,
  { observations, actions }: Demonstrated,
  shape: ActorCriticShape,
  deviation: number,
  seed: number,
  options: CloningOptions = CLONING,
): Cloned {
  const { observationSize, actionSize } = shape;
  const { gradientSteps, batch, learningRate, maxGradientNorm } = options;
  const steps = observations.length / observationSize;
  const kernel = instantiateKernel(module, createMemory(MEMORY));
  const arena = new Arena(kernel.buffer, 0, kernel.buffer.byteLength);
  const layout = actorCriticLayout(shape);
  const team = new Team(new SharedArrayBuffer(Team.bytes(1, 1)), 0, 1);
  const groups = [{ start: 0, length: layout.policyLength, maxNorm: maxGradientNorm }];
  const optimiser = new SharedOptimiser(kernel, arena, team, layout.length, groups, learningRate);
  initialiseActorCritic(layout, optimiser.parameters, randomFor(seed, "initialise", 0), deviation);
  const { policy } = new ActorCritic(kernel, arena, layout, optimiser.parameters, optimiser.gradients, batch);

  const normaliser = new Normaliser(observationSize);
  normaliser.add(observations, steps);
  const random = randomFor(seed, "learn", 0);
  const picked = new Float32Array(batch * observationSize);
  const rows = new Int32Array(batch);
  let error = 0;
  let measured = 0;
  for (let step = 0; step < gradientSteps; step++) {
    for (let i = 0; i < batch; i++) {
      rows[i] = random.integer(steps);
      const from = rows[i] * observationSize;
      picked.set(observations.subarray(from, from + observationSize), i * observationSize);
    }
    normaliser.normalise(picked, policy.input, batch);
    policy.forward(batch);
    let squares = 0;
    for (let i = 0; i < batch; i++) {
      for (let j = 0; j < actionSize; j++) {
        const difference = policy.output[i * actionSize + j] - actions[rows[i] * actionSize + j];
        policy.outputGradient[i * actionSize + j] = difference / batch;
        squares += difference * difference;
      }
    }
    if (step >= 0.9 * gradientSteps) {
      error += squares / (batch * actionSize);
      measured += 1;
    }
    policy.backward(batch);
    optimiser.step(learningRate * (1 - step / gradientSteps));
  }
  return { parameters: optimiser.parameters.slice(), normaliser, error: error / Math.max(1, measured) };
}
