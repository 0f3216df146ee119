// An evaluation as results show it.
import type { Evaluation } from "../training/journal.ts";

/** `{ episodes, trueReturn, backflips, … }`: the task's measures beside the true return. */
export function flatEvaluation({ episodes, trueReturn, measures }: Evaluation): Record<string, number | null> {
  return { episodes, trueReturn, ...measures };
}

export function evaluationText({ episodes, trueReturn, measures }: Evaluation): string {
  const values = Object.entries({ ...measures, ...(trueReturn === null ? {} : { "true return": trueReturn }) });
  const shown = values.map(([name, value]) => `${name} ${value.toFixed(2)}`).join(", ");
  return `Mean over ${episodes} episodes: ${shown === "" ? "nothing to measure" : shown}.`;
}
