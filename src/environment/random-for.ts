// Random numbers that depend on what they are for, not on what was drawn before: a run goes on from any iteration with
// the numbers it would have had, and threads do not share a generator.
import { Random } from "./random.ts";

/** What randomness is for. Adding one at the end changes no other. */
const PURPOSES = [
  "initialise",
  "act",
  "learn",
  "fit",
  "ask",
  "teach",
  "bootstrap",
  "evaluate",
  "partition",
  "explore",
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A generator for one purpose of the run with this seed; `indices` are non-negative integers, such as an iteration. */
export function randomFor(seed: number, purpose: Purpose, ...indices: readonly number[]): Random {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (const word of [seed, PURPOSES.indexOf(purpose), ...indices]) {
    high = mix(high ^ word);
    low = mix(low + Math.imul(word + 1, 0xc2b2ae35) + high);
  }
  return new Random((high >>> 0) * 2 ** 21 + (low >>> 11));
}

/** The finaliser of MurmurHash3 by Austin Appleby: every bit of the input changes half of the output's bits. */
function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
