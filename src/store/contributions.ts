// What a trajectory that somebody brought says: each of its windows is better than a window of the agent.
import type { AnswerOf } from "../feedback/judgement.ts";
import type { Window } from "../feedback/driven.ts";
import type { Segment } from "../feedback/segment.ts";
import type { Contribution } from "./store.ts";

export interface Brought {
  /** Names what was brought: its judgements have this id and a number. */
  readonly id: string;
  readonly annotator: string;
  /** Environment steps that the run has taken. */
  readonly atStep: number;
}

/** The id of the judgement about window number `index`, counted from 0, of what was brought under `id`. */
export function broughtJudgementId(id: string, index: number): string {
  return `${id}.${index}`;
}

/**
 * One contribution per window, each against another of the agent's windows for as long as these last.
 * @param against the agent's, at least one
 */
export function contributionsOf(
  kind: "demonstration" | "correction",
  { id, annotator, atStep }: Brought,
  windows: readonly Window[],
  against: readonly (Window & { readonly id?: Segment["id"] })[],
): Contribution[] {
  const answer: AnswerOf<"demonstration"> | AnswerOf<"correction"> = { kind };
  return windows.map((window, index) => {
    // The store gives the copy an id of its own.
    const { id: _, ...agent } = against[Math.floor((index * against.length) / windows.length)];
    return {
      kind,
      atStep,
      segments: [window, agent],
      judgement: { id: broughtJudgementId(id, index), answer, annotator, decisionMilliseconds: null },
    };
  });
}
