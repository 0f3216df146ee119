// The progress line of an experiment: a bar of its trials, how fast they go, and how long the rest will take.
import type { RunProgress } from "../experiment/runner.ts";
import type { TextStream } from "./output.ts";
import { duration } from "./progress.ts";

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
  readonly #stream: TextStream;
  readonly #now: () => number;
  #beganAt: number | null = null;
  #writtenAt = -Infinity;
  #drawn = false;

  /** @param now milliseconds of any steady clock */
  constructor(stream: TextStream, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
  }

  show(progress: RunProgress): void {
    const now = this.#now();
    this.#beganAt ??= now;
    const text = experimentProgressText(progress, (now - this.#beganAt) / 1000);
    if (this.#stream.isTTY === true) {
      // A line that wraps cannot be rewritten.
      this.#stream.write(`\r\u001b[K${text.slice(0, Math.max(20, (this.#stream.columns ?? 80) - 1))}`);
      this.#drawn = true;
      return;
    }
    if (now - this.#writtenAt < LINE_EVERY) return;
    this.#writtenAt = now;
    this.#stream.write(`${text}\n`);
  }

  /** Removes a rewritten line, so that something else can be written. */
  clear(): void {
    if (this.#drawn) this.#stream.write("\r\u001b[K");
    this.#drawn = false;
  }
}
