// Threads that compute in step: a barrier, and sums over all members that come out the same on every one of them.

/** How often a member looks again before it sleeps. Most waits are shorter than waking up would take. */
const SPINS = 20_000;
const ARRIVED = 0;
const GENERATION = 1;
const CONTROL_BYTES = 64;

/** One thread's place in a team of `size` threads that share `buffer`. */
export class Team {
  readonly index: number;
  readonly size: number;
  /** Most numbers that one `sum` takes. */
  readonly width: number;
  readonly #control: Int32Array;
  readonly #slots: Float64Array;
  #bank = 0;

  /** @param buffer of `Team.bytes(size, width)`, zeroed, the same for all members. */
  constructor(buffer: SharedArrayBuffer, index: number, size: number) {
    this.index = index;
    this.size = size;
    this.width = (buffer.byteLength - CONTROL_BYTES) / (2 * size * 8);
    this.#control = new Int32Array(buffer, 0, CONTROL_BYTES / 4);
    this.#slots = new Float64Array(buffer, CONTROL_BYTES);
  }

  /** Bytes that a team of `size` shares, if its sums are of at most `width` numbers. */
  static bytes(size: number, width: number): number {
    return CONTROL_BYTES + 2 * size * width * 8;
  }

  /** Returns when every member has called it. What a member wrote before it, all can read after it. */
  barrier(): void {
    if (this.size === 1) return;
    const control = this.#control;
    const generation = Atomics.load(control, GENERATION);
    if (Atomics.add(control, ARRIVED, 1) === this.size - 1) {
      Atomics.store(control, ARRIVED, 0);
      Atomics.add(control, GENERATION, 1);
      Atomics.notify(control, GENERATION);
      return;
    }
    for (let spin = 0; spin < SPINS; spin++) {
      if (Atomics.load(control, GENERATION) !== generation) return;
    }
    while (Atomics.load(control, GENERATION) === generation) Atomics.wait(control, GENERATION, generation);
  }

  /**
   * Replaces each of the first `count` values (at most `width`) by its sum over the members, added up in the order
   * of the members, so that all get the same bits. Contains one barrier.
   */
  sum(values: Float64Array, count = values.length): void {
    if (this.size === 1) return;
    if (count > this.width) throw new RangeError(`This team sums at most ${this.width} numbers at once, not ${count}.`);
    const slots = this.#slots;
    // Two banks in turn: nobody can be two sums ahead, so nobody overwrites what another still reads.
    const bank = this.#bank * this.size * this.width;
    this.#bank = 1 - this.#bank;
    const own = bank + this.index * this.width;
    for (let i = 0; i < count; i++) slots[own + i] = values[i];
    this.barrier();
    for (let i = 0; i < count; i++) {
      let total = 0;
      for (let member = 0; member < this.size; member++) total += slots[bank + member * this.width + i];
      values[i] = total;
    }
  }
}
