// How many labels were enough with which head start, as Markdown, as data and as a chart.
import { bandOf, colourOf, drawPanels, type Series } from "./chart.ts";
import type { Report } from "./experiment.ts";
import { headStarts, type HeadStartGiven, type LabelsTrials, type SourceTrials } from "./head-start.ts";
import { missingText, quantitiesOf, summariesOf, valuesOf, wordsOf } from "./quantities.ts";
import { reportOf } from "./report.ts";
import { markdownTable, numberText, seedsText, summaryText, type Summary } from "./summary.ts";
import type { HeadStartKind, TrialResult } from "./trial.ts";

export interface HeadStartTrials {
  readonly task: string;
  readonly steps: number;
  readonly seeds: number;
  readonly target: number;
  readonly starts: readonly HeadStartGiven[];
  readonly sources: readonly SourceTrials[];
  /** Of each head start, in rising order of labels. */
  readonly rows: readonly LabelsTrials[];
}

interface Row {
  readonly start: string;
  readonly labels: number;
  /** Seeds whose agent reached the target, of those that are in. */
  readonly reached: number;
  readonly quantities: Readonly<Record<string, Summary | null>>;
}

/** The least number of labels from which on so many seeds reach the target; null where not even the most labels do. */
interface Needed {
  readonly start: string;
  readonly bySeeds: { readonly all: number | null; readonly most: number | null };
}

const SOURCE_NAMES: Readonly<Record<HeadStartKind, string>> = {
  demonstrations: "demonstrator, on the true reward",
  judgements: "half-trained agent",
};

export function reportHeadStart(
  { task, steps, seeds, target, starts, sources, rows }: HeadStartTrials,
  results: ReadonlyMap<string, TrialResult>,
): Report {
  const all = [...sources, ...rows].flatMap(({ trials }) => trials);
  const names = quantitiesOf(results, all);
  const [first] = names;
  const what = `${numberText(target, Number.isInteger(target) ? 0 : 2)} ${wordsOf(first)}`;
  const summed = rows.map(({ start, labels, trials }): Row => {
    const reached = valuesOf(results, trials, first).filter((value) => value >= target).length;
    return { start, labels, reached, quantities: summariesOf(results, trials, names) };
  });
  const needed = starts.map(({ name }): Needed => {
    const own = summed.filter(({ start }) => start === name);
    const least = (enough: number): number | null => leastLabels(own, enough);
    return { start: name, bySeeds: { all: least(seeds), most: least(Math.floor(seeds / 2) + 1) } };
  });
  const given = sources.map(({ gives, trials }) => ({
    source: SOURCE_NAMES[gives],
    labels: trials[0].options.labels,
    steps: trials[0].options.steps,
    quantities: summariesOf(results, trials, names),
  }));
  const text = [
    `${task} after ${steps.toLocaleString("en")} steps, ${seeds} seed${seeds === 1 ? "" : "s"}: labels from which on ` +
      `the final agent reaches ${what} per episode.${missingText(results, all)}`,
    "",
    markdownTable(
      ["head start", "all seeds", "most seeds"],
      needed.map(({ start, bySeeds }) => [start, labelsText(bySeeds.all), labelsText(bySeeds.most)]),
    ),
    "",
    "Mean ± standard deviation over the seeds:",
    "",
    markdownTable(
      ["head start", "labels", `seeds with ${what}`, ...names.map(wordsOf), `${wordsOf(first)}, seed by seed`],
      summed.map(({ start, labels, reached, quantities }) => [
        start,
        labels.toLocaleString("en"),
        `${reached} of ${quantities[first]?.values.length ?? 0}`,
        ...names.map((name) => summaryText(quantities[name])),
        seedsText(quantities[first]),
      ]),
    ),
    ...(given.length === 0
      ? []
      : [
          "",
          "What the head starts come from; its labels are not among those above:",
          "",
          markdownTable(
            ["source", "labels", "steps", ...names.map(wordsOf), `${wordsOf(first)}, seed by seed`],
            given.map(({ source, labels, steps, quantities }) => [
              source,
              labels.toLocaleString("en"),
              steps.toLocaleString("en"),
              ...names.map((name) => summaryText(quantities[name])),
              seedsText(quantities[first]),
            ]),
          ),
        ]),
    "",
  ].join("\n");
  const table = { task, steps, seeds, target, measure: first, needed, rows: summed, sources: given };
  return reportOf(text, table, [["table.svg", chart(task, first, target, starts, summed)]]);
}

/** The least number of labels that is enough, and all larger ones that were tried too. @param rows in rising order */
function leastLabels(rows: readonly Row[], enough: number): number | null {
  let least: number | null = null;
  for (const { labels, reached } of rows.toReversed()) {
    if (reached < enough) break;
    least = labels;
  }
  return least;
}

function labelsText(labels: number | null): string {
  return labels === null ? "–" : labels.toLocaleString("en");
}

function chart(
  task: string,
  quantity: string,
  target: number,
  starts: readonly HeadStartGiven[],
  rows: readonly Row[],
): string {
  const lines = starts.map(({ name }): Series => {
    const points = rows
      .filter(({ start }) => start === name)
      .flatMap(({ labels, quantities }) =>
        (quantities[quantity]?.values ?? []).map((y) => ({ group: labels, x: labels, y })),
      );
    // A head start keeps its colour whichever others are shown.
    return {
      label: name,
      colour: colourOf(headStarts.findIndex((known) => known.name === name)),
      points: bandOf(points),
    };
  });
  const labels = [...new Set(rows.map((row) => row.labels))];
  const wanted: Series = {
    label: "wanted",
    colour: "#000000",
    dashed: true,
    points: labels.map((x) => ({ x, mean: target, low: target, high: target })),
  };
  return drawPanels([{ title: task, series: [...lines, wanted] }], { x: "labels", y: wordsOf(quantity), dots: true });
}
