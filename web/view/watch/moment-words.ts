// What the page says about a moment of the agent's history.
import { measureText } from "../measures.ts";
import { shortNumber } from "../words.ts";
import type { Moment } from "./history.ts";

/** How far the run had come, such as "30 %". The untrained agent stands at its beginning. */
export function shareOfRun({ steps }: Pick<Moment, "steps">, stepsWanted: number): string {
  return `${Math.min(100, Math.round((100 * steps) / Math.max(1, stepsWanted)))} %`;
}

/** "0.4 backflips"; where a task measures several things, all of them. Empty where it measures nothing. */
export function measureWords(measures: Moment["measures"]): string {
  return Object.entries(measures)
    .map(([name, value]) => measureText(name, Math.round(value * 10) / 10))
    .join(", ");
}

/** "30 % of the run, 300 k steps, 120 answers, 0.4 backflips". */
export function momentWords(moment: Moment, stepsWanted: number): string {
  const { steps, labels } = moment;
  const when =
    steps === 0
      ? ["Untrained"]
      : [
          `${shareOfRun(moment, stepsWanted)} of the run`,
          `${shortNumber(steps)} steps`,
          `${labels.toLocaleString("en")} ${labels === 1 ? "answer" : "answers"}`,
        ];
  return [...when, measureWords(moment.measures)].filter((part) => part !== "").join(", ");
}
