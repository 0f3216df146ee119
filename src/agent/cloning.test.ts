import { describe, expect, test } from "vitest";
import { loadKernelModule } from "../host/kernel-module.ts";
import { randomFor } from "../environment/random-for.ts";
import { cloneBehaviour, type CloningOptions } from "./cloning.ts";

const SHAPE = { observationSize: 3, actionSize: 2, hidden: [32, 32] };
const OPTIONS: CloningOptions = { gradientSteps: 300, batch: 128, learningRate: 3e-3, maxGradientNorm: 1 };

/** What somebody does who pushes against the first number and with the third. */
function shown(steps: number) {
  const random = randomFor(5, "teach");
  // Numbers of sizes that a network could not take as they are.
  const observations = Float32Array.from({ length: 3 * steps }, (_, i) => [100, 0.01, 3][i % 3] * random.normal());
  const actions = Float32Array.from({ length: 2 * steps }, (_, i) => {
    const [x, , z] = observations.subarray(3 * (i >> 1), 3 * (i >> 1) + 3);
    return i % 2 === 0 ? Math.tanh(-x / 100) : 0.5 * Math.sin(z / 3);
  });
  return { observations, actions };
}

describe("behavioural cloning", () => {
  const module = loadKernelModule();

  test("does what was shown", () => {
    const { error, normaliser } = cloneBehaviour(module, shown(2_000), SHAPE, 0.5, 1, OPTIONS);
    // The actions' own variance is about 0.3 and 0.1.
    expect(error).toBeLessThan(0.01);
    expect(normaliser.count).toBe(2_000);
    expect(Math.sqrt(normaliser.variance(0))).toBeGreaterThan(80);
  });

  test("gives the same policy from the same seed, and leaves the spread of actions as it was", () => {
    const few = { ...OPTIONS, gradientSteps: 20 };
    const clone = (seed: number) => cloneBehaviour(module, shown(300), SHAPE, 0.5, seed, few).parameters;
    expect(clone(1)).toEqual(clone(1));
    expect(clone(1)).not.toEqual(clone(2));
    const policyLength = 3 * 32 + 32 + 32 * 32 + 32 + 32 * 2 + 2;
    expect([...clone(1).subarray(policyLength, policyLength + 2)]).toEqual([
      ...Float32Array.of(1, 1).fill(Math.log(0.5)),
    ]);
  });
});
