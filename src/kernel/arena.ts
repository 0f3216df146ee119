// Hands out typed arrays from one stretch of shared memory.

/** Bytes at which every view starts: one cache line, so that no two threads' arrays share one. */
const ALIGNMENT = 64;

/**
 * Bytes at the end that are never handed out. The kernel reads whole vectors, up to 32 bytes past the last row of an
 * array, and ignores what it finds there; those reads must stay inside the memory.
 */
const SPARE = 64;

/**
 * A stretch of shared memory from which arrays are taken one after the other. Nothing is given back: an arena lives as
 * long as what was made from it. Threads that hold arenas over the same bytes and take the same arrays from them, in the
 * same order, see the same arrays. That is why taking one writes nothing: fresh memory holds zeros, and what another
 * thread has already put there stays.
 */
export class Arena {
  readonly buffer: SharedArrayBuffer;
  readonly #start: number;
  readonly #end: number;
  #next: number;

  /** @param start first byte of the stretch, a multiple of 64. @param bytes its length, more than 64. */
  constructor(buffer: SharedArrayBuffer, start: number, bytes: number) {
    if (!Number.isSafeInteger(start) || start < 0 || start % ALIGNMENT !== 0) {
      throw new RangeError(`An arena must start at a multiple of ${ALIGNMENT} bytes, not at ${start}.`);
    }
    if (!Number.isSafeInteger(bytes) || bytes <= SPARE || start + bytes > buffer.byteLength) {
      throw new RangeError(
        `An arena of ${bytes} bytes at ${start} does not fit: it needs more than ${SPARE} bytes, ` +
          `and the memory has ${buffer.byteLength}.`,
      );
    }
    this.buffer = buffer;
    this.#start = start;
    this.#end = start + bytes - SPARE;
    // Address 0 is left unused, because the kernel takes it to mean that there is no array.
    this.#next = start === 0 ? ALIGNMENT : start;
  }

  /** Bytes used so far. */
  get used(): number {
    return Math.min(this.#next, this.#end) - this.#start;
  }

  /** Bytes that can still be handed out. */
  get remaining(): number {
    return Math.max(0, this.#end - this.#next);
  }

  /** `length` numbers, zeros in fresh memory, at a multiple of 64 bytes. Throws a RangeError when the arena is full. */
  floats(length: number): Float32Array<SharedArrayBuffer> {
    return new Float32Array(this.buffer, this.#take(length, 4), length);
  }

  /** `length` numbers, zeros in fresh memory, at a multiple of 64 bytes. Throws a RangeError when the arena is full. */
  integers(length: number): Int32Array<SharedArrayBuffer> {
    return new Int32Array(this.buffer, this.#take(length, 4), length);
  }

  /** An arena of `bytes` bytes cut out of this one, for a part of the work or for another thread. */
  part(bytes: number): Arena {
    return new Arena(this.buffer, this.#take(bytes, 1), bytes);
  }

  #take(length: number, size: number): number {
    if (!Number.isSafeInteger(length) || length < 0) {
      throw new RangeError(`An array's length must be a whole number, at least 0, not ${length}.`);
    }
    const bytes = length * size;
    if (bytes > this.remaining) {
      throw new RangeError(
        `The arena is full: ${bytes} bytes were asked for and ${this.remaining} of its ` +
          `${this.#end - this.#start} remain. Make the memory or this thread's part of it larger.`,
      );
    }
    const address = this.#next;
    this.#next = address + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return address;
  }
}
