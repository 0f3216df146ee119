// What trials measure, by name: a task's own measures, such as `backflips`, and the true return.
import { summarise, type Summary } from "./summary.ts";
import type { Trial, TrialResult } from "./trial.ts";

type Results = ReadonlyMap<string, TrialResult>;
type Keyed = Pick<Trial, "key">;

/** What these trials measured, the task's own measures first. At least `trueReturn`. */
export function quantitiesOf(results: Results, trials: readonly Keyed[]): string[] {
  const some = trials.find(({ key }) => results.has(key));
  const measures = some === undefined ? {} : (results.get(some.key)?.evaluation.measures ?? {});
  return [...Object.keys(measures), "trueReturn"];
}

/** The values of those trials that are finished, in their order. */
export function valuesOf(results: Results, trials: readonly Keyed[], quantity: string): number[] {
  return trials.flatMap(({ key }) => {
    const evaluation = results.get(key)?.evaluation;
    if (evaluation === undefined) return [];
    return (quantity === "trueReturn" ? evaluation.trueReturn : evaluation.measures[quantity]) ?? [];
  });
}

/** Every quantity over the trials; null where nothing is known yet. */
export function summariesOf(
  results: Results,
  trials: readonly Keyed[],
  quantities: readonly string[],
): Record<string, Summary | null> {
  return Object.fromEntries(quantities.map((name) => [name, summarise(valuesOf(results, trials, name))]));
}

/** `trueReturn` is "true return". */
export function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

/** ` 3 of 10 trials are in.`; nothing where all are. */
export function missingText(results: Results, trials: readonly Keyed[]): string {
  const finished = trials.filter(({ key }) => results.has(key)).length;
  return finished === trials.length ? "" : ` ${finished} of ${trials.length} trials are in.`;
}
