import fc from "fast-check";
import { expect, test } from "vitest";
import { expectGradient, likely, predicted } from "../../test/feedback-fixture.ts";

const STARS = [1, 2, 3, 4, 5] as const;
const probability = (stars: (typeof STARS)[number], rewards: readonly number[]) =>
  Math.exp(likely("rating", { kind: "rating", stars }, rewards)?.value ?? Number.NaN);
const strip = (reward: number) => Array.from({ length: 10 }, () => reward);

test("the probabilities of all ratings add up to one, and none is ruled out", () => {
  fc.assert(
    fc.property(predicted(1, 8), (rewards) => {
      const all = STARS.map((stars) => probability(stars, rewards));
      expect(all.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 6);
      expect(Math.min(...all)).toBeGreaterThan(0.0199);
    }),
  );
});

test("the gradient is that of the log-likelihood", () => {
  fc.assert(
    fc.property(predicted(1, 6), fc.constantFrom(...STARS), (rewards, stars) =>
      expectGradient("rating", { kind: "rating", stars }, rewards),
    ),
  );
});

test("the likeliest rating goes up with the reward", () => {
  const likeliest = [-0.5, -0.2, 0, 0.2, 0.5].map(
    (reward) => STARS.toSorted((a, b) => probability(b, strip(reward)) - probability(a, strip(reward)))[0],
  );
  expect(likeliest).toEqual([1, 2, 3, 4, 5]);
});
