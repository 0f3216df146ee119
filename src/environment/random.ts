// The one source of randomness: small, fast, seeded, and able to go on from where it was.

const UNIT = 2 ** -32;
/** Numbers that `Random.write` writes. */
export const STATE_WORDS = 8;

/**
 * A generator of pseudorandom numbers, sfc32 of PractRand by Chris Doty-Humphrey: 128 bits of state, of which 32 count,
 * so that it repeats itself only after 2^32 numbers at the very least and after about 2^127 on average. Not for secrets.
 */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  /**
   * The same seed gives the same numbers; neighbouring seeds give unrelated ones.
   * @param seed an integer, 0 to 2^53 - 1. RangeError for any other number.
   */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`A seed is an integer from 0 to 2^53 - 1, not ${seed}.`);
    }
    this.#a = seed | 0;
    this.#b = Math.floor(seed * UNIT) | 0;
    // The seed reaches every bit of the state after about a dozen numbers.
    for (let i = 0; i < 16; i++) this.#next();
  }

  /** A uniform number, 0 <= x < 1, in steps of 2^-32. */
  float(): number {
    return this.#next() * UNIT;
  }

  /** A standard normal number, by Box and Muller's transform. */
  normal(): number {
    // 1 - float() is never 0, so the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - this.float()));
    return radius * Math.cos(2 * Math.PI * this.float());
  }

  /**
   * A uniform integer, 0 <= i < n, for n from 1 to 2^32; no value is more likely than another by over n / 2^32.
   * RangeError for any other n.
   */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
      throw new RangeError(`The number of choices is an integer from 1 to 2^32, not ${n}.`);
    }
    return Math.floor(this.float() * n);
  }

  /** Four integers from which `Random.from` goes on with the numbers that would have come next. */
  state(): number[] {
    return [this.#a, this.#b, this.#c, this.#counter];
  }

  /** The generator whose `state()` this was. RangeError where it cannot have been one. */
  static from(state: readonly number[]): Random {
    if (state.length !== 4 || !state.every((word) => Number.isInteger(word) && word === (word | 0))) {
      throw new RangeError(`The state of a Random is four 32-bit integers, not [${state.join(", ")}].`);
    }
    const random = new Random(0);
    random.#a = state[0];
    random.#b = state[1];
    random.#c = state[2];
    random.#counter = state[3];
    return random;
  }

  /**
   * Writes the state as `STATE_WORDS` integers of 16 bits, which arrays of any floats hold exactly. Allocates nothing.
   * @param at where in `out` the first goes
   */
  write(out: Float32Array | Float64Array, at: number): void {
    for (let i = 0; i < STATE_WORDS / 2; i++) {
      const word = i === 0 ? this.#a : i === 1 ? this.#b : i === 2 ? this.#c : this.#counter;
      out[at + 2 * i] = word & 0xffff;
      out[at + 2 * i + 1] = word >>> 16;
    }
  }

  /** The generator that wrote its state there. RangeError where that cannot be a state. */
  static read(from: Float32Array | Float64Array, at: number): Random {
    return Random.from(
      Array.from({ length: STATE_WORDS / 2 }, (_, i) => {
        const [low, high] = from.subarray(at + 2 * i, at + 2 * i + 2);
        return low === (low & 0xffff) && high === (high & 0xffff) ? low | (high << 16) : NaN;
      }),
    );
  }

  #next(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }
}
