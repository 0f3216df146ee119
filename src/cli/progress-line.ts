// A line that says how far something is: rewritten on a terminal, and elsewhere written anew every so often.
import type { TextStream } from "./output.ts";

const ERASE = "\r\u001b[K";

export class ProgressLine {
  readonly #stream: TextStream;
  readonly #lineEvery: number;
  readonly #now: () => number;
  #writtenAt: number;
  #drawn = false;

  /**
   * @param lineEvery milliseconds between two lines where a line cannot be rewritten; the first may come at once
   * @param now milliseconds of any steady clock
   */
  constructor(stream: TextStream, lineEvery: number, now: () => number) {
    this.#stream = stream;
    this.#lineEvery = lineEvery;
    this.#now = now;
    this.#writtenAt = -Infinity;
  }

  /** @param urgent whether it is written at once where a line cannot be rewritten */
  write(text: string, urgent = false): void {
    if (this.#stream.isTTY === true) {
      // A line that wraps cannot be rewritten. Terminals that do not know their width say 0.
      this.#stream.write(`${ERASE}${text.slice(0, Math.max(20, (this.#stream.columns || 80) - 1))}`);
      this.#drawn = true;
      return;
    }
    const now = this.#now();
    if (!urgent && now - this.#writtenAt < this.#lineEvery) return;
    this.#writtenAt = now;
    this.#stream.write(`${text}\n`);
  }

  /** Removes a rewritten line, so that something else can be written. */
  clear(): void {
    if (this.#drawn) this.#stream.write(ERASE);
    this.#drawn = false;
  }
}
