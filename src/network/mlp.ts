// A multilayer perceptron, run forward and backward by the kernel on arrays in shared memory.
import type { Arena } from "../kernel/arena.ts";
import { addressOf, type Kernel } from "../kernel/kernel.ts";
import { layout, parameterCount, type MlpShape } from "./layout.ts";

export { initialise } from "./initialise.ts";
export { layout, parameterCount, parameterNames, type MlpShape, type ParameterSlice } from "./layout.ts";

// The description of a network that src/kernel/assembly/network.ts reads: the offsets here and there must agree, in
// 32-bit integers here and in bytes there.
const HEAD = 16;
const PER_LAYER = 16;
/** Rows that the kernel takes through all layers together. */
const BLOCK = 96;
/** Weights with rows of more than this many numbers are copied into panels before they are used. */
const WIDEST_READ_IN_PLACE = 64;
/** Layers with up to this many outputs are computed along their inputs. */
const WIDEST_NARROW = 4;

/**
 * One network over given parameters, with its own room for activations. Parameters may be shared with networks of other
 * threads, as long as nobody changes them while somebody runs.
 */
export class Mlp {
  readonly shape: MlpShape;
  readonly maxRows: number;
  readonly parameters: Float32Array;
  readonly gradients: Float32Array;
  /** `[maxRows, in]`, row-major: written by the caller before `forward`. */
  readonly input: Float32Array;
  /** `[maxRows, out]`, row-major: what `forward` made of the input. */
  readonly output: Float32Array;
  /** `[maxRows, out]`, row-major: the loss's gradient with respect to `output`, written by the caller before `backward`. */
  readonly outputGradient: Float32Array;

  readonly #kernel: Kernel;
  readonly #description: number;

  /**
   * @param arena room for activations, about 4 · maxRows · (in + hidden + 2 · out) bytes, and twice the parameters'.
   * @param parameters laid out as `layout(shape)` says, in the kernel's memory.
   * @param gradients as long as `parameters`, in the kernel's memory.
   * @param maxRows the most rows that one call may have.
   */
  constructor(
    kernel: Kernel,
    arena: Arena,
    shape: MlpShape,
    parameters: Float32Array,
    gradients: Float32Array,
    maxRows: number,
  ) {
    const slices = layout(shape);
    const count = parameterCount(shape);
    if (parameters.length !== count || gradients.length !== count) {
      throw new RangeError(
        `A network of sizes [${shape.sizes.join(", ")}] has ${count} parameters and as many gradients, ` +
          `not ${parameters.length} and ${gradients.length}.`,
      );
    }
    if (!Number.isSafeInteger(maxRows) || maxRows < 1) {
      throw new RangeError(`A network needs room for at least 1 row, not ${maxRows}.`);
    }
    const { sizes } = shape;
    const layers = sizes.length - 1;
    this.shape = shape;
    this.maxRows = maxRows;
    this.parameters = parameters;
    this.gradients = gradients;
    this.#kernel = kernel;
    const description = arena.integers(HEAD + PER_LAYER * layers);
    this.#description = addressOf(kernel, description, "The arena");

    const activations = sizes.map((size) => arena.floats(maxRows * size));
    this.input = activations[0];
    this.output = activations[layers];
    this.outputGradient = arena.floats(maxRows * sizes[layers]);
    const widest = Math.max(1, ...sizes.slice(1, -1));
    const blockRows = Math.min(BLOCK, maxRows);
    const delta = blockRows * widest;

    description[0] = layers;
    description[1] = shape.activation === "tanh" ? 0 : 1;
    description[2] = arena.floats(delta).byteOffset;
    description[3] = arena.floats(delta).byteOffset;
    description[4] = arena.floats(48).byteOffset;
    description[5] = arena.floats(8).byteOffset;
    description[6] = this.outputGradient.byteOffset;

    const parametersAt = addressOf(kernel, parameters, "A network's parameters");
    const gradientsAt = addressOf(kernel, gradients, "A network's gradients");
    for (let layer = 0; layer < layers; layer++) {
      const at = HEAD + PER_LAYER * layer;
      const inputs = sizes[layer];
      const outputs = sizes[layer + 1];
      const weight = slices[2 * layer].offset * 4;
      const bias = slices[2 * layer + 1].offset * 4;
      description[at] = inputs;
      description[at + 1] = outputs;
      description[at + 2] = parametersAt + weight;
      description[at + 3] = parametersAt + bias;
      description[at + 4] = gradientsAt + weight;
      description[at + 5] = gradientsAt + bias;
      description[at + 6] = activations[layer].byteOffset;
      description[at + 7] = activations[layer + 1].byteOffset;
      const wide = (units: number) => units > WIDEST_READ_IN_PLACE;
      const narrow = outputs <= WIDEST_NARROW;
      description[at + 8] = wide(outputs) ? panels(arena, inputs, outputs) : 0;
      description[at + 9] = layer > 0 && !narrow ? panels(arena, outputs, inputs) : 0;
      description[at + 10] = wide(outputs) ? panels(arena, blockRows, outputs) : 0;
      description[at + 11] = wide(inputs) && !narrow ? panels(arena, blockRows, 8) : 0;
      description[at + 12] = narrow ? arena.floats(2 * inputs * outputs).byteOffset : 0;
    }
  }

  /** Computes `output` from the first `rows` rows of `input`. */
  forward(rows: number): void {
    this.#check(rows);
    this.#kernel.forward(this.#description, rows);
  }

  /**
   * Adds to `gradients` the gradients of a loss whose gradient with respect to the outputs is in the first `rows` rows
   * of `outputGradient`. It uses what the last `forward` left behind, which must have had as many rows or more.
   */
  backward(rows: number): void {
    this.#check(rows);
    this.#kernel.backward(this.#description, rows);
  }

  #check(rows: number): void {
    if (!Number.isSafeInteger(rows) || rows < 0 || rows > this.maxRows) {
      throw new RangeError(`This network has room for ${this.maxRows} rows: it cannot take ${rows}.`);
    }
  }
}

/** Room for a matrix [k, n] in panels of 8 columns. */
function panels(arena: Arena, k: number, n: number): number {
  return arena.floats(k * Math.ceil(n / 8) * 8).byteOffset;
}
