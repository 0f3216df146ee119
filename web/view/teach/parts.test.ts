import fc from "fast-check";
import { expect, test } from "vitest";
import { type CritiquedPart, MOST_PARTS } from "../../../src/feedback/judgement.ts";
import { paint } from "./parts.ts";

const good = (from: number, to: number): CritiquedPart => ({ from, to, good: true });
const bad = (from: number, to: number): CritiquedPart => ({ from, to, good: false });

test("what is painted last counts", () => {
  expect(paint([good(0, 2)], bad(0.5, 1))).toEqual([good(0, 0.5), bad(0.5, 1), good(1, 2)]);
  expect(paint([good(0, 1), bad(1, 2)], good(0.5, 1.5))).toEqual([good(0, 1.5), bad(1.5, 2)]);
  expect(paint([good(0, 1)], good(2, 3))).toEqual([good(0, 1), good(2, 3)]);
});

test("a slip of the hand paints nothing", () => {
  const parts = [good(0, 1)];
  expect(paint(parts, bad(0.5, 0.51))).toBe(parts);
});

test("parts are in order, none over another, and no more than an answer may have", () => {
  const part = fc
    .record({ from: fc.double({ min: 0, max: 3, noNaN: true }), seconds: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ from, seconds }) => ({ from, to: from + seconds }));
  fc.assert(
    fc.property(fc.array(fc.tuple(part, fc.boolean()), { maxLength: 60 }), (brushed) => {
      let parts: readonly CritiquedPart[] = [];
      for (const [stretch, isGood] of brushed) {
        const before = parts;
        parts = paint(parts, { ...stretch, good: isGood });
        if (parts !== before) {
          const middle = (stretch.from + stretch.to) / 2;
          expect(parts.find(({ from, to }) => from <= middle && middle <= to)?.good).toBe(isGood);
        }
      }
      expect(parts.length).toBeLessThanOrEqual(MOST_PARTS);
      for (const [index, { from, to }] of parts.entries()) {
        expect(to).toBeGreaterThan(from);
        if (index > 0) expect(from).toBeGreaterThanOrEqual(parts[index - 1].to);
      }
    }),
  );
});
