// The progress line of a cross-validation: models trained so far, and how long the rest will take.
import type { TextStream } from "./output.ts";
import { duration } from "./progress.ts";

/** Milliseconds between two lines where a line cannot be rewritten. */
const LINE_EVERY = 5_000;

export class FitProgress {
  readonly #models: number;
  readonly #stream: TextStream;
  readonly #now: () => number;
  readonly #beganAt: number;
  #writtenAt: number;
  #drawn = false;

  /**
   * @param models to be trained in all
   * @param now milliseconds of any steady clock
   */
  constructor(models: number, stream: TextStream, now: () => number = () => performance.now()) {
    this.#models = models;
    this.#stream = stream;
    this.#now = now;
    this.#beganAt = now();
    this.#writtenAt = this.#beganAt;
  }

  /** @param done models trained so far, 1 or more */
  show(done: number): void {
    const now = this.#now();
    const left = ((now - this.#beganAt) / 1000) * (this.#models / done - 1);
    const text = `models ${done}/${this.#models} · ${duration(left)} left`;
    if (this.#stream.isTTY === true) {
      this.#stream.write(`\r\u001b[K${text}`);
      this.#drawn = true;
    } else if (now - this.#writtenAt >= LINE_EVERY) {
      this.#writtenAt = now;
      this.#stream.write(`${text}\n`);
    }
  }

  /** Removes a rewritten line, so that something else can be written. */
  clear(): void {
    if (this.#drawn) this.#stream.write("\r\u001b[K");
    this.#drawn = false;
  }
}
