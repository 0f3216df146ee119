// Sums over predicted rewards, of which there are fewer than steps: where to find them, and which steps they are of.
import type { Looks } from "./likelihood.ts";

/** Environment steps that one predicted reward stands for. */
export function stepsPerLook({ steps, perSegment }: Looks): number {
  return steps / perSegment;
}

/** Sum of the predicted rewards of one segment, brought to all of its steps. */
export function segmentReturn(rewards: Float32Array, looks: Looks, segment: number): number {
  const from = looks.start + segment * looks.perSegment;
  let sum = 0;
  for (let i = from; i < from + looks.perSegment; i++) sum += rewards[i];
  return sum * stepsPerLook(looks);
}

/** How many predicted rewards there are of a judgement. */
export function lookCount({ segments, perSegment }: Looks): number {
  return segments * perSegment;
}

/** The step, counted from the clip's start, that a predicted reward of a strip is of; `look` counts from 0. */
export function stepOf({ perSegment, first, stride, steps }: Looks, look: number): number {
  const segment = Math.floor(look / perSegment);
  return segment * steps + first + (look - segment * perSegment) * stride;
}

/**
 * Mean predicted reward over the steps `from` up to but not including `to` of a strip, times the steps of one segment:
 * what a segment like that would return. NaN where none of the steps was looked at.
 */
export function stretchReturn(rewards: Float32Array, looks: Looks, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  const all = lookCount(looks);
  for (let look = 0; look < all; look++) {
    const step = stepOf(looks, look);
    if (step < from || step >= to) continue;
    sum += rewards[looks.start + look];
    count += 1;
  }
  return (sum / count) * looks.steps;
}

/** Adds `slope`, the derivative with respect to that `stretchReturn`, to the gradient of what it was made of. */
export function pushStretch(gradient: Float32Array, looks: Looks, from: number, to: number, slope: number): void {
  const all = lookCount(looks);
  let count = 0;
  for (let look = 0; look < all; look++) {
    const step = stepOf(looks, look);
    if (step >= from && step < to) count += 1;
  }
  const push = (slope * looks.steps) / count;
  for (let look = 0; look < all; look++) {
    const step = stepOf(looks, look);
    if (step >= from && step < to) gradient[looks.start + look] += push;
  }
}

export function clearGradient(gradient: Float32Array, looks: Looks): void {
  gradient.fill(0, looks.start, looks.start + lookCount(looks));
}
