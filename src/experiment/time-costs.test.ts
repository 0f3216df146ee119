import fc from "fast-check";
import { expect, test } from "vitest";
import { ASKABLE } from "../feedback/judgement.ts";
import { answersIn, timeCost } from "./time-costs.ts";

test("a comparison costs what was published, and longer clips cost more", () => {
  expect(timeCost("comparison").seconds).toBeCloseTo(4);
  // The published clips lasted 1 to 2 s; these would be looked at for all of their length.
  expect(timeCost("comparison", { segmentSeconds: 1.5 }).seconds).toBeCloseTo(2 * 1.5 + 1.35 + 0.28);
});

test("whoever judges a strip sees all of it", () => {
  expect(timeCost("rating")).toMatchObject({ clips: 1, clipSeconds: 3, looking: 3 });
  expect(timeCost("live").seconds).toBeCloseTo(10.28);
  expect(timeCost("stop").clipSeconds).toBe(5);
  for (const kind of ASKABLE) {
    const { clips, clipSeconds, looking, answering, seconds } = timeCost(kind);
    expect(looking).toBeGreaterThanOrEqual(clips * clipSeconds);
    expect(seconds).toBe(looking + answering);
  }
});

test("as many answers as fit, of kinds in turn, and not one more", () => {
  expect(answersIn(5, ["comparison"])).toBe(75);
  expect(answersIn(1, ["live"])).toBe(5);
  expect(answersIn(0.01, ["live"])).toBe(0);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.subarray([...ASKABLE], { minLength: 1 }), (minutes, kinds) => {
      const answers = answersIn(minutes, kinds);
      const cost = (count: number): number =>
        Array.from({ length: count }, (_, i) => timeCost(kinds[i % kinds.length]).seconds).reduce((a, b) => a + b, 0);
      expect(cost(answers)).toBeLessThanOrEqual(60 * minutes + 1e-6);
      expect(cost(answers + 1)).toBeGreaterThan(60 * minutes - 1e-6);
    }),
  );
});
