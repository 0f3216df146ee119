import fc from "fast-check";
import { Value } from "typebox/value";
import { expect, test } from "vitest";
import { ANSWER_SCHEMAS, AnswerSchema } from "./answer-schema.ts";
import { KINDS, type Answer, type AnswerOf, type Kind } from "./judgement.ts";
import { FEEDBACK, encodeAnswer } from "./kinds.ts";
import { ANSWER_NUMBERS } from "./likelihood.ts";

const EXAMPLES: { readonly [K in Kind]: AnswerOf<K> } = {
  comparison: { kind: "comparison", choice: "left", strength: "slightly" },
  "good-bad": { kind: "good-bad", choice: "bad" },
  rating: { kind: "rating", stars: 4 },
  ranking: { kind: "ranking", order: [2, 0, 1] },
  critique: { kind: "critique", parts: [{ from: 0, to: 1.5, good: true }] },
  live: { kind: "live", presses: [{ at: 0.7, good: false }] },
  demonstration: { kind: "demonstration" },
  correction: { kind: "correction" },
  stop: { kind: "stop", at: 2 },
};

test("an answer of each kind is an answer, and none of another kind", () => {
  for (const [kind, answer] of Object.entries(EXAMPLES)) {
    expect(Value.Check(AnswerSchema, answer), kind).toBe(true);
    const fits = KINDS.filter((other) => Value.Check(ANSWER_SCHEMAS[other], answer));
    expect(fits).toEqual([kind]);
  }
});

test.each([
  {},
  { kind: "shrug" },
  { kind: "comparison" },
  { kind: "comparison", choice: "up" },
  { kind: "comparison", choice: "left", strength: "much" },
  { kind: "good-bad", choice: "left" },
  { kind: "rating", stars: 0 },
  { kind: "rating", stars: 2.5 },
  { kind: "rating", stars: "5" },
  { kind: "ranking", order: [0] },
  { kind: "ranking", order: [0, 1, -1] },
  { kind: "ranking", order: [0, 1, 2, 3, 4, 5, 0] },
  { kind: "critique", parts: [] },
  { kind: "critique", parts: [{ from: -1, to: 1, good: true }] },
  { kind: "critique", parts: [{ from: 0, to: 1 }] },
  { kind: "critique", parts: Array.from({ length: 13 }, () => ({ from: 0, to: 1, good: true })) },
  { kind: "live", presses: [{ at: 1e9, good: true }] },
  { kind: "live", presses: Array.from({ length: 49 }, () => ({ at: 0, good: true })) },
  { kind: "stop", at: null },
  { kind: "demonstration", more: 1 },
])("%j is no answer", (answer) => {
  expect(Value.Check(AnswerSchema, answer)).toBe(false);
});

const seconds = fc.double({ min: 0, max: 3_600, noNaN: true });
const sized: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({
    kind: fc.constant("critique" as const),
    parts: fc.array(fc.record({ from: seconds, to: seconds, good: fc.boolean() }), { minLength: 1, maxLength: 12 }),
  }),
  fc.record({
    kind: fc.constant("live" as const),
    presses: fc.array(fc.record({ at: seconds, good: fc.boolean() }), { maxLength: 48 }),
  }),
);

test("the longest answers fit the numbers that they are kept in, and reach no further", () => {
  fc.assert(
    fc.property(sized, (answer) => {
      const numbers = new Float32Array(ANSWER_NUMBERS + 2).fill(7);
      encodeAnswer(answer.kind, answer, 0.008, numbers, 1);
      expect([numbers[0], numbers[ANSWER_NUMBERS + 1]]).toEqual([7, 7]);
    }),
  );
});

test("every kind says how many segments it is about, and strips how long they are", () => {
  for (const kind of KINDS) {
    const { segments, stripSeconds, simulate } = FEEDBACK[kind];
    expect(segments[0]).toBeLessThanOrEqual(segments[1]);
    if (stripSeconds !== null) expect(stripSeconds).toBeGreaterThan(0);
    expect(simulate === null).toBe(kind === "demonstration" || kind === "correction");
  }
});
