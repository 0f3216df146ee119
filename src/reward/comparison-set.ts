// Comparisons that somebody collected, ready to be learned from.

import type { SegmentRows } from "./evidence.ts";

export interface LabelledPair {
  readonly left: SegmentRows;
  readonly right: SegmentRows;
  /** How much of the answer is for the left segment: 1 left, 0 right, 0.5 equal, in between a softer answer. */
  readonly leftShare: number;
  /** Who answered, where it is known. */
  readonly annotator: string | null;
}

export interface ComparisonSet {
  /** The task that all of it is about, where it is known. */
  readonly task: string | null;
  /** Steps per segment. */
  readonly steps: number;
  readonly observationSize: number;
  readonly actionSize: number;
  readonly pairs: readonly LabelledPair[];
}

/** Whether the answer prefers one side. */
export function isDecisive(pair: LabelledPair): boolean {
  return pair.leftShare !== 0.5;
}

/** The pairs whose answer prefers one side. */
export function decisivePairs(set: ComparisonSet): LabelledPair[] {
  return set.pairs.filter(isDecisive);
}
