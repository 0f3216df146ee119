// Orthogonal initialisation (Saxe, McClelland & Ganguli 2014), with the gains that PPO is commonly run with.
import { layout, type MlpShape } from "./layout.ts";

/**
 * Fills `parameters` with a random start: each weight matrix orthogonal (its rows or its columns, whichever are fewer,
 * are orthonormal) times √2, or times `outputScale` in the last layer; biases zero.
 *
 * @param random gives numbers spread evenly over [0, 1), such as from a seeded generator.
 */
export function initialise(shape: MlpShape, parameters: Float32Array, random: () => number, outputScale: number): void {
  const slices = layout(shape);
  const last = slices[slices.length - 1];
  if (parameters.length !== last.offset + last.length) {
    throw new RangeError(
      `This network has ${last.offset + last.length} parameters, but the array to fill has ${parameters.length}.`,
    );
  }
  for (const [index, { shape: dimensions, offset, length }] of slices.entries()) {
    if (dimensions.length === 1) {
      parameters.fill(0, offset, offset + length);
      continue;
    }
    const [inputs, outputs] = dimensions;
    const gain = index === slices.length - 2 ? outputScale : Math.SQRT2;
    const few = Math.min(inputs, outputs);
    const vectors = orthonormal(few, Math.max(inputs, outputs), random);
    for (let input = 0; input < inputs; input++) {
      for (let output = 0; output < outputs; output++) {
        const value = inputs === few ? vectors[input][output] : vectors[output][input];
        parameters[offset + input * outputs + output] = gain * value;
      }
    }
  }
}

/** `count` orthonormal vectors of `size` numbers, evenly spread over all directions. */
function orthonormal(count: number, size: number, random: () => number): Float64Array[] {
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length: size }, () => normal(random));
    // Gram–Schmidt, twice, because once leaves rounding errors that grow with the number of vectors.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) {
        const along = dot(vector, other);
        for (let at = 0; at < size; at++) vector[at] -= along * other[at];
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    // A draw that lies along the ones before it, as can happen when size equals count, is drawn again.
    if (norm < 1e-6) continue;
    for (let at = 0; at < size; at++) vector[at] /= norm;
    vectors.push(vector);
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}

/** One number from the standard normal distribution (Box & Muller 1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
