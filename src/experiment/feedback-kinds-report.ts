// What was learned from so many minutes, as Markdown, as data and as charts.
import { bandOf, colourOf, drawPanels, type Series } from "./chart.ts";
import type { Report } from "./experiment.ts";
import { MIXTURE, type MinutesSpent, type MinutesTrials, type Mix } from "./feedback-kinds.ts";
import { missingText, quantitiesOf, summariesOf, wordsOf } from "./quantities.ts";
import { reportOf } from "./report.ts";
import { markdownTable, numberText, seedsText, summaryText, type Summary } from "./summary.ts";
import { timeCost, type TimeCost } from "./time-costs.ts";
import type { TrialResult } from "./trial.ts";

export interface FeedbackKinds {
  readonly steps: number;
  readonly seeds: number;
  readonly mixes: readonly Mix[];
  readonly rows: readonly MinutesTrials[];
}

interface Row extends MinutesSpent {
  /** The task's measures by name, and `trueReturn`. */
  readonly quantities: Readonly<Record<string, Summary | null>>;
}

export function reportFeedbackKinds(
  { steps, seeds, mixes, rows }: FeedbackKinds,
  results: ReadonlyMap<string, TrialResult>,
): Report {
  const all = rows.flatMap(({ trials }) => trials);
  const byTask = Map.groupBy(rows, ({ task }) => task);
  const tables = [...byTask].map(([task, here]) => {
    const names = quantitiesOf(
      results,
      here.flatMap(({ trials }) => trials),
    );
    const summed = here.map(({ trials, ...spent }): Row => ({
      ...spent,
      quantities: summariesOf(results, trials, names),
    }));
    return { task, names, rows: summed };
  });
  const costs = mixes
    .filter((mix) => mix !== MIXTURE)
    .map(({ name, kinds: [kind] }) => ({ kind: name, ...timeCost(kind) }));
  const text = [
    `What the final agent does per episode after ${steps.toLocaleString("en")} steps, by minutes of a person's time: ` +
      `mean ± standard deviation over ${seeds} seed${seeds === 1 ? "" : "s"}.${missingText(results, all)}`,
    ...tables.flatMap((table) => ["", `${table.task}:`, "", tableText(table)]),
    ...(costs.length === 0 ? [] : ["", "What an answer is taken to cost a person:", "", costsText(costs)]),
    "",
  ].join("\n");
  const table = { steps, seeds, rows: tables.flatMap(({ rows }) => rows), costs };
  // Returns and measures of several tasks have no scale in common.
  const charts = tables.flatMap(({ task, names, rows }) =>
    names.map((name) => [`${task}-${fileWord(name)}.svg`, chart(task, name, mixes, rows)] as const),
  );
  return reportOf(text, table, charts);
}

function tableText({ names, rows }: { readonly names: readonly string[]; readonly rows: readonly Row[] }): string {
  const [first] = names;
  return markdownTable(
    ["feedback", "minutes", "answers", ...names.map(wordsOf), `${wordsOf(first)}, seed by seed`],
    rows.map(({ mix, minutes, answers, quantities }) => [
      mix,
      String(minutes),
      answers.toLocaleString("en"),
      ...names.map((name) => summaryText(quantities[name])),
      seedsText(quantities[first]),
    ]),
  );
}

function costsText(costs: readonly ({ readonly kind: string } & TimeCost)[]): string {
  return markdownTable(
    ["feedback", "clips", "seconds of looking", "seconds of answering", "seconds per answer", "how it is answered"],
    costs.map(({ kind, clips, clipSeconds, looking, answering, seconds, source }) => [
      kind,
      `${clips} of ${clipSeconds} s`,
      numberText(looking, 1),
      numberText(answering, 1),
      numberText(seconds, 1),
      source,
    ]),
  );
}

function chart(task: string, quantity: string, mixes: readonly Mix[], rows: readonly Row[]): string {
  const series = mixes.map((mix): Series => {
    const points = rows
      .filter((row) => row.mix === mix.name)
      .flatMap(({ minutes, quantities }) =>
        (quantities[quantity]?.values ?? []).map((y) => ({ group: minutes, x: minutes, y })),
      );
    // A kind keeps its colour whichever others are shown.
    const colour = mix === MIXTURE ? "#000000" : colourOf(MIXTURE.kinds.indexOf(mix.kinds[0]));
    return { label: mix.name, colour, dashed: mix === MIXTURE, points: bandOf(points) };
  });
  return drawPanels([{ title: task, series }], { x: "minutes", y: wordsOf(quantity), dots: true });
}

/** `trueReturn` is `true-return`; any other character than a letter, a digit or a dash is left out. */
function fileWord(name: string): string {
  return wordsOf(name)
    .replaceAll(" ", "-")
    .replace(/[^\w-]/g, "");
}
