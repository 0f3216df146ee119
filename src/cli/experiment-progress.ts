// The progress line of an experiment: a bar of its trials, how fast they go, and how long the rest will take.
import type { RunProgress } from "../experiment/runner.ts";
import type { TextStream } from "./output.ts";
import { duration } from "./progress.ts";
import { ProgressLine } from "./progress-line.ts";

/** Milliseconds between two lines where a line cannot be rewritten. */
const LINE_EVERY = 30_000;
const BAR = 20;

const count = new Intl.NumberFormat("en-GB");

/** @param seconds since this process began with the trials */
export function experimentProgressText(progress: RunProgress, seconds: number): string {
  const { trials, finished, failed, stepsTaken, stepsLeft } = progress;
  const filled = trials === 0 ? BAR : Math.floor((BAR * finished) / trials);
  const parts = [`${"█".repeat(filled)}${"░".repeat(BAR - filled)} ${finished}/${trials} trials`];
  if (failed > 0) parts.push(`${failed} failed`);
  const rate = stepsTaken / seconds;
  if (stepsTaken > 0 && seconds > 0) parts.push(`${count.format(Math.round(rate))} steps/s`);
  if (stepsTaken > 0 && stepsLeft > 0) parts.push(`${duration(stepsLeft / rate)} left`);
  return parts.join(" · ");
}

/** Writes the line: on a terminal one that is rewritten, elsewhere a new one every half minute. */
export class ExperimentProgress {
  readonly #line: ProgressLine;
  readonly #now: () => number;
  #beganAt: number | null = null;

  /** @param now milliseconds of any steady clock */
  constructor(stream: TextStream, now: () => number = () => performance.now()) {
    this.#line = new ProgressLine(stream, LINE_EVERY, now);
    this.#now = now;
  }

  show(progress: RunProgress): void {
    const now = this.#now();
    this.#beganAt ??= now;
    this.#line.write(experimentProgressText(progress, (now - this.#beganAt) / 1000));
  }

  /** Removes a rewritten line, so that something else can be written. */
  clear(): void {
    this.#line.clear();
  }
}
