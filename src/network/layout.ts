// How a network's parameters lie in one vector: for each layer its weights, [in, out] row-major, then its bias, [out].

/** A multilayer perceptron: the sizes of its layers, inputs first, and what comes between them. Outputs are linear. */
export interface MlpShape {
  /** At least two whole numbers, each at least 1: inputs, hidden layers, outputs. */
  readonly sizes: readonly number[];
  /** Applied to each hidden layer. The leaky ReLU has slope 0.01 below zero. */
  readonly activation: "tanh" | "leaky-relu";
}

/** One named array within a vector of parameters. */
export interface ParameterSlice {
  /** Such as `layers.0.weight`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Index of its first number. */
  readonly offset: number;
  readonly length: number;
}

/** The arrays of a network in the order in which they lie in its vector. Throws a RangeError for an impossible shape. */
export function layout(shape: MlpShape): readonly ParameterSlice[] {
  const { sizes } = shape;
  if (sizes.length < 2 || !sizes.every((size) => Number.isSafeInteger(size) && size >= 1)) {
    throw new RangeError(
      `A network needs at least two layer sizes, whole numbers from 1 up, not [${sizes.join(", ")}].`,
    );
  }
  const slices: ParameterSlice[] = [];
  let offset = 0;
  const push = (name: string, ...dimensions: number[]) => {
    const length = dimensions.reduce((product, dimension) => product * dimension, 1);
    slices.push({ name, shape: dimensions, offset, length });
    offset += length;
  };
  for (let layer = 0; layer + 1 < sizes.length; layer++) {
    push(`layers.${layer}.weight`, sizes[layer], sizes[layer + 1]);
    push(`layers.${layer}.bias`, sizes[layer + 1]);
  }
  return slices;
}

/** Names of a network's arrays, in order. */
export function parameterNames(shape: MlpShape): string[] {
  return layout(shape).map((slice) => slice.name);
}

/** Numbers in a network's vector of parameters. */
export function parameterCount(shape: MlpShape): number {
  return layout(shape).reduce((sum, slice) => sum + slice.length, 0);
}
