// The server's window on runs under way. Whoever runs the training implements it.
import type { AskableKind, Judgement, Question } from "../feedback/judgement.ts";
import type { Clip } from "../feedback/segment.ts";
import type { Run } from "../store/store.ts";
import type { RunAction } from "./runs-api.ts";
import type { Evaluation, Metrics, Status } from "../training/journal.ts";

export interface LiveRun {
  status(): Status;
  /** What the agent does now, or null where nothing was seen of it yet. */
  agentClip(): Clip | null;
  /** A person's answer, which is on disk. Must not throw. */
  judged(judgement: Judgement): void;
  /** A person took this answer back, and the disk has it. Must not throw. */
  takenBack(judgement: Judgement): void;
  /** Evidence that a person brought, which is on disk. Must not throw. */
  volunteered(question: Question, judgement: Judgement): void;
  /** A person wants to answer in this way: more queries of it come soon, if there can be any. Must not throw. */
  request(kind: AskableKind, count: number): void;
  /** What these people's judgements count for from now on, 0 to 1, those that they gave before too. Must not throw. */
  weighed(weights: Readonly<Record<string, number>>): void;
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

/**
 * The runs that go on in this process, and what people may do with all there are. `run` is always a run's id. Methods
 * throw an ApiError or a StoreError that says in a sentence why something cannot be done.
 */
export interface RunDirectory {
  /** Null where the run is over, or another process works on it. */
  live(run: string): LiveRun | null;
  /** Calls `listener` with the id of every run that begins or ends here, until the function it returns is called. */
  subscribe(listener: (run: string) => void): () => void;
  /** Why the run failed when it last went on here; null where it did not. */
  problem(run: string): string | null;
  /** What may be done with the run as it is now. */
  actions(run: Run): readonly RunAction[];
  /** The options of a new run as a JSON schema, with this machine's defaults, and the tasks that there are. */
  offer(): Promise<Offer>;

  /** Makes a run with these options, and a name among them, and begins it. Resolves with its id. */
  start(wanted: Readonly<Record<string, unknown>>): Promise<string>;
  /** Stops the run with everything kept, and resolves when it is. */
  pause(run: string): Promise<void>;
  /** Goes on from the last checkpoint. */
  resume(run: string): Promise<void>;
  /** Makes a run that goes on from a checkpoint of this one, and that has not begun yet. Resolves with its id. */
  fork(run: string, wanted: ForkWanted): Promise<string>;
  /** Pauses the run and marks it as deleted. */
  delete(run: string): Promise<void>;
  restore(run: string): Promise<void>;
}

export interface ForkWanted {
  /** Of the checkpoint; the newest where it is left out. */
  readonly steps?: number | undefined;
  readonly name?: string | undefined;
  /** Options that differ from those of the run. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

export interface Offer {
  readonly schema: unknown;
  readonly tasks: readonly { readonly name: string; readonly description: string; readonly question: string }[];
}
