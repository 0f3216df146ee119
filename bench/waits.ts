// Many waits in a few figures.

export interface Waits {
  readonly median: number;
  /** 95th percentile. */
  readonly p95: number;
  readonly most: number;
}

/** @param waits in milliseconds, at least one; the figures are rounded to so many digits */
export function sumUpWaits(waits: readonly number[], digits = 0): Waits {
  const rising = waits.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Number(rising[Math.min(rising.length - 1, Math.floor(rising.length * share))].toFixed(digits));
  return { median: at(0.5), p95: at(0.95), most: at(1) };
}
