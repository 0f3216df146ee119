// One line of what is compared, and the parts of the whole comparison.
import type { Peer } from "./peer.ts";

/** One figure, measured on both sides in turn. */
export interface Comparison {
  /** What is measured, such as "one core". */
  readonly what: string;
  /** Of the values, such as "steps/s". */
  readonly unit: string;
  /** Whose the other values are, with its settings. */
  readonly peer: string;
  /** Whether a larger value is better; times are better small. */
  readonly better: "larger" | "smaller";
  /** What heed is to be ahead by at least, or null where nothing was set. */
  readonly target: number | null;
  /** Value i of one side was measured next to value i of the other. */
  readonly heed: readonly number[];
  readonly theirs: readonly number[];
}

/** A comparison that is being measured. */
export type OpenComparison = Comparison & { readonly heed: number[]; readonly theirs: number[] };

/** A comparison without measurements yet. */
export function newComparison(
  what: string,
  unit: string,
  peer: string,
  better: Comparison["better"],
  target: number | null,
): OpenComparison {
  return { what, unit, peer, better, target, heed: [], theirs: [] };
}

/** Adds a repetition. */
export function push({ heed, theirs }: OpenComparison, ours: number, peers: number): void {
  heed.push(ours);
  theirs.push(peers);
}

/** What a part is given to measure with. */
export interface Bench {
  /** How often each pair is measured. */
  readonly repetitions: number;
  /** Cores of this machine that may be used. */
  readonly cores: number;
  /** Starts a script of this folder; it is ended with the part. */
  readonly peer: (script: string) => Peer;
  /** Says to people what is going on. */
  readonly tell: (line: string) => void;
}

/** What a part found. */
export interface Findings {
  readonly comparisons: readonly Comparison[];
  /** What somebody who reads the table has to know: settings, what was tried. Sentences. */
  readonly notes: readonly string[];
}

export interface Part {
  readonly name: string;
  /** The heading of its table. */
  readonly title: string;
  readonly measure: (bench: Bench) => Promise<Findings>;
}

/** How many times as good heed is, in each repetition. */
export function ratios({ better, heed, theirs }: Comparison): number[] {
  return heed.map((value, i) => (better === "larger" ? value / theirs[i] : theirs[i] / value));
}
