// What the store keeps and how it is asked for. Every database that heed runs on answers to this one interface.
import type { Scene } from "../environment/scene.ts";
import type { Answer, Judgement } from "../feedback/judgement.ts";
import type { Clip } from "../feedback/segment.ts";
import type { Checkpoint, Evaluation, Metrics, Moment, Status } from "../training/journal.ts";
import type { TrainingOptions } from "../training/options.ts";
import type { Comparison, Start } from "../training/training.ts";
import type { ExportedJudgement } from "./export.ts";
import type { MomentSummary } from "./history.ts";

/** What a run is made of. */
export interface NewRun {
  /** The task's own name; a run's id is made from it. */
  readonly task: string;
  /** What people call the run, 1 to 64 characters, unique; the run's id where it is left out. */
  readonly name?: string;
  readonly options: TrainingOptions;
  readonly question: string;
  /** Null where the world has nothing to draw. */
  readonly scene: Scene | null;
  readonly stepSeconds: number;
}

export interface Run extends Required<NewRun> {
  /** Short, readable, unique in the data directory and safe in a file name: `hopper-backflip-1`. */
  readonly id: string;
  /** The phase reads `stopped` where the process that worked on the run is gone without having said so. */
  readonly status: Status;
  readonly created: Date;
  /** The version of heed that made it. */
  readonly heedVersion: string;
  /** The process that works on the run now. */
  readonly holder: Holder | null;
  readonly evaluation: Evaluation | null;
}

export interface Holder {
  readonly processId: number;
  /** Where it serves the page, such as `http://127.0.0.1:4333`, or null where it serves none. */
  readonly address: string | null;
}

export type JudgeResult =
  /** On disk now. `labels` counts the judgements of the run that stand. */
  | { readonly outcome: "stored"; readonly labels: number }
  /** The same judgement was on disk before. */
  | { readonly outcome: "known"; readonly labels: number }
  /** Not stored: it contradicts what is there. `reason` is a sentence. */
  | { readonly outcome: "conflict"; readonly reason: string }
  /** Not stored: the run has no such query. */
  | { readonly outcome: "unknown-query" };

export type TakeBackResult =
  /** `again` where it had been taken back before and its query is still open. */
  | {
      readonly outcome: "taken-back";
      readonly again: boolean;
      readonly judgement: Judgement;
      readonly labels: number;
      readonly comparison: Comparison;
    }
  /** Taken back before, and its query has been answered anew or withdrawn since. `reason` is a sentence. */
  | { readonly outcome: "conflict"; readonly reason: string }
  | { readonly outcome: "unknown-judgement" };

/**
 * Runs and all that belongs to them. `run` is always a run's id. Writes take effect in the order of the calls, each
 * whole or not at all, and a promise resolves when the disk has it. Methods throw a StoreError where the disk fails.
 */
export interface Store {
  /** The data directory. */
  readonly directory: string;
  /** The version of this program, kept with what it writes. */
  readonly heedVersion: string;

  /** Throws a StoreError `bad-name` where another run has this name. */
  createRun(run: NewRun): Promise<Run>;
  /** By id or by name. Throws a StoreError `unknown-run` that lists the known ones. */
  findRun(idOrName: string): Promise<Run>;
  /** Newest first. */
  listRuns(): Promise<readonly Run[]>;

  /**
   * Makes this process the one that works on the run, until `release`, `close` or its end, however that comes. Throws
   * a StoreError `run-held` that names the process which does so already.
   */
  claim(run: string): Promise<void>;
  /** Tells other processes where this one serves the page of a run that it claimed. */
  announce(run: string, address: string): Promise<void>;
  release(run: string): Promise<void>;

  updateStatus(run: string, status: Status): Promise<void>;
  saveEvaluation(run: string, evaluation: Evaluation): Promise<void>;

  /** Keeps a new query and its segments, whose ids are new too. A segment that two queries share is kept once. */
  ask(run: string, comparison: Comparison): Promise<void>;
  /** Closes a query that nobody has answered; one that was answered keeps its answer. */
  withdraw(run: string, query: number): Promise<void>;
  /** Keeps an answer. Safe to repeat. */
  judge(run: string, judgement: Judgement): Promise<JudgeResult>;
  /** Takes an answer back: it no longer counts, and its query is open again, to be asked first. Safe to repeat. */
  takeBack(run: string, judgement: string): Promise<TakeBackResult>;
  /** At most `limit`: first those whose answer was taken back, the last one of them first; then the oldest. */
  openQueries(run: string, limit: number): Promise<readonly Comparison[]>;
  countOpenQueries(run: string): Promise<number>;
  /** The clip of the segment that was recorded last, or null where there is none. */
  latestClip(run: string): Promise<Clip | null>;
  /** The last judgement that stands, of this annotator or of anybody. */
  lastJudgement(run: string, annotator?: string): Promise<{ id: string; query: number; answer: Answer } | null>;
  /** The judgements that stand with what was compared, oldest first, as `docs/export-format.md` describes. */
  exportJudgements(run: string): AsyncIterable<ExportedJudgement>;

  /** Keeps how the agent did at a point of its run, in place of what was kept for the same number of steps. */
  remember(run: string, moment: Moment): Promise<void>;
  /** The moments kept, without their clips, by steps. */
  listHistory(run: string): Promise<readonly MomentSummary[]>;
  /** The moment at exactly so many steps, or null where none is kept. */
  findMoment(run: string, steps: number): Promise<Moment | null>;

  addMetrics(run: string, metrics: Metrics): Promise<void>;
  /** At most `limit` lines, evenly spaced, oldest first; the last line is always among them. */
  listMetrics(run: string, limit: number): Promise<readonly Metrics[]>;

  /** Writes a checkpoint, whole or not at all, and removes all but the last three. Only for a claimed run. */
  saveCheckpoint(run: string, checkpoint: Checkpoint): Promise<void>;
  /** The newest checkpoint that is sound. `warnings` has one sentence for each newer one that was refused. */
  loadCheckpoint(run: string): Promise<LoadedCheckpoint>;

  /**
   * All that a run goes on from; for a new run there is nothing yet. What is later than the checkpoint of metrics and of the agent's history is dropped,
   * since the run takes those steps again. Only for a claimed run.
   */
  resume(run: string): Promise<{ readonly start: Start; readonly warnings: readonly string[] }>;

  /** Waits for the writes under way, releases every claimed run and closes the files. */
  close(): Promise<void>;
}

export interface LoadedCheckpoint {
  readonly checkpoint: Checkpoint | null;
  readonly warnings: readonly string[];
}
