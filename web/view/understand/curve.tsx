// Predicted reward over environment steps, or the true return where nobody judges.
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Metrics } from "../../../src/training/journal.ts";
import { metrics, session } from "../page.ts";
import { dark } from "../shell/theme.ts";
import { shortNumber } from "../words.ts";

const HEIGHT = 150;

export function Curve() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => (box.current === null ? undefined : keepDrawn(box.current)), []);
  const points = rows(metrics.value)[1];
  const what = quantity() === "trueReturn" ? "True return of an episode" : "Predicted reward of a clip";
  const last = points.at(-1);
  const text =
    last === undefined ? "nothing yet" : `${last.toFixed(2)} now, ${(points[0] ?? 0).toFixed(2)} at the start`;
  return (
    <div class="curve">
      <div ref={box} role="img" aria-label={`${what} over environment steps: ${text}.`} />
      {last === undefined && <p class="hint">Comes once the agent learns.</p>}
    </div>
  );
}

function quantity(): "trueReturn" | "predictedReward" {
  return session.run.value?.teacher === "none" ? "trueReturn" : "predictedReward";
}

/** Steps and what is drawn over them, of the lines that have both. */
function rows(lines: readonly Metrics[]): [number[], number[]] {
  const steps: number[] = [];
  const values: number[] = [];
  const name = quantity();
  for (const line of lines) {
    const value = line[name];
    if (value === null) continue;
    steps.push(line.steps);
    values.push(value);
  }
  return [steps, values];
}

/** Draws the curve into `box` and redraws it as lines arrive, its width or the colour scheme changes. */
function keepDrawn(box: HTMLElement): () => void {
  let plot: uPlot | null = null;
  const stopBuilding = effect(() => {
    // Reading the scheme makes the curve anew in its colours.
    void dark.value;
    plot?.destroy();
    plot = new uPlot(options(box.clientWidth), rows(metrics.peek()), box);
  });
  const stopFeeding = effect(() => plot?.setData(rows(metrics.value)));
  const sizes = new ResizeObserver(() => plot?.setSize({ width: box.clientWidth, height: HEIGHT }));
  sizes.observe(box);
  return () => {
    stopBuilding();
    stopFeeding();
    sizes.disconnect();
    plot?.destroy();
  };
}

function options(width: number): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name);
  const axis = {
    stroke: colour("--quiet"),
    font: "11px system-ui",
    ticks: { show: false },
    grid: { stroke: colour("--line"), width: 1 },
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 16, 0, 0],
    scales: { x: { time: false } },
    axes: [
      { ...axis, size: 24, grid: { show: false }, values: (_, values) => values.map(shortNumber) },
      { ...axis, size: 36 },
    ],
    series: [{}, { stroke: colour("--accent"), width: 2, points: { show: false } }],
  };
}
