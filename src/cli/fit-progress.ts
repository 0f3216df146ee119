// The progress line of a cross-validation: models trained so far, and how long the rest will take.
import type { TextStream } from "./output.ts";
import { duration } from "./progress.ts";
import { ProgressLine } from "./progress-line.ts";

/** Milliseconds between two lines where a line cannot be rewritten. */
const LINE_EVERY = 5_000;

export class FitProgress {
  readonly #models: number;
  readonly #line: ProgressLine;
  readonly #now: () => number;
  readonly #beganAt: number;

  /**
   * @param models to be trained in all
   * @param now milliseconds of any steady clock
   */
  constructor(models: number, stream: TextStream, now: () => number = () => performance.now()) {
    this.#models = models;
    this.#line = new ProgressLine(stream, LINE_EVERY, now);
    this.#now = now;
    this.#beganAt = now();
  }

  /** @param done models trained so far, 1 or more */
  show(done: number): void {
    const left = ((this.#now() - this.#beganAt) / 1000) * (this.#models / done - 1);
    this.#line.write(`models ${done}/${this.#models} · ${duration(left)} left`);
  }

  /** Removes a rewritten line, so that something else can be written. */
  clear(): void {
    this.#line.clear();
  }
}
