import fc from "fast-check";
import { expect, test } from "vitest";
import { expectGradient, likely, predicted } from "../../test/feedback-fixture.ts";
import { FEEDBACK } from "./kinds.ts";

const strip = (reward: number) => Array.from({ length: 30 }, () => reward);
const stopped = (at: number, rewards: readonly number[]) => likely("stop", { kind: "stop", at }, rewards);

test("the gradient is that of the log-likelihood", () => {
  fc.assert(
    fc.property(predicted(6), fc.double({ min: 0, max: 3.4, noNaN: true }), (rewards, at) =>
      expectGradient("stop", { kind: "stop", at }, rewards),
    ),
  );
});

test("the last second is pushed down, the seconds before it up, and what came after is left alone", () => {
  // Looks are a tenth of a second apart.
  expect(stopped(2, strip(0))?.gradient.map(Math.sign)).toEqual([
    ...Array.from({ length: 10 }, () => 1),
    ...Array.from({ length: 10 }, () => -1),
    ...Array.from({ length: 10 }, () => 0),
  ]);
});

test("a stop is surprising where nothing is bad, and not where the last second is very bad", () => {
  expect(Math.exp(stopped(1, strip(0))?.value ?? 0)).toBeLessThan(0.15);
  expect(Math.exp(stopped(1, strip(-0.5))?.value ?? 0)).toBeGreaterThan(0.9);
});

test("a stop after the end of the clip is refused", () => {
  const problem = (at: number) => FEEDBACK.stop.problem({ kind: "stop", at }, { segments: 6, seconds: 3 });
  expect(problem(3.4)).toBe(null);
  expect(problem(3.6)).toContain("after the end of the clip, which lasts 3.00 s");
});
