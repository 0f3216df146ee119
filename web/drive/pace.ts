// Turns the page's clock into whole steps of a world, whatever the rate at which the page is drawn.

/** Time that is made up for at most, in milliseconds: after a stutter the world goes on, and does not leap. */
const MOST_MILLISECONDS = 100;

export class Pace {
  /** Simulated seconds per second. */
  speed = 1;
  readonly #stepMilliseconds: number;
  #last: number | null = null;
  #owed = 0;

  /** @param stepSeconds simulated seconds per step */
  constructor(stepSeconds: number) {
    this.#stepMilliseconds = stepSeconds * 1_000;
  }

  /** Steps that are due at `now`, in milliseconds of the page's clock. Whoever asks takes them. */
  due(now: number): number {
    const passed = this.#last === null ? 0 : Math.min(MOST_MILLISECONDS, Math.max(0, now - this.#last));
    this.#last = now;
    this.#owed += (passed * this.speed) / this.#stepMilliseconds;
    // A sum of many small times may fall short of a whole step by a rounding error.
    const steps = Math.floor(this.#owed + 1e-6);
    this.#owed = Math.max(0, this.#owed - steps);
    return steps;
  }

  /** How far the next step has come, 0 to 1: where between two steps the picture belongs. */
  get fraction(): number {
    return Math.min(1, this.#owed);
  }

  /** Forgets the time that has passed, such as while the world was paused. */
  rest(): void {
    this.#last = null;
    this.#owed = 0;
  }
}
