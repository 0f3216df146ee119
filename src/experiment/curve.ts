// A learning curve that is short enough to keep.
import type { Metrics } from "../training/journal.ts";
import type { TrialOutcome } from "./trial.ts";

export type CurvePoint = TrialOutcome["curve"][number];

/** Points of a curve at most. */
const POINTS = 100;
/** Digits that are kept of a return. */
const DIGITS = 6;

/** Averages true returns over equal stretches of a run. */
export class Curve {
  readonly #steps: number;
  readonly #stretches = new Map<number, { steps: number; labels: number; sum: number; lines: number }>();

  /** @param steps of the whole run */
  constructor(steps: number) {
    this.#steps = steps;
  }

  /** Lines come in the order of their steps. Those without a true return are left out. */
  add({ steps, labels, trueReturn }: Pick<Metrics, "steps" | "labels" | "trueReturn">): void {
    if (trueReturn === null) return;
    const stretch = stretchOf(steps, this.#steps);
    const { sum, lines } = this.#stretches.get(stretch) ?? { sum: 0, lines: 0 };
    this.#stretches.set(stretch, { steps, labels, sum: sum + trueReturn, lines: lines + 1 });
  }

  points(): CurvePoint[] {
    return [...this.#stretches.values()].map(({ steps, labels, sum, lines }) => [
      steps,
      labels,
      Number((sum / lines).toPrecision(DIGITS)),
    ]);
  }
}

/** Which of the stretches of a run of `all` steps a step is in: 0 to 99. The last rollout may go beyond the end. */
export function stretchOf(step: number, all: number): number {
  return Math.max(0, Math.min(POINTS - 1, Math.ceil((step * POINTS) / all) - 1));
}
