import { DOMParser } from "linkedom";
import { describe, expect, test } from "vitest";
import { bandOf, colourOf, drawPanels, type Panel } from "./chart.ts";

const points = [
  { x: 0, mean: 0, low: 0, high: 0 },
  { x: 10, mean: 1, low: 0.5, high: 1.5 },
];

const panel = (title: string): Panel => ({
  title,
  series: [
    { label: "true reward", colour: "black", dashed: true, points },
    { label: "350 labels", colour: colourOf(0), points },
  ],
});

const parse = (svg: string) => new DOMParser().parseFromString(svg, "image/svg+xml");

test("a band has the mean and the spread of each group, in order", () => {
  const values = [
    { group: 2, x: 21, y: 5 },
    { group: 1, x: 10, y: 1 },
    { group: 1, x: 12, y: 3 },
  ];
  expect(bandOf(values)).toEqual([
    { x: 11, mean: 2, low: 2 - Math.SQRT2, high: 2 + Math.SQRT2 },
    { x: 21, mean: 5, low: 5, high: 5 },
  ]);
});

describe("a chart", () => {
  const svg = drawPanels([panel("hopper"), panel("walker2d"), panel("a <& b")], { x: "steps", y: "score" });
  const document = parse(svg);
  const texts = [...document.querySelectorAll("text")].map((node) => node.textContent);

  test("has a title for each panel, and each series once in its legend", () => {
    for (const title of ["hopper", "walker2d", "a <& b"]) expect(texts).toContain(title);
    for (const label of ["━━ 350 labels", "┅┅ true reward"])
      expect(texts.filter((text) => text === label)).toHaveLength(1);
    expect(texts).toContain("score ↑   steps →");
  });

  test("has a line and a band for each series and panel, in its colour, dashed where it should be", () => {
    const lines = [...document.querySelectorAll('g[aria-label="line"] path')];
    const withAttribute = (name: string, value: string) =>
      lines.filter((line) => line.closest(`[${name}]`)?.getAttribute(name) === value);
    expect(withAttribute("stroke", colourOf(0))).toHaveLength(3);
    expect(withAttribute("stroke-dasharray", "4 3")).toHaveLength(3);
    expect(document.querySelectorAll('g[aria-label="area"] path')).toHaveLength(6);
  });
});

test("values out of bounds do not stretch the axis", () => {
  const far: Panel = {
    title: "t",
    series: [{ label: "a", colour: "black", points: [...points, { x: 11, mean: -900, low: -950, high: -850 }] }],
  };
  const ticks = (bounds?: [number, number]) =>
    [
      ...parse(drawPanels([far], { x: "x", y: "y", ...(bounds === undefined ? {} : { bounds }) })).querySelectorAll(
        'g[aria-label="y-axis tick label"] text',
      ),
    ].map((node) => Number(node.textContent.replace("−", "-").replace(",", "")));
  expect(Math.min(...ticks([-0.5, 1.5]))).toBeGreaterThanOrEqual(-1);
  expect(Math.min(...ticks())).toBeLessThan(-500);
});

test("a chart without values is still a chart", () => {
  const svg = drawPanels([{ title: "empty", series: [{ label: "a", colour: "black", points: [] }] }], {
    x: "x",
    y: "y",
  });
  expect(svg).toContain("empty");
  expect(drawPanels([], { x: "x", y: "y" })).toMatch(/^<svg/);
});
