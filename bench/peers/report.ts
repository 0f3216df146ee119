// What was found as a table in Markdown, and its place in a document that people write the rest of.
import { ratios, type Comparison, type Findings } from "./comparison.ts";
import { spread } from "./statistics.ts";

/** The comparisons as a table, with the medians of both sides, the ratio with its spread, and what it is to reach. */
export function table(comparisons: readonly Comparison[]): string {
  const head = ["what", "heed", "peer", "", "times as good", "to reach"];
  const rows = comparisons.map((comparison) => {
    const { what, unit, peer, target, heed, theirs } = comparison;
    const { median, lowest, highest } = spread(ratios(comparison));
    const ratio = `${figure(median)} (${figure(lowest)} to ${figure(highest)})`;
    const sides = [heed, theirs].map((values) => `${figure(spread(values).median)} ${unit}`);
    return [what, sides[0], peer, sides[1], ratio, target === null ? "" : figure(target)];
  });
  return markdownTable([head, ...rows]);
}

/** Rows of equal length, the first of them the heading, with columns as wide as their widest cell. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  const [head, ...body] = rows.map(line);
  return [head, rule, ...body].join("\n");
}

/** A whole number from a hundred on, three significant digits below. */
export function figure(value: number): string {
  const shown = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return shown.toLocaleString("en", { maximumSignificantDigits: 21 });
}

/** What stands in the document for a part. */
export function section(title: string, { comparisons, notes }: Findings, repetitions: number): string {
  const said = `Medians of ${repetitions} interleaved repetitions; in brackets the least and the greatest.`;
  return [`### ${title}`, table(comparisons), [said, ...notes].join(" ")].join("\n\n");
}

/**
 * The document with the text between two marker comments replaced.
 * @throws Error where the markers are not both there, in order
 */
export function replaceBetween(document: string, name: string, text: string): string {
  const begin = `<!-- ${name}: written by npm run bench:peers -->`;
  const end = `<!-- end of ${name} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(`The document has no place for ${name}; the lines "${begin}" and "${end}" were expected.`);
  }
  return `${document.slice(0, from + begin.length)}\n\n${text}\n\n${document.slice(to)}`;
}
