// How the list of runs writes what is in it.
import type { RunSummary } from "../../../src/server/runs-api.ts";
import { measureText } from "../measures.ts";
import { shortNumber } from "../words.ts";

/** `12 of 300`; a dash where nobody is asked. */
export function labelsText({ options, status }: RunSummary): string {
  return options.labels === 0 ? "–" : `${count(status.labels)} of ${count(options.labels)}`;
}

export function stepsText({ options, status }: RunSummary): string {
  return `${shortNumber(status.steps)} of ${shortNumber(options.steps)}`;
}

/** What the task measures at the end, such as "3.5 backflips"; a dash where there is no evaluation yet. */
export function outcomeText({ evaluation }: RunSummary): string {
  if (evaluation === null) return "–";
  const [first] = Object.entries(evaluation.measures);
  if (first !== undefined) return measureText(...first);
  return evaluation.trueReturn === null ? "–" : `${shortNumber(evaluation.trueReturn)} true return`;
}

const day = new Intl.DateTimeFormat("en", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** @param time ISO 8601 */
export function timeText(time: string): string {
  return day.format(new Date(time));
}

/** By whom an agent is taught. */
export const TEACHERS: Readonly<Record<RunSummary["options"]["teacher"], string>> = {
  person: "people",
  simulated: "a simulated teacher",
  none: "the true reward",
};

function count(value: number): string {
  return value.toLocaleString("en");
}
