// What every experiment leaves beside its trials: the table for people, the same for programs, and charts.
import type { Report } from "./experiment.ts";

/** A report whose table is written under the name `stem`, as Markdown and as JSON. @param charts SVG by file name */
export function reportOf(
  text: string,
  table: object,
  charts: Iterable<readonly [file: string, svg: string]>,
  stem = "table",
): Report {
  const json = `${JSON.stringify(table, null, 2)}\n`;
  return { text, table, files: new Map([[`${stem}.md`, text], [`${stem}.json`, json], ...charts]) };
}
