// What runs a run: how training is started, what it is given, and how it is steered while it goes on.
import type { AskableKind, Judgement, Question } from "../feedback/judgement.ts";
import type { StartingPolicy } from "./head-start.ts";
import type { Checkpoint, Journal } from "./journal.ts";
import type { TrainingOptions } from "./options.ts";

/** Where a run starts from: all that the store knows of it. Empty for a new one. */
export interface Start {
  readonly options: TrainingOptions;
  readonly checkpoint: Checkpoint | null;
  /** What a run without a checkpoint begins to act with; left out, an untrained policy. */
  readonly policy?: StartingPolicy;
  /** Every judgement that counts, oldest first: none that was taken back. */
  readonly judged: readonly (Question & { readonly judgement: Judgement })[];
  /** Queries that were asked and neither answered nor withdrawn. */
  readonly open: readonly Question[];
  /** The highest segment and query ids that training used so far; 0 where none was. */
  readonly lastSegment: number;
  readonly lastQuery: number;
}

/** A run under way. */
export interface Training {
  /** Hands over a person's answer, which the store has acknowledged. */
  judge(judgement: Judgement): void;
  /** Undoes `judge`: the judgement no longer counts and its query is open again. */
  takeBack(judgement: Judgement): void;
  /**
   * Takes in evidence that a person brought unasked, such as a demonstration, which the store has acknowledged. It
   * counts for the reward model, but not as one of the run's labels.
   */
  volunteer(question: Question, judgement: Judgement): void;
  /**
   * Asks for queries of this kind now, since a person wants to answer in this way. There come at most `count`: fewer
   * where the agent has done too little for so many, or where there is no more room for evidence.
   */
  request(kind: AskableKind, count: number): void;
  /**
   * What judgements by these annotators count for from now on, 0 to 1, those given before too; at first everybody's
   * count 1.
   */
  weigh(weights: Readonly<Record<string, number>>): void;
  /** Ends the run early, after a last checkpoint. `done` resolves then. */
  stop(): void;
  /** Resolves when the last message has gone to the journal; rejects with what went wrong. */
  readonly done: Promise<"finished" | "stopped">;
}

/** One thread, as training sees it. `data` of a message must survive a structured clone. */
export interface Thread {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onError(listener: (error: Error) => void): void;
  terminate(): void;
}

/** Starts a thread that runs the training worker with this start-up message. The port to whatever has threads. */
export type StartThread = (startup: unknown) => Thread;

export type StartTraining = (start: Start, startThread: StartThread, journal: Journal) => Training;
