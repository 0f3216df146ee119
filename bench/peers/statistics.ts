// What is said about repeated measurements: the middle, the spread, and the interval of a difference of two means.
import { mean, median, sampleStandardDeviation } from "simple-statistics";

/** The middle of some measurements, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** The spread of at least one value. */
export function spread(values: readonly number[]): Spread {
  return { median: median([...values]), lowest: Math.min(...values), highest: Math.max(...values) };
}

/** Independent values by what is known of them, such as one figure per seed. */
export interface Sample {
  readonly mean: number;
  /** Estimated standard deviation of one value: squares are divided by the count less one. */
  readonly deviation: number;
  /** Two or more. */
  readonly count: number;
}

/** @throws RangeError for fewer than two values, whose deviation nobody knows */
export function sampleOf(values: readonly number[]): Sample {
  if (values.length < 2) throw new RangeError(`A deviation needs at least 2 values, not ${values.length}.`);
  return { mean: mean([...values]), deviation: sampleStandardDeviation([...values]), count: values.length };
}

/** An estimate of how much larger one mean is than another. */
export interface Difference {
  readonly difference: number;
  /** The 95 % confidence interval. */
  readonly low: number;
  readonly high: number;
}

/**
 * The mean of `a` less that of `b`, with Welch's 95 % interval, which allows the two their own variances. The degrees of
 * freedom are Welch and Satterthwaite's. Where neither varies the interval is a point.
 */
export function welch(a: Sample, b: Sample): Difference {
  const difference = a.mean - b.mean;
  const [shareA, shareB] = [a, b].map(({ deviation, count }) => deviation ** 2 / count);
  const variance = shareA + shareB;
  if (variance === 0) return { difference, low: difference, high: difference };
  const freedom = variance ** 2 / (shareA ** 2 / (a.count - 1) + shareB ** 2 / (b.count - 1));
  const reach = studentQuantile(0.975, freedom) * Math.sqrt(variance);
  return { difference, low: difference - reach, high: difference + reach };
}

/** The number that Student's t with that many degrees of freedom stays below with this probability, 0.5 to 1. */
export function studentQuantile(probability: number, freedom: number): number {
  let low = 0;
  let high = 1;
  while (studentProbability(high, freedom) < probability && high < 1e12) high *= 2;
  // Every turn halves the bracket; after 100 no double lies between its ends.
  for (let turn = 0; turn < 100; turn++) {
    const middle = (low + high) / 2;
    if (studentProbability(middle, freedom) < probability) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The probability that Student's t stays below t >= 0: a half, and the integral of its density from 0 to t. With
 * t = sqrt(freedom) tan(angle) the density becomes a power of the cosine, which Simpson's rule takes well enough for three
 * digits of the quantile at least, with 1 to 1,000 degrees of freedom.
 */
function studentProbability(t: number, freedom: number): number {
  const end = Math.atan(t / Math.sqrt(freedom));
  const simpson = (to: number): number => {
    const pieces = 2_000;
    const density = (i: number) => Math.cos((to * i) / pieces) ** (freedom - 1);
    let sum = density(0) + density(pieces);
    for (let i = 1; i < pieces; i++) sum += (i % 2 === 1 ? 4 : 2) * density(i);
    return (sum * to) / pieces / 3;
  };
  return 0.5 + 0.5 * (simpson(end) / simpson(Math.PI / 2));
}
