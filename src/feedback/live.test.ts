import fc from "fast-check";
import { expect, test } from "vitest";
import { expectGradient, likely, predicted } from "../../test/feedback-fixture.ts";
import type { Press } from "./judgement.ts";
import { FEEDBACK } from "./kinds.ts";
import { credit } from "./live.ts";

const press = fc.record({ at: fc.double({ min: 0, max: 5, noNaN: true }), good: fc.boolean() });

test("the gradient is that of the log-likelihood", () => {
  fc.assert(
    fc.property(predicted(10), fc.array(press, { maxLength: 48 }), (rewards, presses) =>
      expectGradient("live", { kind: "live", presses }, rewards),
    ),
    { numRuns: 50 },
  );
});

const quiet = Array.from({ length: 50 }, () => 0);
const pushed = (presses: readonly Press[]) => likely("live", { kind: "live", presses }, quiet)?.gradient ?? [];

test("credit goes to what came 0.2 to 1.5 seconds before the press, most of it to 0.28 seconds", () => {
  expect([credit(0.19), credit(1.51), credit(-1)]).toEqual([0, 0, 0]);
  expect(credit(0.28)).toBeGreaterThan(Math.max(credit(0.2), credit(0.4)));
  const gradient = pushed([{ at: 3.05, good: true }]);
  // Looks are a tenth of a second apart: those before the press came 0.05 s, 0.15 s, … before it.
  expect(gradient.findIndex((slope) => slope > 0)).toBe(16);
  expect(gradient.findLastIndex((slope) => slope > 0)).toBe(28);
  expect(gradient.indexOf(Math.max(...gradient))).toBe(28);
  expect(pushed([{ at: 3.05, good: false }])[28]).toBeLessThan(0);
});

test("a key that is held or hammered is one press, another key is another", () => {
  const once = pushed([{ at: 3, good: true }]);
  expect(
    pushed([
      { at: 3.2, good: true },
      { at: 3, good: true },
    ]),
  ).toEqual(once);
  expect(
    pushed([
      { at: 3, good: true },
      { at: 3.2, good: false },
    ]),
  ).not.toEqual(once);
});

test("a press before anything was seen says nothing, nor does none at all", () => {
  expect(likely("live", { kind: "live", presses: [] }, quiet)).toBe(null);
  expect(likely("live", { kind: "live", presses: [{ at: 0.1, good: true }] }, quiet)).toBe(null);
});

test("a press long after the end of the clip is refused", () => {
  const problem = (at: number) =>
    FEEDBACK.live.problem({ kind: "live", presses: [{ at, good: true }] }, { segments: 10, seconds: 5 });
  expect(problem(5.4)).toBe(null);
  expect(problem(5.6)).toContain("a press at 5.6 s, and the clip lasts 5.00 s");
});
