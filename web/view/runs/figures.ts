// The key figures of runs, side by side.
import type { MetricsView } from "../../../src/server/api.ts";
import type { RunSummary } from "../../../src/server/runs-api.ts";
import { PHASES, shortNumber } from "../words.ts";
import { labelOf } from "./fields.ts";
import { labelsText, outcomeText, stepsText } from "./run-words.ts";

export interface Figure {
  readonly title: string;
  /** One per run; a dash where there is none. */
  readonly values: readonly string[];
}

type Line = MetricsView["metrics"][number];

/**
 * How far each run is, how good it is, and the options in which they differ.
 * @param lines the learning curves of each run, oldest line first
 */
export function figuresOf(runs: readonly RunSummary[], lines: readonly (readonly Line[])[]): readonly Figure[] {
  const last = lines.map((own) => own.at(-1));
  const reading = (write: (line: Line) => string | null): string[] =>
    last.map((line) => (line === undefined ? null : write(line)) ?? "–");
  return [
    { title: "Phase", values: runs.map(({ status }) => PHASES[status.phase]) },
    { title: "Answers", values: runs.map(labelsText) },
    { title: "Steps", values: runs.map(stepsText) },
    { title: "Measured at the end", values: runs.map(outcomeText) },
    { title: "Predicted reward", values: reading(({ predictedReward }) => predictedReward?.toFixed(2) ?? null) },
    {
      title: "Reward model accuracy",
      values: reading(({ rewardAccuracy }) =>
        rewardAccuracy === null ? null : `${Math.round(100 * rewardAccuracy)} %`,
      ),
    },
    {
      title: "Steps per answer",
      values: reading(({ steps, labels }) => (labels === 0 ? null : shortNumber(steps / labels))),
    },
    ...differences(runs),
  ];
}

/** Options that are told above already. */
const TOLD: readonly string[] = ["labels", "steps"];

function differences(runs: readonly RunSummary[]): Figure[] {
  const options = runs.map((run): Readonly<Record<string, unknown>> => ({ ...run.options }));
  const names = [...new Set(options.flatMap((own) => Object.keys(own)))].filter((name) => !TOLD.includes(name));
  return names
    .map((name) => ({ title: labelOf(name), values: options.map((own) => String(own[name] ?? "–")) }))
    .filter(({ values }) => new Set(values).size > 1);
}
