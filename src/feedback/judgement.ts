// Queries put to a teacher and the answers to them.

/** Two segments to be compared. */
export interface Query {
  /** Unique within its run, counted up from 1. */
  readonly id: number;
  /** Segment ids. */
  readonly left: number;
  readonly right: number;
  /** How it was chosen. */
  readonly selection: "initial" | "random" | "disagreement";
  /** Environment steps that the run had taken when it was asked. */
  readonly atStep: number;
}

export const ANSWERS = ["left", "right", "equal", "cannot-tell"] as const;
export type Answer = (typeof ANSWERS)[number];

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
