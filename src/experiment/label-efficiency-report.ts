// What was learned from how many labels, as Markdown, as data and as charts.
import { bandOf, colourOf, drawPanels, type Panel } from "./chart.ts";
import type { Report } from "./experiment.ts";
import type { Condition, ConditionTrials } from "./label-efficiency.ts";
import { missingText, quantitiesOf, summariesOf, wordsOf } from "./quantities.ts";
import { reportOf } from "./report.ts";
import { markdownTable, seedsText, summaryText, type Summary } from "./summary.ts";
import type { TrialResult } from "./trial.ts";

export interface LabelEfficiency {
  readonly task: string;
  readonly steps: number;
  readonly seeds: number;
  readonly conditions: readonly ConditionTrials[];
}

interface Row extends Condition {
  /** The task's measures by name, and `trueReturn`. */
  readonly quantities: Readonly<Record<string, Summary | null>>;
}

type Kind = "method" | "teacher";

export function reportLabelEfficiency(
  { task, steps, seeds, conditions }: LabelEfficiency,
  results: ReadonlyMap<string, TrialResult>,
): Report {
  const trials = conditions.flatMap((condition) => condition.trials);
  const names = quantitiesOf(results, trials);
  const [first] = names;
  const rows = conditions.map(({ trials, ...condition }): Row => ({
    ...condition,
    quantities: summariesOf(results, trials, names),
  }));
  const heads = ["method", "teacher", "labels", ...names.map(wordsOf), `${wordsOf(first)}, seed by seed`];
  const text = [
    `${task} after ${steps.toLocaleString("en")} steps: mean ± standard deviation over ${seeds} ` +
      `seed${seeds === 1 ? "" : "s"} of what the final agent does per episode.` +
      missingText(results, trials),
    "",
    markdownTable(
      heads,
      rows.map(({ method, teacher, labels, quantities }) => [
        method,
        teacher,
        labels.toLocaleString("en"),
        ...names.map((name) => summaryText(quantities[name])),
        seedsText(quantities[first]),
      ]),
    ),
    "",
  ].join("\n");
  const table = { task, steps, seeds, rows };
  const charts = [
    { file: "methods.svg", panels: panelsOf(rows, first, "teacher", "method") },
    { file: "teachers.svg", panels: panelsOf(rows, first, "method", "teacher") },
  ];
  // A chart that compares nothing is left out, unless it is the only one.
  const compared = charts.filter(({ panels }, i) => i === 0 || panels.some(({ series }) => series.length > 1));
  const axes = { x: "labels", y: wordsOf(first), dots: true };
  return reportOf(
    text,
    table,
    compared.map(({ file, panels }) => [file, drawPanels(panels, axes)] as const),
  );
}

/** A panel for every method or teacher, with a line for each of the others; where some compare, only these. */
function panelsOf(rows: readonly Row[], quantity: string, panel: Kind, line: Kind): Panel[] {
  const lines = [...new Set(rows.map((row) => row[line]))];
  const panels = [...new Set(rows.map((row) => row[panel]))].map((title) => {
    const here = rows.filter((row) => row[panel] === title);
    const present = lines.filter((label) => here.some((row) => row[line] === label));
    return {
      title: `${title} ${panel}`,
      series: present.map((label) => ({
        label,
        colour: colourOf(lines.indexOf(label)),
        points: bandOf(
          here
            .filter((row) => row[line] === label)
            .flatMap(({ labels, quantities }) =>
              (quantities[quantity]?.values ?? []).map((y) => ({ group: labels, x: labels, y })),
            ),
        ),
      })),
    };
  });
  const comparing = panels.filter(({ series }) => series.length > 1);
  return comparing.length > 0 ? comparing : panels;
}
