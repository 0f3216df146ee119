// Learning curves of either side, and what is read from a pair of them.
import Type, { type Static } from "typebox";

/** A line of a curve: what the episodes that ended since the line before earned on average, if any did. */
export const CurveLine = Type.Object({
  steps: Type.Number(),
  /** Since the run began. */
  seconds: Type.Number(),
  trueReturn: Type.Union([Type.Number(), Type.Null()]),
});
export type CurveLine = Static<typeof CurveLine>;

/** The mean true return over the lines of the last tenth of a run, or NaN where no episode ended there. */
export function finalReturn(curve: readonly CurveLine[]): number {
  const last = curve[curve.length - 1]?.steps ?? 0;
  const returns = curve.filter(({ steps }) => steps > 0.9 * last).flatMap(({ trueReturn }) => trueReturn ?? []);
  return returns.reduce((sum, value) => sum + value, 0) / returns.length;
}

/** Seconds after which a curve is at this return or above for the first time; infinite where it never is. */
export function secondsTo(value: number, curve: readonly CurveLine[]): number {
  return curve.find(({ trueReturn }) => trueReturn !== null && trueReturn >= value)?.seconds ?? Infinity;
}

/** The highest return that both curves reach, so that both take a finite time to it. */
export function commonReturn(a: readonly CurveLine[], b: readonly CurveLine[]): number {
  const highest = (curve: readonly CurveLine[]) => Math.max(...curve.map((line) => line.trueReturn ?? -Infinity));
  return Math.min(highest(a), highest(b));
}
