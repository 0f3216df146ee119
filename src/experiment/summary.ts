// What trials that differ in nothing but their seed say together.
import { mean, sampleStandardDeviation } from "simple-statistics";

export interface Summary {
  readonly mean: number;
  /** Sample standard deviation over the seeds; null where there is one seed. */
  readonly deviation: number | null;
  /** One value per seed, in the order of the seeds. */
  readonly values: readonly number[];
}

/** Null where there are no values. */
export function summarise(values: readonly number[]): Summary | null {
  if (values.length === 0) return null;
  return {
    mean: mean([...values]),
    deviation: values.length > 1 ? sampleStandardDeviation([...values]) : null,
    values,
  };
}

/** `2,950 ± 120`, with as many digits as the larger of the two deserves; a dash where there is nothing. */
export function summaryText(summary: Summary | null, digits = digitsFor(summary)): string {
  if (summary === null) return "–";
  const { mean, deviation } = summary;
  return deviation === null
    ? numberText(mean, digits)
    : `${numberText(mean, digits)} ± ${numberText(deviation, digits)}`;
}

/** `5.10; 5.20`: every value, in the order of the seeds. */
export function seedsText(summary: Summary | null): string {
  return (summary?.values ?? []).map((value) => numberText(value, Math.abs(value) < 100 ? 2 : 0)).join("; ");
}

export function numberText(value: number, digits: number): string {
  const text = value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  // A minus sign is as wide as a plus; "-0" says nothing.
  return /^-[0.,]*$/.test(text) ? text.slice(1) : text.replace("-", "−");
}

function digitsFor(summary: Summary | null): number {
  const size = Math.max(Math.abs(summary?.mean ?? 0), summary?.deviation ?? 0);
  return size >= 100 ? 0 : size >= 10 ? 1 : 2;
}

/** Rows of a Markdown table under their heads. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}
