// The server's window on a run under way. Whoever runs the training implements it.
import type { Judgement } from "../feedback/judgement.ts";
import type { Clip } from "../feedback/segment.ts";
import type { Evaluation, Metrics, Status } from "../training/journal.ts";

export interface LiveRun {
  status(): Status;
  /** What the agent does now, or null where nothing was seen of it yet. */
  agentClip(): Clip | null;
  /** A person's answer, which is on disk. Must not throw. */
  judged(judgement: Judgement): void;
  /** A person took this answer back, and the disk has it. Must not throw. */
  takenBack(judgement: Judgement): void;
  /** Calls `listener` with all that happens from now on, until the function that it returns is called. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
}

export type LiveEvent =
  | { readonly type: "status"; readonly status: Status }
  | { readonly type: "metrics"; readonly metrics: Metrics }
  | { readonly type: "agent"; readonly clip: Clip }
  /** The store has new queries, or some of them were withdrawn or answered. */
  | { readonly type: "queries" }
  | { readonly type: "evaluation"; readonly evaluation: Evaluation };
