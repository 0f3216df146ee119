// Ways to put a likelihood to the test, whatever its kind.
import fc from "fast-check";
import { expect } from "vitest";
import type { AnswerOf, Kind } from "../src/feedback/judgement.ts";
import { encodeAnswer, FEEDBACK } from "../src/feedback/kinds.ts";
import { ANSWER_NUMBERS, type Looks } from "../src/feedback/likelihood.ts";

/** Seconds per step of everything here, and steps per segment: half a second. */
export const STEP_SECONDS = 0.05;
export const STEPS = 10;

/** Every other step of so many segments is looked at; the judgement lies between two others. */
export function looksAt(segments: number): Looks {
  return { start: 3, segments, perSegment: 5, first: 0, stride: 2, steps: STEPS };
}

export interface Likely {
  readonly value: number;
  /** Of the judgement's own predicted rewards. */
  readonly gradient: readonly number[];
  readonly agreement: number;
}

/** What an answer's likelihood says of predicted rewards, one per look. Null where the answer says nothing. */
export function likely<K extends Kind>(kind: K, answer: AnswerOf<K>, rewards: readonly number[]): Likely | null {
  const looks = looksAt(rewards.length / 5);
  const numbers = new Float32Array(7 + ANSWER_NUMBERS);
  if (!encodeAnswer(kind, answer, STEP_SECONDS, numbers, 7)) return null;
  const all = Float32Array.from([9, 9, 9, ...rewards, 9]);
  const gradient = new Float32Array(all.length).fill(7);
  const { likelihood } = FEEDBACK[kind];
  const value = likelihood.logLikelihood(numbers, 7, all, looks, gradient);
  // What lies before and behind is nobody's business.
  expect([...gradient.subarray(0, 3), ...gradient.subarray(-1)]).toEqual([7, 7, 7, 7]);
  return {
    value,
    gradient: [...gradient.subarray(3, -1)],
    agreement: likelihood.agreement(numbers, 7, all, looks),
  };
}

/** Predicted rewards of a number of segments. */
export function predicted(least: number, most: number = least) {
  const reward = fc.double({ min: -0.5, max: 0.5, noNaN: true });
  return fc
    .integer({ min: least, max: most })
    .chain((segments) => fc.array(reward, { minLength: 5 * segments, maxLength: 5 * segments }));
}

/** Whether the gradient is that of the log-likelihood, by finite differences; and that the likelihood is at most 1. */
export function expectGradient<K extends Kind>(kind: K, answer: AnswerOf<K>, rewards: readonly number[]): void {
  const found = likely(kind, answer, rewards);
  if (found === null) return;
  expect(found.value).toBeLessThanOrEqual(0);
  for (const at of new Set([0, 3, Math.floor(rewards.length / 2), rewards.length - 1])) {
    const moved = (by: number) => likely(kind, answer, rewards.with(at, rewards[at] + by))?.value ?? Number.NaN;
    // Rewards are 32-bit, so the difference is taken over a step that they can tell well.
    const slope = (moved(2 ** -7) - moved(-(2 ** -7))) / 2 ** -6;
    expect(Math.abs(found.gradient[at] - slope)).toBeLessThan(0.02 * (1 + Math.abs(slope)));
  }
}
