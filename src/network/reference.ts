// The same networks in plain TypeScript and double precision, written to be read: what the kernel is tested against.
import { layout, type MlpShape } from "./layout.ts";

const LEAK = 0.01;

/**
 * What each layer of a network makes of `input`, `[rows, in]`: the input itself first, the output last, each
 * `[rows, units]`.
 */
export function referenceForward(
  shape: MlpShape,
  parameters: ArrayLike<number>,
  input: ArrayLike<number>,
  rows: number,
): Float64Array[] {
  const { sizes, activation } = shape;
  const slices = layout(shape);
  const values = [Float64Array.from(input).subarray(0, rows * sizes[0])];
  for (let layer = 0; layer + 1 < sizes.length; layer++) {
    const [inputs, outputs] = [sizes[layer], sizes[layer + 1]];
    const [weight, bias] = [slices[2 * layer].offset, slices[2 * layer + 1].offset];
    const source = values[layer];
    const target = new Float64Array(rows * outputs);
    for (let row = 0; row < rows; row++) {
      for (let output = 0; output < outputs; output++) {
        let sum = parameters[bias + output];
        for (let i = 0; i < inputs; i++) sum += source[row * inputs + i] * parameters[weight + i * outputs + output];
        const hidden = layer + 2 < sizes.length;
        target[row * outputs + output] = hidden ? activate(activation, sum) : sum;
      }
    }
    values.push(target);
  }
  return values;
}

/** Gradients of a loss with respect to all parameters, from its gradient with respect to the output, `[rows, out]`. */
export function referenceGradients(
  shape: MlpShape,
  parameters: ArrayLike<number>,
  input: ArrayLike<number>,
  outputGradient: ArrayLike<number>,
  rows: number,
): Float64Array {
  const { sizes, activation } = shape;
  const slices = layout(shape);
  const values = referenceForward(shape, parameters, input, rows);
  const gradients = new Float64Array(parameters.length);
  let gradient = Float64Array.from(outputGradient);
  for (let layer = sizes.length - 2; layer >= 0; layer--) {
    const [inputs, outputs] = [sizes[layer], sizes[layer + 1]];
    const [weight, bias] = [slices[2 * layer].offset, slices[2 * layer + 1].offset];
    const source = values[layer];
    const sourceGradient = new Float64Array(rows * inputs);
    for (let row = 0; row < rows; row++) {
      for (let output = 0; output < outputs; output++) {
        const outer = gradient[row * outputs + output];
        gradients[bias + output] += outer;
        for (let i = 0; i < inputs; i++) {
          const value = source[row * inputs + i];
          gradients[weight + i * outputs + output] += outer * value;
          sourceGradient[row * inputs + i] +=
            outer * parameters[weight + i * outputs + output] * derivative(activation, value);
        }
      }
    }
    gradient = sourceGradient;
  }
  return gradients;
}

function activate(activation: MlpShape["activation"], value: number): number {
  return activation === "tanh" ? Math.tanh(value) : value > 0 ? value : LEAK * value;
}

/** The activation's derivative at the point where it has this value. */
function derivative(activation: MlpShape["activation"], value: number): number {
  return activation === "tanh" ? 1 - value * value : value > 0 ? 1 : LEAK;
}
