import fc from "fast-check";
import { expect, test } from "vitest";
import { comparison, leftShareOf, preferenceProbability, type GradedAnswer } from "./comparison.ts";
import { CHOICES } from "./judgement.ts";

const rewards = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 20 });

function logLikelihood(answer: GradedAnswer, all: readonly number[], weight: number) {
  const values = Float32Array.from(all);
  const gradient = new Float32Array(values.length);
  const steps = Math.floor(values.length / 2);
  return { value: comparison.logLikelihood(answer, values, 0, steps, weight, gradient), gradient, steps };
}

test("left and right are the only two decisive answers, and their probabilities add up to one", () => {
  fc.assert(
    fc.property(rewards, fc.integer({ min: 1, max: 3 }), (all, weight) => {
      const left = Math.exp(logLikelihood("left", all, weight).value);
      const right = Math.exp(logLikelihood("right", all, weight).value);
      expect(left + right).toBeCloseTo(1, 6);
      // Whatever the rewards, some answers are taken to be given at random.
      expect(left).toBeGreaterThan(0.0499);
      expect(left).toBeLessThan(0.9501);
    }),
  );
});

test("the gradient is that of the log-likelihood, by finite differences", () => {
  fc.assert(
    fc.property(
      rewards,
      fc.oneof(fc.constantFrom(...CHOICES), fc.double({ min: 0, max: 1, noNaN: true })),
      (all, answer) => {
        const { gradient, steps } = logLikelihood(answer, all, 2);
        for (const at of [0, steps - 1, steps, 2 * steps - 1]) {
          const difference = (by: number) => {
            let sum = 0;
            for (let i = 0; i < steps; i++) sum += Math.fround(all[i]) - Math.fround(all[i + steps]);
            const left = 0.9 * preferenceProbability(2 * (sum + (at < steps ? by : -by))) + 0.05;
            const share = leftShareOf(answer);
            return answer === "cannot-tell" ? 0 : share * Math.log(left) + (1 - share) * Math.log(1 - left);
          };
          const slope = (difference(1e-4) - difference(-1e-4)) / 2e-4;
          expect(gradient[at]).toBeCloseTo(slope, 4);
        }
      },
    ),
  );
});

test("equal is likeliest where returns are equal, and cannot tell says nothing", () => {
  const equal = (difference: number) => logLikelihood("equal", [difference, 0], 1).value;
  expect(equal(0)).toBeGreaterThan(equal(1));
  expect(equal(1)).toBeCloseTo(equal(-1), 6);
  const nothing = logLikelihood("cannot-tell", [3, -1, 2, 0], 1);
  expect(nothing.value).toBeCloseTo(0, 12);
  expect([...nothing.gradient].every((slope) => slope === 0)).toBe(true);
});

test("only the rows of its own comparison are read and written", () => {
  const values = Float32Array.of(100, 1, 0, 100);
  const gradient = new Float32Array(4).fill(7);
  comparison.logLikelihood("left", values, 1, 1, 1, gradient);
  expect(gradient[0]).toBe(7);
  expect(gradient[3]).toBe(7);
  expect(gradient[1]).toBeGreaterThan(0);
  expect(gradient[2]).toBe(-gradient[1]);
});

test("a softer answer counts for both sides, each by its share", () => {
  const rewards = [0.4, -0.2, 0.1, 0.3];
  const value = (answer: GradedAnswer) => logLikelihood(answer, rewards, 1).value;
  expect(value(0.8)).toBeCloseTo(0.8 * value("left") + 0.2 * value("right"), 12);
  expect(value(0.5)).toBe(value("equal"));
  expect(value(1)).toBe(value("left"));
  expect(value(0)).toBe(value("right"));
});
