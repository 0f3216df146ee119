import fc from "fast-check";
import { expect, it } from "vitest";
import { krippendorff, type Opinion, pooled } from "./agreement.ts";

/** One row per person and one column per item; a dot is no answer. */
function table(rows: Readonly<Record<string, string>>): Opinion[] {
  return Object.entries(rows).flatMap(([annotator, row]) =>
    row.split(" ").flatMap((value, item) => (value === "." ? [] : [{ item, annotator, value }])),
  );
}
const numbered = (opinions: readonly Opinion[]): Opinion[] =>
  opinions.map((opinion) => ({ ...opinion, value: Number(opinion.value) }));

// The tables and results are those of Krippendorff 2011, sections A to D.
const binary = table({ A: "0 1 0 0 0 0 0 0 1 0", B: "1 1 1 0 0 1 0 0 0 0" });
const nominal = table({ A: "a a b b d c c c e d d a", B: "b a b b b c c c e d d d" });
const incomplete = table({
  A: "1 2 3 3 2 1 4 1 2 . . .",
  B: "1 2 3 3 2 2 4 1 2 5 . 3",
  C: ". 3 3 3 2 3 4 2 2 5 1 .",
  D: "1 2 3 3 2 4 4 1 2 5 1 .",
});

it("gives the published alphas", () => {
  expect(krippendorff(binary, "nominal").alpha).toBeCloseTo(0.095, 3);
  expect(krippendorff(nominal, "nominal").alpha).toBeCloseTo(0.692, 3);
  expect(krippendorff(incomplete, "nominal").alpha).toBeCloseTo(0.743, 3);
  expect(krippendorff(numbered(incomplete), "ordinal").alpha).toBeCloseTo(0.815, 3);
  // The twelfth item has one answer alone, which nothing can be compared with.
  expect(krippendorff(incomplete, "nominal").paired).toBe(40);
});

it("says nothing where nothing can be compared, or all answers are the same", () => {
  expect(krippendorff([], "nominal")).toEqual({ alpha: null, paired: 0, people: new Map() });
  expect(krippendorff(table({ A: "a b . .", B: ". . a b" }), "nominal").alpha).toBeNull();
  expect(krippendorff(table({ A: "a a", B: "a a" }), "nominal").alpha).toBeNull();
  expect(krippendorff(table({ A: "a b", B: "a b" }), "nominal").alpha).toBe(1);
});

it("tells who stands apart", () => {
  const { people } = krippendorff(
    table({ A: "l r l l r r l r", B: "l r l l r r l r", C: "r l r r l l r l" }),
    "nominal",
  );
  expect(people.get("A")?.alpha).toBeCloseTo(people.get("B")?.alpha ?? Number.NaN);
  expect(people.get("A")?.alpha).toBeGreaterThan(0);
  expect(people.get("C")?.alpha).toBeLessThan(-0.5);
});

const opinions = fc.uniqueArray(
  fc.record({
    item: fc.integer({ min: 0, max: 12 }),
    annotator: fc.constantFrom("A", "B", "C", "D"),
    value: fc.integer({ min: 1, max: 5 }),
  }),
  { selector: ({ item, annotator }) => `${item} ${annotator}`, maxLength: 40 },
);

it("is the mean of the persons' alphas, and does not depend on order", () => {
  fc.assert(
    fc.property(opinions, fc.constantFrom("nominal" as const, "ordinal" as const), (given, level) => {
      const { alpha, paired, people } = krippendorff(given, level);
      const backwards = krippendorff(given.toReversed(), level);
      if (alpha === null) {
        expect(backwards.alpha).toBeNull();
        return;
      }
      expect(backwards.alpha).toBeCloseTo(alpha, 9);
      expect(alpha).toBeLessThanOrEqual(1);
      const mean = pooled([...people.values()]);
      expect(mean.alpha).toBeCloseTo(alpha, 9);
      expect(mean.paired).toBe(paired);
    }),
  );
});
