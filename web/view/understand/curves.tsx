// The learning curves, all over the same axis.
import { useComputed, useSignal } from "@preact/signals";
import { metrics } from "../page.ts";
import { moments } from "../watch/history.ts";
import { AXES, type Axis, AXIS_TITLES, chartsOf } from "./charts.ts";
import { ChartFigure } from "./chart.tsx";

export function Curves() {
  const axis = useSignal<Axis>("steps");
  const charts = useComputed(() => chartsOf(metrics.value, moments.value));
  return (
    <section class="curves" aria-labelledby="curves">
      <div class="section-head">
        <h2 id="curves">Learning curves</h2>
        <fieldset class="choice">
          <legend class="unseen">What the curves are drawn over</legend>
          {AXES.map((name) => (
            <label key={name}>
              <input type="radio" name="axis" checked={axis.value === name} onChange={() => (axis.value = name)} />
              <span>{AXIS_TITLES[name]}</span>
            </label>
          ))}
        </fieldset>
      </div>
      {charts.value.length === 0 ? (
        <p class="hint">The curves come once the agent learns.</p>
      ) : (
        <div class="charts">
          {charts.value.map((chart) => (
            <ChartFigure key={chart.name} chart={chart} axis={axis.value} />
          ))}
        </div>
      )}
    </section>
  );
}
