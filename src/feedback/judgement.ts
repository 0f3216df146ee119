// What a teacher is asked, and every way in which they can answer.
import type { Segment } from "./segment.ts";

/** The kinds of feedback. Their order is how they are numbered in memory that threads share: new ones go at the end. */
export const KINDS = [
  "comparison",
  "good-bad",
  "rating",
  "ranking",
  "critique",
  "live",
  "demonstration",
  "correction",
  "stop",
] as const;
export type Kind = (typeof KINDS)[number];

/** The kinds that training asks for. People bring the others, demonstrations and corrections, unasked. */
export const ASKABLE = [
  "comparison",
  "good-bad",
  "rating",
  "ranking",
  "critique",
  "live",
  "stop",
] as const satisfies readonly Kind[];
export type AskableKind = (typeof ASKABLE)[number];

/** Whether the segments of such a query are one clip: windows of one trajectory, played one after the other. */
export function isStrip(kind: Kind): boolean {
  return kind === "good-bad" || kind === "rating" || kind === "critique" || kind === "live" || kind === "stop";
}

/** How a query came to be: drawn, chosen for what an answer would tell the reward model, or brought by a person unasked. */
export const SELECTIONS = ["initial", "random", "disagreement", "entropy", "k-center", "volunteered"] as const;
export type Selection = (typeof SELECTIONS)[number];

/** Ids of queries and segments that a person brought count up from here; those that training makes stay below. */
export const FIRST_VOLUNTEERED = 2 ** 30;

export interface Query {
  /** Unique within its run, counted up from 1, or from FIRST_VOLUNTEERED where a person brought it. */
  readonly id: number;
  readonly kind: Kind;
  /**
   * Segment ids. A comparison has two: left, then right. A ranking has three to six. A demonstration and a correction
   * have what the person showed, then what the agent did. All other kinds are about one clip, a strip: consecutive
   * windows of one trajectory, played one after the other.
   */
  readonly segments: readonly number[];
  readonly selection: Selection;
  /** Environment steps that the run had taken when it was asked. */
  readonly atStep: number;
}

/** A query with its segments, in the order of `query.segments`. */
export interface Question {
  readonly query: Query;
  readonly segments: readonly Segment[];
}

export const CHOICES = ["left", "right", "equal", "cannot-tell"] as const;
/** What a comparison may be answered with. */
export type Choice = (typeof CHOICES)[number];

export const STRENGTHS = ["slightly", "clearly"] as const;
/** How much better. */
export type Strength = (typeof STRENGTHS)[number];

/** More parts or presses than anybody can mean; also what fits in the memory that the reward model reads. */
export const MOST_PARTS = 12;
export const MOST_PRESSES = 48;

/** A stretch of a clip's timeline, in seconds from its start, that was good or bad. */
export interface CritiquedPart {
  readonly from: number;
  readonly to: number;
  readonly good: boolean;
}

/** A key pressed while a clip played, in seconds from its start. */
export interface Press {
  readonly at: number;
  readonly good: boolean;
}

/** What a teacher said. Seconds are simulated seconds from the clip's start. */
export type Answer =
  | { readonly kind: "comparison"; readonly choice: Choice; readonly strength?: Strength }
  | { readonly kind: "good-bad"; readonly choice: "good" | "bad" | "cannot-tell" }
  | { readonly kind: "rating"; readonly stars: 1 | 2 | 3 | 4 | 5 }
  /** Positions in `query.segments`, best first: each of them once. */
  | { readonly kind: "ranking"; readonly order: readonly number[] }
  | { readonly kind: "critique"; readonly parts: readonly CritiquedPart[] }
  | { readonly kind: "live"; readonly presses: readonly Press[] }
  /** That the first segment was shown says that it is better than the second. */
  | { readonly kind: "demonstration" }
  | { readonly kind: "correction" }
  /** The clip should never have come to this moment. */
  | { readonly kind: "stop"; readonly at: number };

/** The answers of one kind. */
export type AnswerOf<K extends Kind> = Extract<Answer, { readonly kind: K }>;

/** One answer by one annotator to one query. */
export interface Judgement {
  /** Made by whoever answers, 1 to 64 characters, unique within the run: sending it again changes nothing. */
  readonly id: string;
  readonly query: number;
  readonly answer: Answer;
  readonly annotator: string;
  /** From the clips' first frame to the key press, in milliseconds, where it was measured. */
  readonly decisionMilliseconds: number | null;
}

/** Whether a person brought this query unasked. */
export function isVolunteered(query: number): boolean {
  return query >= FIRST_VOLUNTEERED;
}
