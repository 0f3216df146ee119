// One thread's policy and value function over parameters that all threads share.
import type { Arena } from "../kernel/arena.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Random } from "../environment/random.ts";
import { initialise, Mlp, parameterCount, type MlpShape } from "../network/mlp.ts";

export interface ActorCriticShape {
  readonly observationSize: number;
  readonly actionSize: number;
  readonly hidden: readonly number[];
}

/** Where each part lies in the one flat array of parameters: policy, log standard deviations, value. */
export interface ActorCriticLayout {
  readonly policy: MlpShape;
  readonly value: MlpShape;
  readonly policyLength: number;
  readonly valueLength: number;
  readonly valueStart: number;
  readonly length: number;
}

// Starts on a multiple of 16 numbers keep every part aligned for the kernel.
const aligned = (length: number): number => Math.ceil(length / 16) * 16;

export function actorCriticLayout(shape: ActorCriticShape): ActorCriticLayout {
  const { observationSize, actionSize, hidden } = shape;
  const policy: MlpShape = { sizes: [observationSize, ...hidden, actionSize], activation: "tanh" };
  const value: MlpShape = { sizes: [observationSize, ...hidden, 1], activation: "tanh" };
  const policyLength = parameterCount(policy) + actionSize;
  const valueLength = parameterCount(value);
  const valueStart = aligned(policyLength);
  return { policy, value, policyLength, valueLength, valueStart, length: aligned(valueStart + valueLength) };
}

/** A Gaussian policy whose mean is a network and whose spread is one learned number per action, and a value function. */
export class ActorCritic {
  readonly policy: Mlp;
  readonly value: Mlp;
  /** `[action size]` */
  readonly logDeviations: Float32Array;
  readonly logDeviationGradients: Float32Array;
  readonly maxRows: number;

  /** `parameters` and `gradients` are `[layout.length]` in the kernel's memory. */
  constructor(
    kernel: Kernel,
    arena: Arena,
    layout: ActorCriticLayout,
    parameters: Float32Array,
    gradients: Float32Array,
    maxRows: number,
  ) {
    const meanLength = parameterCount(layout.policy);
    const part = (of: Float32Array, start: number, length: number) => of.subarray(start, start + length);
    const actionSize = layout.policyLength - meanLength;
    this.maxRows = maxRows;
    this.policy = new Mlp(
      kernel,
      arena,
      layout.policy,
      part(parameters, 0, meanLength),
      part(gradients, 0, meanLength),
      maxRows,
    );
    this.value = new Mlp(
      kernel,
      arena,
      layout.value,
      part(parameters, layout.valueStart, layout.valueLength),
      part(gradients, layout.valueStart, layout.valueLength),
      maxRows,
    );
    this.logDeviations = part(parameters, meanLength, actionSize);
    this.logDeviationGradients = part(gradients, meanLength, actionSize);
  }
}

/** Small last layer: the first actions are centred, so that what the agent explores is its spread alone. */
const POLICY_OUTPUT_SCALE = 0.01;

/** Fills `parameters`, `[layout.length]`, for an untrained agent whose actions have standard deviation `deviation`. */
export function initialiseActorCritic(
  layout: ActorCriticLayout,
  parameters: Float32Array,
  random: Random,
  deviation: number,
): void {
  const float = () => random.float();
  const meanLength = parameterCount(layout.policy);
  initialise(layout.policy, parameters.subarray(0, meanLength), float, POLICY_OUTPUT_SCALE);
  parameters.fill(Math.log(deviation), meanLength, layout.policyLength);
  initialise(layout.value, parameters.subarray(layout.valueStart, layout.valueStart + layout.valueLength), float, 1);
}
