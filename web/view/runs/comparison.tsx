// Two runs beside each other: their curves over steps in one chart, and their figures in one table.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { MetricsView } from "../../../src/server/api.ts";
import type { RunSummary } from "../../../src/server/runs-api.ts";
import { request } from "../../session/request.ts";
import { chartsOf } from "../understand/charts.ts";
import { figuresOf } from "./figures.ts";
import { Overlay, type Line } from "./overlay.tsx";

/** Milliseconds between two looks at runs that go on. */
const LOOK_EVERY = 5_000;

type Metrics = MetricsView["metrics"];

export function Comparison({ runs }: { readonly runs: readonly RunSummary[] }) {
  const metrics = useSignal<ReadonlyMap<string, Metrics>>(new Map());
  const chosen = useSignal("predicted-reward");
  const ids = runs.map(({ id }) => id).join(" ");
  useEffect(() => {
    const look = async (): Promise<void> => {
      const found = await Promise.all(
        runs.map(async ({ id }): Promise<[string, Metrics]> => {
          const { metrics } = await request<MetricsView>("GET", `/runs/${encodeURIComponent(id)}/metrics`);
          return [id, metrics];
        }),
      );
      metrics.value = new Map(found);
    };
    // What could not be had now is asked for again.
    const lookQuietly = (): void => void look().catch(() => {});
    lookQuietly();
    const timer = setInterval(lookQuietly, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [ids]);

  const lines = runs.map(({ id }) => metrics.value.get(id) ?? []);
  const charts = lines.map((line) => chartsOf(line, []));
  const names = [...new Set(charts.flatMap((own) => own.map(({ name }) => name)))];
  const name = names.includes(chosen.value) ? chosen.value : names[0];
  const titles = new Map(charts.flat().map((chart) => [chart.name, chart]));
  const chart = titles.get(name ?? "");
  const drawn: Line[] = runs.map((run, index) => ({
    name: run.name,
    points: charts[index].find((own) => own.name === name)?.points ?? [],
  }));
  return (
    <section class="card comparison" aria-labelledby="comparison">
      <div class="row">
        <h2 id="comparison">{runs.map((run) => run.name).join(" and ")}</h2>
        <span class="gap" />
        {names.length > 0 && (
          <label>
            Curve{" "}
            <select value={name} onChange={(event) => (chosen.value = event.currentTarget.value)}>
              {names.map((one) => (
                <option key={one} value={one}>
                  {titles.get(one)?.title}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {chart === undefined ? (
        <p class="hint">There is nothing to draw yet: curves come once the agents learn.</p>
      ) : (
        <Overlay lines={drawn} title={chart.title} unit={chart.unit} write={chart.write} />
      )}
      {chart !== undefined && <p class="hint">{chart.explanation}</p>}
      <div class="figure-table">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="unseen">Figure</span>
              </th>
              {runs.map((run, index) => (
                <th key={run.id} scope="col">
                  <span class="swatch" data-line={index} />
                  {run.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figuresOf(runs, lines).map(({ title, values }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                {values.map((value, index) => (
                  <td key={runs[index].id}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
