import { expect, test } from "vitest";
import { swapped } from "./shuffle.ts";

const queries = Array.from({ length: 2_000 }, (_, index) => index + 1);

test("about half of the pairs are swapped, and neighbours independently of each other", () => {
  for (const person of ["person", "Ada"]) {
    const sides = queries.map((query) => swapped("hopper-backflip-1", query, person));
    const share = sides.filter(Boolean).length / sides.length;
    expect(share).toBeGreaterThan(0.45);
    expect(share).toBeLessThan(0.55);
    const repeats = sides.filter((side, index) => index > 0 && side === sides[index - 1]).length / sides.length;
    expect(repeats).toBeGreaterThan(0.45);
    expect(repeats).toBeLessThan(0.55);
  }
});

test("the same query stays as it is for one person, and people differ", () => {
  const sides = (run: string, person: string) => queries.map((query) => swapped(run, query, person));
  expect(sides("r1", "Ada")).toEqual(sides("r1", "Ada"));
  const grace = sides("r1", "Grace");
  const same = sides("r1", "Ada").filter((side, index) => side === grace[index]).length;
  expect(same / queries.length).toBeGreaterThan(0.45);
  expect(same / queries.length).toBeLessThan(0.55);
});
