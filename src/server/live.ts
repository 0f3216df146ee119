// The server's window on runs under way. Whoever runs the training implements it.
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
  | { readonly type: "evaluation"; readonly evaluation: Evaluation }
  /** The store remembers one more moment of the agent. */
  | { readonly type: "history" };

/** Which runs go on in this process. */
export interface RunDirectory {
  /** Null where the run is over, or another process works on it. */
  live(run: string): LiveRun | null;
  /** Calls `listener` with the id of every run that begins or ends here, until the function it returns is called. */
  subscribe(listener: (run: string) => void): () => void;
}

/** Of a process that only shows runs. */
export const NO_RUNS: RunDirectory = { live: () => null, subscribe: () => () => {} };
