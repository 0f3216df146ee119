// Small multiples: one panel beside the other on the same scales, each with lines of means in bands of their spread.
import { areaY, axisX, axisY, frame, lineY, text, type Markish } from "@observablehq/plot";
import { renderSvg } from "../host/svg.ts";
import { summarise } from "./summary.ts";

export interface Point {
  readonly x: number;
  readonly mean: number;
  /** A standard deviation below and above the mean; the mean where there is one seed. */
  readonly low: number;
  readonly high: number;
}

export interface Series {
  readonly label: string;
  readonly colour: string;
  readonly dashed?: boolean;
  readonly points: readonly Point[];
}

export interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
}

export interface Axes {
  readonly x: string;
  readonly y: string;
  /** What lies beyond these values of y is cut off, so that one outlier does not flatten everything else. */
  readonly bounds?: readonly [number, number];
  /** Whether every value of x has a dot: there are few. */
  readonly dots?: boolean;
}

/** Okabe and Ito's colours, which people with any colour vision tell apart, but for the yellow, which is faint on white. */
const COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#666666"];

const PANEL = { width: 270, height: 200, columns: 4 };
/** Channels that bands and lines have in common. */
const WHERE = { fx: "fx", fy: "fy", x: "x", clip: true } as const;
const LEGEND_ROW = 16;
const LEGEND_ENTRY = 190;

/** The colour of the i-th series; they repeat after seven. */
export function colourOf(index: number): string {
  return COLOURS[index % COLOURS.length];
}

/** The means and spreads of values that belong together because they have the same group, in the order of the groups. */
export function bandOf(values: readonly { readonly group: number; readonly x: number; readonly y: number }[]): Point[] {
  const groups = Map.groupBy(values, ({ group }) => group);
  return [...groups.keys()]
    .sort((a, b) => a - b)
    .flatMap((group) => {
      const members = groups.get(group) ?? [];
      const x = summarise(members.map((member) => member.x));
      const y = summarise(members.map((member) => member.y));
      if (x === null || y === null) return [];
      const spread = y.deviation ?? 0;
      return [{ x: x.mean, mean: y.mean, low: y.mean - spread, high: y.mean + spread }];
    });
}

/** The chart as SVG text. Series with the same label share a line of the legend. */
export function drawPanels(panels: readonly Panel[], { x, y, bounds, dots = false }: Axes): string {
  const columns = Math.min(PANEL.columns, Math.max(1, panels.length));
  const rows = Math.max(1, Math.ceil(panels.length / columns));
  const facets = panels.map((panel, i) => ({ ...panel, fx: i % columns, fy: Math.floor(i / columns) }));
  const width = Math.max(640, 60 + columns * PANEL.width);
  const perRow = Math.max(1, Math.floor((width - 60) / LEGEND_ENTRY));
  const legend = new Map(panels.flatMap(({ series }) => series.map((one) => [one.label, one] as const)));
  const legendRows = Math.ceil(legend.size / perRow);
  // Below the legend stand the titles of the first row.
  const top = 44 + legendRows * LEGEND_ROW;

  const lines = facets.flatMap(({ fx, fy, series }) =>
    series.map(({ label, colour, dashed = false, points }) => ({
      points: points.map((point) => ({ ...point, fx, fy, label })),
      colour,
      dashed,
    })),
  );
  const marks: Markish[] = [
    frame({ stroke: "#cccccc" }),
    axisX({ ticks: 4, tickFormat: "~s", label: null }),
    axisY({ ticks: 5, label: null }),
    // Bands lie below all lines.
    ...lines.map(({ points, colour }) =>
      areaY(points, { ...WHERE, y1: "low", y2: "high", fill: colour, fillOpacity: 0.12 }),
    ),
    ...lines.map(({ points, colour, dashed }) =>
      lineY(points, {
        ...WHERE,
        y: "mean",
        stroke: colour,
        strokeWidth: 1.5,
        ...(dashed ? { strokeDasharray: "4 3" } : {}),
        ...(dots ? { marker: "dot" as const } : {}),
      }),
    ),
    text(facets, { fx: "fx", fy: "fy", text: "title", frameAnchor: "top", dy: -12, fontWeight: "bold" }),
    text([`${y} ↑   ${x} →`], {
      fx: () => 0,
      fy: () => 0,
      frameAnchor: "top-left",
      dx: -30,
      dy: 16 - top,
      textAnchor: "start",
    }),
    ...[...legend.values()].map(({ label, colour, dashed = false }, i) =>
      text([`${dashed ? "┅┅" : "━━"} ${label}`], {
        fx: () => 0,
        fy: () => 0,
        frameAnchor: "top-left",
        textAnchor: "start",
        fill: colour,
        dx: -30 + (i % perRow) * LEGEND_ENTRY,
        dy: 34 - top + Math.floor(i / perRow) * LEGEND_ROW,
      }),
    ),
  ];
  const means = lines.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high]));
  const [lowest, highest] = bounds ?? [-Infinity, Infinity];
  const within = means.map((value) => Math.max(lowest, Math.min(highest, value)));
  return renderSvg({
    width,
    height: top + rows * PANEL.height + 30,
    marginTop: top,
    marginLeft: 50,
    marginBottom: 30,
    fx: { axis: null, domain: Array.from({ length: columns }, (_, i) => i) },
    fy: { axis: null, domain: Array.from({ length: rows }, (_, i) => i), padding: 0.2 },
    // Without values Plot would have no scale to draw axes of.
    x: { nice: true, ...(means.length === 0 ? { domain: [0, 1] } : {}) },
    y: { domain: [Math.min(0, ...within), Math.max(bounds === undefined ? 0 : 1, ...within)], nice: true },
    marks,
  });
}
