// When playbacks draw. All draw in the same frames of the page: putting a page together costs a browser without graphics
// card more than the clips do.
import type { Playback } from "./playback.ts";

/** Frames per second in which clips are drawn where there is no graphics card and training needs the cores. */
const SPARING_RATE = 15;

export class Ticking {
  /** Whether to draw seldomer, and leave the cores to training. */
  sparing = false;
  readonly #first: Playback;
  readonly #others: Set<Playback>;
  #last = -Infinity;

  /** The others stand still while `first` is about to show new clips, so that these are not kept waiting. */
  constructor(first: Playback, others: readonly Playback[]) {
    this.#first = first;
    this.#others = new Set(others);
  }

  /** Ticks this playback too, until the function that comes back is called. */
  add(playback: Playback): () => void {
    this.#others.add(playback);
    return () => void this.#others.delete(playback);
  }

  /** Ticks with every frame that the browser shows; it shows none while the page is hidden. */
  start(): void {
    requestAnimationFrame((now) => {
      // First of all, so that one fault does not stop all clips for good.
      this.start();
      this.tick(now);
    });
  }

  /** `now` in milliseconds of the page's clock. */
  tick(now: number): void {
    if (this.#first.showing) {
      this.#first.tick(now);
      return;
    }
    // Half a frame early is nearer than half a frame late.
    if (this.sparing && now - this.#last < 1_000 / SPARING_RATE - 8) return;
    this.#last = now;
    this.#first.tick(now);
    for (const playback of this.#others) playback.tick(now);
  }
}
