// The arithmetic of the paper's table: returns on a scale where the true reward's agent is 1 and an untrained one 0.
import type { Column, Place, PlacedTrial } from "./paper-table.ts";
import { summarise, type Summary } from "./summary.ts";
import type { TrialResult } from "./trial.ts";

/** What a return is worth: (return − untrained) / (true reward − untrained). */
export interface Scale {
  readonly untrained: number;
  readonly trueReward: number;
}

export interface ColumnOfTask extends Column {
  readonly return: Summary | null;
  readonly score: Summary | null;
}

export interface RowOfTask {
  readonly task: string;
  readonly untrained: Summary | null;
  readonly trueReward: Summary | null;
  readonly columns: readonly ColumnOfTask[];
}

export interface Average extends Column {
  /** Mean over the tasks of the tasks' mean scores, and the lowest of these; null where a task is missing. */
  readonly score: number | null;
  readonly lowest: number | null;
}

/** Returns may be negative, so they are counted from what an agent gets that has learned nothing. */
export function scoreOf(value: number, { untrained, trueReward }: Scale): number {
  return (value - untrained) / (trueReward - untrained);
}

/** Null where the two ends are not known yet, or where learning from the true reward did no better than nothing. */
export function scaleOf({ untrained, trueReward }: Pick<RowOfTask, "untrained" | "trueReward">): Scale | null {
  if (untrained === null || trueReward === null || trueReward.mean <= untrained.mean) return null;
  return { untrained: untrained.mean, trueReward: trueReward.mean };
}

export function rowOf(
  task: string,
  columns: readonly Column[],
  placed: readonly PlacedTrial[],
  results: ReadonlyMap<string, TrialResult>,
): RowOfTask {
  const returns = (fits: (place: Place) => boolean): Summary | null =>
    summarise(
      placed.flatMap(({ trial, place }) => {
        const value = results.get(trial.key)?.evaluation.trueReturn ?? null;
        return value !== null && place.task === task && fits(place) ? [value] : [];
      }),
    );
  const untrained = returns(({ kind }) => kind === "untrained");
  const trueReward = returns(({ kind }) => kind === "true-reward");
  const scale = scaleOf({ untrained, trueReward });
  return {
    task,
    untrained,
    trueReward,
    columns: columns.map((column) => {
      const summary = returns((place) => isIn(place, column));
      const score = scale === null ? null : summarise((summary?.values ?? []).map((value) => scoreOf(value, scale)));
      return { ...column, return: summary, score };
    }),
  };
}

/** Whether a trial belongs to the column. */
export function isIn(place: Place, { labels, variant }: Column): boolean {
  return place.kind === "labels" && place.labels === labels && place.variant === variant;
}

export function averageOf(column: number, rows: readonly RowOfTask[]): Average {
  const { labels, variant } = rows[0].columns[column];
  const scores = rows.map(({ columns }) => columns[column].score?.mean ?? null);
  const known = scores.filter((score) => score !== null);
  const all = known.length === rows.length;
  return {
    labels,
    variant,
    score: all ? (summarise(known)?.mean ?? null) : null,
    lowest: all ? Math.min(...known) : null,
  };
}
