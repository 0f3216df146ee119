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

/** The first look at this step of a strip or a later one; as many as there are looks where there is none. */
export function lookFrom(looks: Looks, step: number): number {
  const { segments, perSegment, first, stride, steps } = looks;
  if (step <= 0) return 0;
  if (step >= segments * steps) return segments * perSegment;
  const segment = Math.floor(step / steps);
  const within = Math.max(0, Math.ceil((step - segment * steps - first) / stride));
  return segment * perSegment + Math.min(perSegment, within);
}

/**
 * Mean predicted reward over the steps `from` up to but not including `to` of a strip, times the steps of one segment:
 * what a segment like that would return. NaN where none of the steps was looked at.
 */
export function stretchReturn(rewards: Float32Array, looks: Looks, from: number, to: number): number {
  const begin = lookFrom(looks, from);
  const end = lookFrom(looks, to);
  let sum = 0;
  for (let look = begin; look < end; look++) sum += rewards[looks.start + look];
  return (sum / (end - begin)) * looks.steps;
}

/** Adds `slope`, the derivative with respect to that `stretchReturn`, to the gradient of what it was made of. */
export function pushStretch(gradient: Float32Array, looks: Looks, from: number, to: number, slope: number): void {
  const begin = lookFrom(looks, from);
  const end = lookFrom(looks, to);
  const push = (slope * looks.steps) / (end - begin);
  for (let look = begin; look < end; look++) gradient[looks.start + look] += push;
}

export function clearGradient(gradient: Float32Array, looks: Looks): void {
  gradient.fill(0, looks.start, looks.start + lookCount(looks));
}
