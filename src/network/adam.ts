// The Adam optimiser (Kingma & Ba 2015), on vectors in the kernel's memory.
import type { Arena } from "../kernel/arena.ts";
import { addressOf, type Kernel } from "../kernel/kernel.ts";

export { addInto, clipGradients, fill, scale } from "./vector.ts";

export interface AdamOptions {
  /** Above 0. */
  readonly learningRate: number;
  /** Share of the first moment that is kept at each step, in [0, 1). Default 0.9. */
  readonly beta1?: number;
  /** Share of the second moment that is kept at each step, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Keeps the division finite. Default 1e-8. */
  readonly epsilon?: number;
}

export class Adam {
  /** Running means of the gradients and of their squares, as long as the parameters. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Steps taken so far. With `first` and `second` it is all that must be kept to go on later. */
  steps = 0;

  readonly #kernel: Kernel;
  readonly #learningRate: number;
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  readonly #parameters: number;
  readonly #gradients: number;
  readonly #first: number;
  readonly #second: number;
  readonly #length: number;

  constructor(
    kernel: Kernel,
    arena: Arena,
    parameters: Float32Array,
    gradients: Float32Array,
    { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions,
  ) {
    if (parameters.length !== gradients.length) {
      throw new RangeError(`${parameters.length} parameters cannot have ${gradients.length} gradients.`);
    }
    this.#kernel = kernel;
    this.#learningRate = learningRate;
    this.#beta1 = beta1;
    this.#beta2 = beta2;
    this.#epsilon = epsilon;
    this.first = arena.floats(parameters.length);
    this.second = arena.floats(parameters.length);
    this.#parameters = addressOf(kernel, parameters, "The parameters");
    this.#gradients = addressOf(kernel, gradients, "The gradients");
    this.#first = addressOf(kernel, this.first, "The arena");
    this.#second = addressOf(kernel, this.second, "The arena");
    this.#length = parameters.length;
  }

  /**
   * Moves the parameters by one step against the gradients, which stay as they are.
   *
   * @param learningRate for this step, instead of the one given at the start.
   * @param weightDecay L2 regularisation: this many times the parameters is added to the gradients. Default 0.
   */
  step({ learningRate = this.#learningRate, weightDecay = 0 }: { learningRate?: number; weightDecay?: number } = {}) {
    this.steps++;
    // The bias corrections of the moments, moved into the rate and epsilon (the paper's section 2, last paragraph).
    const spread = Math.sqrt(1 - this.#beta2 ** this.steps);
    const rate = (learningRate * spread) / (1 - this.#beta1 ** this.steps);
    this.#kernel.adam(
      this.#parameters,
      this.#gradients,
      this.#first,
      this.#second,
      this.#length,
      rate,
      this.#beta1,
      this.#beta2,
      this.#epsilon * spread,
      weightDecay,
    );
  }
}
