import fc from "fast-check";
import { expect, test } from "vitest";
import { expectGradient, likely, predicted } from "../../test/feedback-fixture.ts";
import { FEEDBACK } from "./kinds.ts";

const part = fc
  .tuple(fc.double({ min: 0, max: 2.9, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }), fc.boolean())
  .map(([from, length, good]) => ({ from, to: from + length, good }));

test("the gradient is that of the log-likelihood, overlapping parts included", () => {
  fc.assert(
    fc.property(predicted(6), fc.array(part, { minLength: 1, maxLength: 12 }), (rewards, parts) =>
      expectGradient("critique", { kind: "critique", parts }, rewards),
    ),
  );
});

test("a part pushes its own steps, up where it was good and down where it was bad, and no others", () => {
  const rewards = Array.from({ length: 10 }, () => 0);
  const parts = [
    { from: 0.2, to: 0.45, good: true },
    { from: 0.5, to: 1, good: false },
  ];
  const found = likely("critique", { kind: "critique", parts }, rewards);
  // Looks are at 0, 0.1, … s; the second segment begins at 0.5 s.
  expect(found?.gradient.map(Math.sign)).toEqual([0, 0, 1, 1, 1, -1, -1, -1, -1, -1]);
  expect(Math.exp(found?.value ?? 0)).toBeCloseTo(0.25, 6);
});

test("a part between two looks says nothing this time, and no part never does", () => {
  const rewards = Array.from({ length: 10 }, () => 0.3);
  const between = likely("critique", { kind: "critique", parts: [{ from: 0.02, to: 0.08, good: true }] }, rewards);
  expect([between?.value, ...(between?.gradient ?? [1])]).toEqual(Array.from({ length: 11 }, () => 0));
  expect(likely("critique", { kind: "critique", parts: [] }, rewards)).toBe(null);
});

test.each([
  { from: 1, to: 1, good: true },
  { from: 2, to: 1, good: true },
  { from: 2, to: 3.2, good: true },
])("%j is no part of a clip of three seconds", (wrong) => {
  const { problem } = FEEDBACK.critique;
  const shown = { segments: 6, seconds: 3 };
  expect(problem({ kind: "critique", parts: [{ from: 0, to: 3.05, good: true }] }, shown)).toBe(null);
  expect(problem({ kind: "critique", parts: [{ from: 0, to: 1, good: true }, wrong] }, shown)).toContain(
    `${wrong.from} to ${wrong.to} s is no stretch of a clip of 3.00 s`,
  );
});
