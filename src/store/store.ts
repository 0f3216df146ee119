// What the store keeps and how it is asked for. Every database that heed runs on answers to this one interface.
import type { Scene } from "../environment/scene.ts";
import type { Answer, Judgement, Kind, Question } from "../feedback/judgement.ts";
import type { Clip, Segment } from "../feedback/segment.ts";
import type { Checkpoint, Evaluation, Metrics, Moment, Status } from "../training/journal.ts";
import type { TrainingOptions } from "../training/options.ts";
import type { Start } from "../training/training.ts";
import type { AnswerFilter, AnswersPage, ReviseResult } from "./answers.ts";
import type { ExportedJudgement } from "./export.ts";
import type { MomentSummary } from "./history.ts";
import type { OpinionMethods } from "./opinions.ts";
import type { PeopleMethods } from "./people.ts";

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
  /** The run and the steps of the checkpoint that it goes on from; the run is null once it was removed for good. */
  readonly forkedFrom: { readonly run: string | null; readonly steps: number } | null;
  /** When it was deleted, if it was. It can be restored until it is purged. */
  readonly deleted: Date | null;
}

export interface Fork {
  readonly steps: number;
  readonly name?: string;
  readonly options: TrainingOptions;
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
  /** Not stored: it is no answer to this query. `reason` is a sentence. */
  | { readonly outcome: "invalid"; readonly reason: string }
  /** Not stored: the run has no such query. */
  | { readonly outcome: "unknown-query" };

export type TakeBackResult =
  /** `again` where it had been taken back before and its query is still open. */
  | {
      readonly outcome: "taken-back";
      readonly again: boolean;
      readonly judgement: Judgement;
      readonly labels: number;
      readonly question: Question;
    }
  /** Taken back before, and its query has been answered anew or withdrawn since. `reason` is a sentence. */
  | { readonly outcome: "conflict"; readonly reason: string }
  | { readonly outcome: "unknown-judgement" };

/** Evidence that a person brings unasked. The store gives the ids of the query and its segments. */
export interface Contribution {
  readonly kind: Kind;
  readonly atStep: number;
  readonly segments: readonly Omit<Segment, "id">[];
  readonly judgement: Omit<Judgement, "query">;
}

export type VolunteerResult =
  /** On disk now, with the ids that were given, in the order of the contributions. */
  | { readonly outcome: "stored"; readonly kept: readonly (Question & { readonly judgement: Judgement })[] }
  /** The same judgements were on disk before. */
  | { readonly outcome: "known" }
  /** Not stored. `reason` is a sentence. */
  | { readonly outcome: "conflict"; readonly reason: string };

/**
 * Runs and all that belongs to them. `run` is always a run's id. Writes take effect in the order of the calls, each
 * whole or not at all, and a promise resolves when the disk has it. Methods throw a StoreError where the disk fails.
 */
export interface Store extends OpinionMethods, PeopleMethods {
  /** The data directory. */
  readonly directory: string;
  /** The version of this program, kept with what it writes. */
  readonly heedVersion: string;

  /** Throws a StoreError `bad-name` where another run has this name. */
  createRun(run: NewRun): Promise<Run>;
  /** By id or by name, deleted ones too. Throws a StoreError `unknown-run` that lists the known ones. */
  findRun(idOrName: string): Promise<Run>;
  /** Newest first, and without those that were deleted. */
  listRuns(): Promise<readonly Run[]>;
  /** Deleted last first. */
  listDeletedRuns(): Promise<readonly Run[]>;

  /** Marks the run as deleted, with all that belongs to it. Safe to repeat. Only for a claimed run. */
  deleteRun(run: string): Promise<void>;
  /** Takes the mark off again. Safe to repeat. */
  restoreRun(run: string): Promise<void>;
  /** Removes for good what was deleted at or before this time, but for runs that are held. Returns their ids. */
  purgeRuns(before: Date): Promise<readonly string[]>;

  /** The steps at which the run has checkpoints, newest first. */
  listCheckpoints(run: string): Promise<readonly number[]>;
  /**
   * Makes a run that goes on from the checkpoint of another at exactly these steps, with what was asked until then and
   * the answers to it. Throws a StoreError `no-checkpoint` where there is no sound one, and `bad-name` as `createRun`.
   */
  forkRun(source: string, fork: Fork): Promise<Run>;

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
  ask(run: string, question: Question): Promise<void>;
  /** Closes a query that nobody has answered; one that was answered keeps its answer. */
  withdraw(run: string, query: number): Promise<void>;
  /**
   * Keeps an answer. Safe to repeat. A query that somebody else has answered takes it as a second opinion.
   * @param askAgain whether a second person is to be asked the same
   */
  judge(run: string, judgement: Judgement, askAgain?: boolean): Promise<JudgeResult>;
  /** The agent's windows that were recorded last, the latest first, at most `limit`. */
  latestSegments(run: string, limit: number): Promise<readonly Segment[]>;
  /** The agent's windows of which most, or least, reward was predicted when they were recorded, at most `limit`. */
  extremeSegments(run: string, which: "best" | "worst", limit: number): Promise<readonly Segment[]>;
  /** Null where the run has no segment of this id. */
  findSegment(run: string, id: number): Promise<Segment | null>;
  /**
   * Keeps evidence that a person brought, all of it or none. It does not count as labels of the run. Safe to repeat:
   * judgements are known by their ids.
   */
  volunteer(run: string, contributions: readonly Contribution[]): Promise<VolunteerResult>;
  /**
   * Takes an answer back: it no longer counts, and its query is open again, to be asked first, unless it was
   * volunteered or has another answer. Safe to repeat.
   */
  takeBack(run: string, judgement: string): Promise<TakeBackResult>;
  /**
   * At most `limit`, of one kind or of all: first those whose answer was taken back, the last one of them first; then
   * the oldest.
   */
  openQueries(run: string, limit: number, kind?: Kind): Promise<readonly Question[]>;
  countOpenQueries(run: string, kind?: Kind): Promise<number>;
  /** The clip of the segment that was recorded last, or null where there is none. */
  latestClip(run: string): Promise<Clip | null>;
  /** The last judgement of a query that stands, of this annotator or of anybody; what people brought is none. */
  lastJudgement(run: string, annotator?: string): Promise<{ id: string; query: number; answer: Answer } | null>;
  /** The judgements that stand with what was compared, oldest first, as `docs/export-format.md` describes. */
  exportJudgements(run: string): AsyncIterable<ExportedJudgement>;

  /**
   * A page of at most `limit` answers that stand and pass the filter, newest first, from where the page before it ended.
   * It may hold fewer, or none, where rare ones are looked for; `next` tells whether there are more to look at.
   */
  listAnswers(run: string, filter: AnswerFilter, before: number | null, limit: number): Promise<AnswersPage>;
  /** Whose answers stand, by name. */
  listAnnotators(run: string): Promise<readonly string[]>;
  /** A query with its segments, whatever has become of it, or null where there is none. */
  findQuestion(run: string, query: number): Promise<Question | null>;
  /** A judgement, whether it stands or not, or null where there is none. */
  findJudgement(run: string, id: string): Promise<Judgement | null>;
  /** Puts a judgement in the place of one that stands, about the same query. Safe to repeat. */
  revise(run: string, id: string, judgement: Judgement): Promise<ReviseResult>;

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
