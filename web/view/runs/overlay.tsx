// Curves of several runs over steps, laid over each other, with a legend that tells them apart without colour too.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { dark } from "../shell/theme.ts";
import type { Point } from "../understand/charts.ts";
import { shortNumber } from "../words.ts";

export interface Line {
  readonly name: string;
  readonly points: readonly Point[];
}

interface Props {
  readonly lines: readonly Line[];
  readonly title: string;
  readonly unit: string;
  readonly write: (value: number) => string;
}

const HEIGHT = 260;
/** By line, as runs.css has them for the legend; the second is dashed as well. */
const COLOURS = ["--accent", "--warn"] as const;
const DASHES: readonly number[][] = [[], [6, 4]];

export function Overlay({ lines, title, unit, write }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  /** The value of each line under the cursor, and null where the cursor is elsewhere. */
  const at = useSignal<readonly (number | null)[] | null>(null);
  const names = lines.map(({ name }) => name).join(" ");
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const read = ({ cursor, data }: uPlot): void => {
      const { idx } = cursor;
      at.value = idx == null ? null : data.slice(1).map((column) => column[idx] ?? null);
    };
    const made = new uPlot(options(lines, unit, element.clientWidth, read), columns(lines), element);
    plot.current = made;
    const sizes = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [names, unit, dark.value]);
  useEffect(() => plot.current?.setData(columns(lines)), [lines]);
  const readings = lines.map(({ points }, index) => at.value?.[index] ?? points.at(-1)?.value ?? null);
  const told = lines.map(({ name }, index) => {
    const value = readings[index];
    return `${name} ${value === null ? "has no value yet" : `ends at ${write(value)}`}`;
  });
  return (
    <figure>
      <ul class="legend">
        {lines.map(({ name }, index) => {
          const value = readings[index];
          return (
            <li key={name}>
              <span class="swatch" data-line={index} />
              {name} <strong>{value === null ? "–" : write(value)}</strong>
            </li>
          );
        })}
      </ul>
      <div ref={box} role="img" aria-label={`${title} over environment steps. ${told.join("; ")}.`} />
    </figure>
  );
}

/** All steps at which some line has a point, and each line's values there. */
function columns(lines: readonly Line[]): uPlot.AlignedData {
  return uPlot.join(
    lines.map(({ points }): uPlot.AlignedData => [points.map(({ steps }) => steps), points.map(({ value }) => value)]),
  );
}

function options(lines: readonly Line[], unit: string, width: number, read: (plot: uPlot) => void): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name);
  const axis = {
    stroke: colour("--quiet"),
    font: "11px system-ui",
    labelFont: "11px system-ui",
    labelSize: 18,
    ticks: { show: false },
    grid: { stroke: colour("--line"), width: 1 },
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 7 } },
    padding: [8, 24, 0, 0],
    scales: { x: { time: false } },
    axes: [
      {
        ...axis,
        label: "Environment steps",
        size: 24,
        grid: { show: false },
        values: (_, values) => values.map(shortNumber),
      },
      { ...axis, label: unit, size: 44, values: (_, values) => values.map(shortNumber) },
    ],
    series: [
      {},
      ...lines.map((_, index) => ({
        stroke: colour(COLOURS[index]),
        dash: DASHES[index],
        width: 2,
        spanGaps: true,
        points: { show: false },
      })),
    ],
    hooks: { setCursor: [read] },
  };
}
