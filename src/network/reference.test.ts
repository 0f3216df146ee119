import { describe, expect, it } from "vitest";
import { Random } from "../environment/random.ts";
import { parameterCount, type MlpShape } from "./layout.ts";
import { referenceForward, referenceGradients } from "./reference.ts";

describe("the reference", () => {
  it.each<MlpShape>([
    { sizes: [3, 2], activation: "tanh" },
    { sizes: [3, 5, 2], activation: "tanh" },
    { sizes: [3, 5, 2], activation: "leaky-relu" },
    { sizes: [2, 4, 3, 4, 1], activation: "tanh" },
    { sizes: [2, 4, 3, 4, 1], activation: "leaky-relu" },
  ])("has the gradients that finite differences give, for $sizes with $activation", (shape) => {
    const random = new Random(5);
    const uniform = (length: number) => Float64Array.from({ length }, () => 2 * random.float() - 1);
    const rows = 4;
    const parameters = uniform(parameterCount(shape));
    const input = uniform(rows * shape.sizes[0]);
    const outputGradient = uniform(rows * shape.sizes[shape.sizes.length - 1]);
    // A loss that is linear in the outputs has outputGradient as its gradient everywhere.
    const loss = () =>
      referenceForward(shape, parameters, input, rows)
        .at(-1)
        ?.reduce((sum, value, at) => sum + value * outputGradient[at], 0) ?? NaN;
    const gradients = referenceGradients(shape, parameters, input, outputGradient, rows);
    const step = 1e-6;
    for (let at = 0; at < parameters.length; at++) {
      const value = parameters[at];
      parameters[at] = value + step;
      const above = loss();
      parameters[at] = value - step;
      const below = loss();
      parameters[at] = value;
      expect(gradients[at]).toBeCloseTo((above - below) / (2 * step), 8);
    }
  });
});
