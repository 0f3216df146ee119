// One learning curve with its title, its explanation, and its value under the cursor.
import { type Signal, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { dark } from "../shell/theme.ts";
import { shortNumber } from "../words.ts";
import { type Axis, AXIS_TITLES, type Chart, type Point } from "./charts.ts";

const HEIGHT = 190;
/** Charts on the page show their values at the same place together. */
const TOGETHER = "learning-curves";

interface Props {
  readonly chart: Chart;
  readonly axis: Axis;
}

export function ChartFigure({ chart, axis }: Props) {
  const { title, explanation, points } = chart;
  const titled = useId();
  const explained = useId();
  const at = useSignal<number | null>(null);
  const last = points.length - 1;
  const index = at.value === null ? last : Math.min(at.value, last);
  const move = (event: KeyboardEvent): void => {
    const to = destination(event.key, index, last);
    if (to === null) return;
    event.preventDefault();
    at.value = to;
  };
  return (
    <figure class="chart">
      <figcaption>
        <h3 id={titled}>{title}</h3>
        <p class="value">{reading(chart, points[index], axis)}</p>
      </figcaption>
      <div
        class="plot"
        role="slider"
        tabIndex={0}
        aria-labelledby={titled}
        aria-describedby={explained}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={index}
        aria-valuetext={reading(chart, points[index], axis)}
        onKeyDown={move}
      >
        <Plot chart={chart} axis={axis} at={at} />
      </div>
      <p class="hint" id={explained}>
        {explanation}
      </p>
    </figure>
  );
}

function reading({ write }: Chart, point: Point, axis: Axis): string {
  return `${write(point.value)} at ${place(point[axis], axis)}`;
}

function place(value: number, axis: Axis): string {
  if (axis === "minutes") return `${value < 10 ? value.toFixed(1) : Math.round(value)} min`;
  const noun = axis === "labels" ? "answer" : "step";
  return `${shortNumber(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** The point that a key leads to, or null for keys that lead nowhere. */
function destination(key: string, index: number, last: number): number | null {
  const stride = Math.max(1, Math.round(last / 10));
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -stride,
    PageUp: stride,
    Home: -last,
    End: last,
  };
  const step = steps[key];
  return step === undefined ? null : Math.max(0, Math.min(last, index + step));
}

interface PlotProps extends Props {
  /** The point under the cursor, or null where the cursor is elsewhere. */
  readonly at: Signal<number | null>;
}

function Plot({ chart, axis, at }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const colours = dark.value;
  // The chart is made anew for another axis or other colours; new points go into the one that is there.
  useEffect(() => {
    if (box.current === null) return undefined;
    const element = box.current;
    const made = new uPlot(options(chart, axis, element.clientWidth, at), columns(chart, axis), element);
    plot.current = made;
    const sizes = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [chart.name, axis, colours]);
  useEffect(() => plot.current?.setData(columns(chart, axis)), [chart.points]);
  useSignalEffect(() => {
    const made = plot.current;
    const index = at.value;
    if (made === null || index === null || made.cursor.idx === index) return;
    const x = made.data[0][index];
    const y = made.data[1]?.[index];
    if (x === undefined || typeof y !== "number") return;
    made.setCursor({ left: made.valToPos(x, "x"), top: made.valToPos(y, "y") });
  });
  return <div ref={box} aria-hidden="true" />;
}

function columns({ points }: Chart, axis: Axis): [number[], number[]] {
  return [points.map((point) => point[axis]), points.map(({ value }) => value)];
}

function tickWords(_: uPlot, values: number[], _axis: number, _space: number, step: number): string[] {
  return values.map((value) => shortNumber(value, step));
}

function options(chart: Chart, axis: Axis, width: number, at: Signal<number | null>): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name);
  const shared = {
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
    cursor: {
      y: false,
      drag: { x: false, y: false },
      sync: { key: TOGETHER, scales: ["x", null] },
      points: { size: 7 },
    },
    padding: [8, 20, 0, 0],
    scales: { x: { time: false } },
    axes: [
      {
        ...shared,
        label: AXIS_TITLES[axis],
        size: 24,
        grid: { show: false },
        values: tickWords,
      },
      { ...shared, label: chart.unit, size: 44, values: tickWords },
    ],
    series: [
      {},
      {
        stroke: colour("--accent"),
        width: 2,
        // A line needs two points; a few are shown as what they are.
        points: { show: chart.points.length <= 12, size: 6, fill: colour("--accent") },
      },
    ],
    hooks: { setCursor: [(made) => (at.value = made.cursor.idx ?? null)] },
  };
}
