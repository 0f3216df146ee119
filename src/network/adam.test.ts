import { describe, expect, it } from "vitest";
import { BUILDS, testKernel } from "../../test/kernel.ts";
import { Random } from "../environment/random.ts";
import { Adam } from "./adam.ts";

// An epsilon so large that one in the wrong place shows.
const OPTIONS = { learningRate: 0.01, beta1: 0.8, beta2: 0.99, epsilon: 0.1 };

describe.each(BUILDS)("Adam with the %s build", (build) => {
  it.each([1, 3, 4, 19, 64])("follows the paper's algorithm for %i parameters", (length) => {
    const { kernel, arena } = testKernel(build);
    const random = new Random(length);
    const parameters = arena.floats(length);
    const gradients = arena.floats(length);
    for (let at = 0; at < length; at++) parameters[at] = random.normal();
    const adam = new Adam(kernel, arena, parameters, gradients, OPTIONS);
    const expected = Float64Array.from(parameters);
    const first = new Float64Array(length);
    const second = new Float64Array(length);
    for (let step = 1; step <= 20; step++) {
      const learningRate = step > 10 ? 0.005 : 0.01;
      const weightDecay = step % 2 === 0 ? 0.1 : 0;
      for (let at = 0; at < length; at++) {
        gradients[at] = random.normal();
        const gradient = gradients[at] + weightDecay * expected[at];
        first[at] = 0.8 * first[at] + 0.2 * gradient;
        second[at] = 0.99 * second[at] + 0.01 * gradient ** 2;
        const corrected = first[at] / (1 - 0.8 ** step);
        expected[at] -= (learningRate * corrected) / (Math.sqrt(second[at] / (1 - 0.99 ** step)) + 0.1);
      }
      adam.step(step > 10 ? { learningRate, weightDecay } : { weightDecay });
    }
    expect(adam.steps).toBe(20);
    for (let at = 0; at < length; at++) {
      expect(parameters[at]).toBeCloseTo(expected[at], 5);
      expect(adam.first[at]).toBeCloseTo(first[at], 5);
      expect(adam.second[at]).toBeCloseTo(second[at], 5);
    }
  });
});

describe("Adam", () => {
  it("goes on from its moments and its count of steps", () => {
    const { kernel, arena } = testKernel();
    const make = () => {
      const [parameters, gradients] = [arena.floats(2), arena.floats(2)];
      return { parameters, gradients, adam: new Adam(kernel, arena, parameters, gradients, { learningRate: 0.1 }) };
    };
    const [one, other] = [make(), make()];
    one.gradients.set([1, -2]);
    one.adam.step();
    other.parameters.set(one.parameters);
    other.adam.first.set(one.adam.first);
    other.adam.second.set(one.adam.second);
    other.adam.steps = one.adam.steps;
    for (const { gradients, adam } of [one, other]) {
      gradients.set([-1, 3]);
      adam.step();
    }
    expect(other.parameters).toEqual(one.parameters);
  });

  it("stays finite where nothing has a gradient", () => {
    const { kernel, arena } = testKernel();
    const parameters = arena.floats(5).fill(1);
    const adam = new Adam(kernel, arena, parameters, arena.floats(5), { learningRate: 0.1 });
    adam.step();
    expect([...parameters]).toEqual([1, 1, 1, 1, 1]);
  });

  it("refuses gradients of another length", () => {
    const { kernel, arena } = testKernel();
    expect(() => new Adam(kernel, arena, arena.floats(3), arena.floats(4), { learningRate: 1 })).toThrow(
      "3 parameters cannot have 4 gradients",
    );
  });
});
