import fc from "fast-check";
import { expect, test } from "vitest";
import { expectGradient, likely, predicted } from "../../test/feedback-fixture.ts";
import { FEEDBACK } from "./kinds.ts";

/** All orders of so many. */
function orders(count: number): number[][] {
  if (count === 0) return [[]];
  return orders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, place) => order.toSpliced(place, 0, count - 1)),
  );
}

const probability = (order: readonly number[], rewards: readonly number[]) =>
  Math.exp(likely("ranking", { kind: "ranking", order }, rewards)?.value ?? Number.NaN);

test("the probabilities of all orders add up to one", () => {
  fc.assert(
    fc.property(predicted(3, 5), (rewards) => {
      const all = orders(rewards.length / 5).map((order) => probability(order, rewards));
      expect(all.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
    }),
    { numRuns: 40 },
  );
});

const ranked = predicted(3, 6).chain((rewards) =>
  fc.record({
    rewards: fc.constant(rewards),
    order: fc.shuffledSubarray(
      Array.from({ length: rewards.length / 5 }, (_, i) => i),
      { minLength: rewards.length / 5 },
    ),
  }),
);

test("the gradient is that of the log-likelihood", () => {
  fc.assert(
    fc.property(ranked, ({ rewards, order }) => expectGradient("ranking", { kind: "ranking", order }, rewards)),
  );
});

test("the order of the rewards is the likeliest, and agreement is the share of pairs in that order", () => {
  const rewards = [0.1, 0.3, -0.2].flatMap((reward) => Array.from({ length: 5 }, () => reward));
  const likeliest = orders(3).toSorted((a, b) => probability(b, rewards) - probability(a, rewards));
  expect(likeliest[0]).toEqual([1, 0, 2]);
  const agreement = (order: readonly number[]) => likely("ranking", { kind: "ranking", order }, rewards)?.agreement;
  expect([agreement([1, 0, 2]), agreement([2, 0, 1])]).toEqual([1, 0]);
  expect(agreement([1, 2, 0])).toBeCloseTo(2 / 3, 12);
});

test.each([[[0, 1]], [[0, 1, 1]], [[0, 1, 3]], [[0, 1, 2, 3]]])("the order %j does not rank three clips", (order) => {
  const { problem } = FEEDBACK.ranking;
  expect(problem({ kind: "ranking", order }, { segments: 3, seconds: 1.5 })).toContain("does not rank 3 clips");
  expect(problem({ kind: "ranking", order: [2, 0, 1] }, { segments: 3, seconds: 1.5 })).toBe(null);
});
