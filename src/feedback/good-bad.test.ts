import fc from "fast-check";
import { expect, test } from "vitest";
import { expectGradient, likely, predicted } from "../../test/feedback-fixture.ts";

const strip = (reward: number, segments: number) => Array.from({ length: 5 * segments }, () => reward);

test("good and bad are the only answers that say something, and their probabilities add up to one", () => {
  fc.assert(
    fc.property(predicted(1, 8), (rewards) => {
      const probability = (choice: "good" | "bad") =>
        Math.exp(likely("good-bad", { kind: "good-bad", choice }, rewards)?.value ?? Number.NaN);
      expect(probability("good") + probability("bad")).toBeCloseTo(1, 6);
      expect(likely("good-bad", { kind: "good-bad", choice: "cannot-tell" }, rewards)).toBe(null);
    }),
  );
});

test("the gradient is that of the log-likelihood", () => {
  fc.assert(
    fc.property(predicted(1, 6), fc.constantFrom("good" as const, "bad" as const), (rewards, choice) =>
      expectGradient("good-bad", { kind: "good-bad", choice }, rewards),
    ),
  );
});

test("good begins at 0, and a long clip is no surer than a short one of the same reward", () => {
  const good = (rewards: readonly number[]) => likely("good-bad", { kind: "good-bad", choice: "good" }, rewards);
  expect(Math.exp(good(strip(0, 6))?.value ?? 0)).toBeCloseTo(0.5, 6);
  expect(good(strip(0.1, 6))?.value).toBeCloseTo(good(strip(0.1, 1))?.value ?? 0, 6);
  // Ten steps per segment of 0.1 each.
  expect(Math.exp(good(strip(0.1, 6))?.value ?? 0)).toBeCloseTo(0.9 / (1 + Math.exp(-1)) + 0.05, 6);
  expect([good(strip(0.1, 2))?.agreement, good(strip(-0.1, 2))?.agreement]).toEqual([1, 0]);
});
