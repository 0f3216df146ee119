// Where a trace's line runs.

export interface TracePath {
  /** For the attribute `d` of an SVG path. */
  readonly path: string;
  /** Height of nought, from the top. */
  readonly zero: number;
  readonly low: number;
  readonly high: number;
}

/** Kept free above and below the line, so that its ends can be seen. */
const MARGIN = 3;

/** A line through `values`, evenly spaced over `width`, with nought among the heights. */
export function tracePath(values: readonly number[], width: number, height: number): TracePath {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const bottom = Math.min(0, low);
  const span = Math.max(0, high) - bottom || 1;
  const y = (value: number): number => height - MARGIN - ((value - bottom) / span) * (height - 2 * MARGIN);
  const x = (index: number): number => (values.length === 1 ? width / 2 : (index * width) / (values.length - 1));
  const points = values.map((value, index) => `${x(index).toFixed(1)} ${y(value).toFixed(1)}`);
  return { path: `M${points.join("L")}`, zero: y(0), low, high };
}
