// Running mean and variance of vectors, and what they are kept for: bringing inputs to zero mean and unit variance.
import type { Tensor } from "./safetensors.ts";

/** Added to the variance before its root is taken, so that a number that never changes does not divide by zero. */
const EPSILON = 1e-8;

/**
 * Mean and variance per dimension of all rows seen, in double precision. Until the first row it changes nothing
 * (mean 0, variance 1). Parts counted separately, such as by several threads, merge exactly.
 */
export class Normaliser {
  /** Numbers in a row. */
  readonly size: number;
  /** Normalised numbers are clipped to ±clip. */
  readonly clip: number;
  readonly #mean: Float64Array;
  /** Sums of squared differences from the mean. */
  readonly #squares: Float64Array;
  readonly #partMean: Float64Array;
  readonly #partSquares: Float64Array;
  /** 1 / standard deviation, brought up to date after every change. */
  readonly #inverse: Float64Array;
  #count = 0;

  constructor(size: number, clip = 10) {
    if (!Number.isSafeInteger(size) || size < 1)
      throw new RangeError(`A row must have at least 1 number, not ${size}.`);
    if (!(clip > 0)) throw new RangeError(`Numbers must be clipped to a bound above 0, not ${clip}.`);
    this.size = size;
    this.clip = clip;
    this.#mean = new Float64Array(size);
    this.#squares = new Float64Array(size);
    this.#partMean = new Float64Array(size);
    this.#partSquares = new Float64Array(size);
    this.#inverse = new Float64Array(size).fill(1);
  }

  /** Rows seen. */
  get count(): number {
    return this.#count;
  }

  /** Mean of dimension `index`, 0 before the first row. */
  mean(index: number): number {
    return this.#mean[index];
  }

  /** Variance of dimension `index` over all rows seen, 1 before the first. */
  variance(index: number): number {
    return this.#count === 0 ? 1 : this.#squares[index] / this.#count;
  }

  /**
   * Counts the first `count` rows of `rows`, `[≥ count, size]` row-major. Throws a RangeError, and counts none of them,
   * if a number is not finite.
   */
  add(rows: Float32Array, count: number): void {
    const { size } = this;
    this.#checkRows(rows, count, "the rows to count");
    if (count === 0) return;
    for (let index = 0; index < size; index++) {
      let sum = 0;
      for (let at = index; at < count * size; at += size) sum += rows[at];
      if (!Number.isFinite(sum)) this.#refuse(rows, count);
      const mean = sum / count;
      let squares = 0;
      for (let at = index; at < count * size; at += size) squares += (rows[at] - mean) ** 2;
      this.#partMean[index] = mean;
      this.#partSquares[index] = squares;
    }
    this.#join(count, this.#partMean, this.#partSquares);
  }

  /** Counts all rows that `other` has counted. */
  merge(other: Normaliser): void {
    if (other.size !== this.size) {
      throw new RangeError(`Rows of ${other.size} numbers cannot be merged into rows of ${this.size}.`);
    }
    if (other.#count > 0) this.#join(other.#count, other.#mean, other.#squares);
  }

  /**
   * Writes to `target` the first `rows` rows of `source`, both `[≥ rows, size]` row-major, less the mean, over the
   * standard deviation, clipped. They may be the same array. Throws a RangeError if a number is not finite.
   */
  normalise(source: Float32Array, target: Float32Array, rows: number): void {
    this.#checkRows(source, rows, "the rows to normalise");
    this.#checkRows(target, rows, "the array for normalised rows");
    const { size, clip } = this;
    const mean = this.#mean;
    const inverse = this.#inverse;
    for (let at = 0, row = 0; row < rows; row++) {
      for (let index = 0; index < size; index++, at++) {
        const value = (source[at] - mean[index]) * inverse[index];
        if (!Number.isFinite(value)) this.#refuse(source, rows);
        target[at] = value > clip ? clip : value < -clip ? -clip : value;
      }
    }
  }

  /** All that must be kept to go on later: arrays named `<prefix>.count`, `.mean` and `.squares`. */
  toTensors(prefix: string): Map<string, Tensor> {
    const shape = [this.size];
    return new Map([
      [`${prefix}.count`, { shape: [1], data: Float64Array.of(this.#count) }],
      [`${prefix}.mean`, { shape, data: this.#mean.slice() }],
      [`${prefix}.squares`, { shape, data: this.#squares.slice() }],
    ]);
  }

  /** What `toTensors(prefix)` kept. Throws an Error if an array is missing or is not what it wrote. */
  static fromTensors(tensors: ReadonlyMap<string, Tensor>, prefix: string, clip?: number): Normaliser {
    const [count, mean, squares] = ["count", "mean", "squares"].map((name) => {
      const tensor = tensors.get(`${prefix}.${name}`);
      if (tensor === undefined) throw new Error(`A normaliser needs the array ${prefix}.${name}, which is missing.`);
      return tensor.data;
    });
    const normaliser = new Normaliser(mean.length, clip);
    const sound =
      count.length === 1 &&
      Number.isSafeInteger(count[0]) &&
      count[0] >= 0 &&
      squares.length === mean.length &&
      mean.every(Number.isFinite) &&
      squares.every((square) => square >= 0 && square < Infinity);
    if (!sound) {
      throw new Error(
        `The arrays ${prefix}.count, .mean and .squares are not a normaliser's: a count, means and as many sums of ` +
          `squares were expected, all finite and neither the count nor a sum below 0.`,
      );
    }
    if (count[0] > 0) normaliser.#join(count[0], mean, squares);
    return normaliser;
  }

  /**
   * Merges `count` rows with this mean and sums of squares: Chan, Golub & LeVeque 1979, *Updating formulae and a
   * pairwise algorithm for computing sample variances*, equations 2.1.
   */
  #join(count: number, mean: ArrayLike<number>, squares: ArrayLike<number>): void {
    const total = this.#count + count;
    for (let index = 0; index < this.size; index++) {
      const difference = mean[index] - this.#mean[index];
      this.#squares[index] += squares[index] + (difference * difference * this.#count * count) / total;
      this.#mean[index] += (difference * count) / total;
      this.#inverse[index] = 1 / Math.sqrt(this.#squares[index] / total + EPSILON);
    }
    this.#count = total;
  }

  #checkRows(array: Float32Array, rows: number, what: string): void {
    if (!Number.isSafeInteger(rows) || rows < 0 || rows * this.size > array.length) {
      throw new RangeError(
        `${rows} rows of ${this.size} numbers were asked for, but ${what} hold ${array.length} numbers.`,
      );
    }
  }

  #refuse(rows: Float32Array, count: number): never {
    const at = rows.subarray(0, count * this.size).findIndex((value) => !Number.isFinite(value));
    throw new RangeError(
      `Row ${Math.floor(at / this.size)} holds ${rows[at]} at index ${at % this.size}. A normaliser takes finite ` +
        `numbers only: leave out the steps of an episode that diverged.`,
    );
  }
}
