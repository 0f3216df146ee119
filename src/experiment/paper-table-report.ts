// The paper's table as Markdown, as data, and as learning curves.
import { bandOf, colourOf, drawPanels, type Panel, type Series } from "./chart.ts";
import { stretchOf } from "./curve.ts";
import type { Report } from "./experiment.ts";
import type { Column, Place, PlacedTrial } from "./paper-table.ts";
import { missingText } from "./quantities.ts";
import { reportOf } from "./report.ts";
import { averageOf, isIn, rowOf, scaleOf, scoreOf, type RowOfTask } from "./scores.ts";
import { markdownTable, numberText, summaryText } from "./summary.ts";
import type { TrialResult } from "./trial.ts";

export interface PaperTable {
  /** Of the names of the files. */
  readonly stem: string;
  readonly tasks: readonly string[];
  readonly columns: readonly Column[];
  readonly steps: number;
  readonly seeds: number;
  readonly placed: readonly PlacedTrial[];
}

export function reportPaperTable(table: PaperTable, results: ReadonlyMap<string, TrialResult>): Report {
  const { stem, tasks, columns, steps, seeds, placed } = table;
  const rows = tasks.map((task) => rowOf(task, columns, placed, results));
  const averages = columns.map((_, i) => averageOf(i, rows));
  const heads = ["task", "untrained", "true reward", ...columns.map((column) => columnText(column, columns))];
  const text = [
    caption(table, results),
    "",
    markdownTable(heads, [
      ...rows.map(({ task, untrained, trueReward, columns }) => [
        task,
        summaryText(untrained),
        summaryText(trueReward),
        ...columns.map((column) =>
          column.score === null
            ? summaryText(column.return)
            : `${summaryText(column.return)} (${summaryText(column.score, 2)})`,
        ),
      ]),
      ["mean score", "0", "1", ...averages.map(({ score }) => scoreText(score))],
      ["lowest score", "", "", ...averages.map(({ lowest }) => scoreText(lowest))],
    ]),
    "",
  ].join("\n");
  const json = { steps, seeds, tasks: rows, averages };
  const svg = drawPanels(
    rows.map((row) => panelOf(row, table, results)),
    { x: "environment steps", y: "score", bounds: [-0.5, 1.5] },
  );
  return reportOf(text, json, [[`${stem}.svg`, svg]], stem);
}

function caption({ steps, seeds, placed }: PaperTable, results: ReadonlyMap<string, TrialResult>): string {
  const trials = placed.map(({ trial }) => trial);
  return (
    `True return of the final agent, ${steps.toLocaleString("en")} steps, mean ± standard deviation over ${seeds} ` +
    `seed${seeds === 1 ? "" : "s"}. In brackets the score, (R − R untrained) / (R true reward − R untrained), with the ` +
    `means over the seeds of the agent before it learns and of the one that learned from the true reward: returns can be ` +
    `negative, so a plain ratio would mean nothing.${missingText(results, trials)}`
  );
}

function columnText({ labels, variant }: Column, columns: readonly Column[]): string {
  const count = `${labels.toLocaleString("en")} labels`;
  return columns.every((column) => column.variant === variant) ? count : `${variant}, ${count}`;
}

function scoreText(score: number | null): string {
  return score === null ? "–" : numberText(score, 2);
}

/** Mean score against steps of every column, and dashed that of the true reward. */
function panelOf(
  row: RowOfTask,
  { columns, steps, placed }: PaperTable,
  results: ReadonlyMap<string, TrialResult>,
): Panel {
  const scale = scaleOf(row);
  const curveOf = (fits: (place: Place) => boolean): Series["points"] => {
    if (scale === null) return [];
    const curves = placed.flatMap(({ trial, place }) =>
      place.task === row.task && fits(place) ? [results.get(trial.key)?.curve ?? []] : [],
    );
    return bandOf(curves.flat().map(([x, , value]) => ({ group: stretchOf(x, steps), x, y: scoreOf(value, scale) })));
  };
  return {
    title: row.task,
    series: [
      { label: "true reward", colour: "black", dashed: true, points: curveOf(({ kind }) => kind === "true-reward") },
      ...columns.map((column, i) => ({
        label: columnText(column, columns),
        colour: colourOf(i),
        points: curveOf((place) => isIn(place, column)),
      })),
    ],
  };
}
