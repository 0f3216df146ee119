// A run as `heed runs` and `heed show` tell of it.
import { fileURLToPath } from "node:url";
import type { Run } from "../store/store.ts";
import { flatEvaluation } from "./evaluation.ts";

/** The JSON line of a run. */
export function runEvent(run: Run): object {
  const { id, name, task, options, status, created, heedVersion, holder, evaluation } = run;
  return {
    event: "run",
    run: id,
    name,
    task,
    phase: status.phase,
    labels: status.labels,
    steps: status.steps,
    waitingFor: status.waitingFor,
    options,
    created: created.toISOString(),
    heedVersion,
    processId: holder?.processId ?? null,
    address: holder?.address ?? null,
    evaluation: evaluation === null ? null : flatEvaluation(evaluation),
  };
}

/** Rows in columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A task's reference as a person would write it. */
export function taskText(reference: string): string {
  return reference.startsWith("file:") ? fileURLToPath(reference) : reference;
}

/** `2026-11-23 12:05` in the time of this machine. */
export function timeText(time: Date): string {
  const padded = (value: number): string => String(value).padStart(2, "0");
  const day = `${time.getFullYear()}-${padded(time.getMonth() + 1)}-${padded(time.getDate())}`;
  return `${day} ${padded(time.getHours())}:${padded(time.getMinutes())}`;
}
