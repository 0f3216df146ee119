import { describe, expect, it } from "vitest";
import { ratios, type Comparison } from "./comparison.ts";
import { figure, markdownTable, replaceBetween, table } from "./report.ts";

const faster: Comparison = {
  what: "one core",
  unit: "steps/s",
  peer: "Gymnasium",
  better: "larger",
  target: 1,
  heed: [20_000, 10_000, 12_000],
  theirs: [10_000, 10_000, 10_000],
};

describe("ratios", () => {
  it("are above 1 where heed is better, whichever way better is", () => {
    expect(ratios(faster)).toEqual([2, 1, 1.2]);
    expect(ratios({ ...faster, better: "smaller" })).toEqual([0.5, 1, 10 / 12]);
  });
});

describe("table", () => {
  it("shows medians, the ratio of pairs with its spread, and the target", () => {
    const [, , row] = table([faster]).split("\n");
    const cells = row.split("|").map((cell) => cell.trim());
    expect(cells.slice(1, -1)).toEqual([
      "one core",
      "12,000 steps/s",
      "Gymnasium",
      "10,000 steps/s",
      "1.2 (1 to 2)",
      "1",
    ]);
  });
});

describe("markdownTable", () => {
  it("aligns columns", () => {
    expect(
      markdownTable([
        ["a", "long"],
        ["longer", "b"],
      ]),
    ).toBe("| a      | long |\n| ------ | ---- |\n| longer | b    |");
  });
});

describe("figure", () => {
  it.each([
    [12_345.6, "12,346"],
    [99.96, "100"],
    [0.012345, "0.0123"],
    [1, "1"],
    [-2.5, "-2.5"],
  ])("writes %d as %s", (value, text) => expect(figure(value)).toBe(text));
});

describe("replaceBetween", () => {
  const begin = "<!-- physics: written by npm run bench:peers -->";
  const end = "<!-- end of physics -->";

  it("keeps what is around the markers, and is the same when done again", () => {
    const once = replaceBetween(`before\n${begin}\nold\n${end}\nafter`, "physics", "new");
    expect(once).toBe(`before\n${begin}\n\nnew\n\n${end}\nafter`);
    expect(replaceBetween(once, "physics", "new")).toBe(once);
  });

  it("says which lines are missing", () => {
    expect(() => replaceBetween(`${end}${begin}`, "physics", "new")).toThrow(begin);
  });
});
