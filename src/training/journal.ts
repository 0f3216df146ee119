// The port through which training says what happened. A store keeps it, a test collects it, a server forwards it.
import type { Judgement, Question } from "../feedback/judgement.ts";
import type { Clip } from "../feedback/segment.ts";
import type { Tensor } from "../network/safetensors.ts";

/** One line of a run's learning curves. Null where there is nothing to tell yet. */
export interface Metrics {
  /** Environment steps taken so far. */
  readonly steps: number;
  /** Decisive or not, judgements that count as of now. */
  readonly labels: number;
  /** Wall-clock seconds of this process since the run began or was resumed. */
  readonly seconds: number;
  readonly stepsPerSecond: number;
  /** Share of held-out comparisons that the ensemble orders as the teacher did, 0..1. */
  readonly rewardAccuracy: number | null;
  readonly rewardLoss: number | null;
  readonly rewardHeldOutLoss: number | null;
  /** Mean disagreement of the ensemble about the queries asked last, 0..0.25. */
  readonly disagreement: number | null;
  /** Log-odds, by the reward model, that a clip of the agent now is preferred to one of the untrained agent. */
  readonly predictedReward: number | null;
  /** Mean true return of the episodes that ended since the last line; only where the teacher is simulated. */
  readonly trueReturn: number | null;
  readonly policyEntropy: number | null;
  readonly policyDivergence: number | null;
  /** Share of the spread of returns that the value function explains, at most 1. */
  readonly explainedVariance: number | null;
  /** Episodes thrown away because the physics blew up, since the run began. */
  readonly diverged: number;
}

/** What the run is doing, in the words the page and the progress line use. */
export type Phase = "starting" | "asking" | "learning" | "waiting" | "evaluating" | "finished" | "stopped" | "failed";

export interface Status {
  readonly phase: Phase;
  readonly steps: number;
  readonly labels: number;
  /** Whom or what it waits for, in a sentence, while the phase is `waiting` or `asking`; else null. */
  readonly waitingFor: string | null;
}

/** A training state from which a run goes on, as named arrays and plain data. */
export interface Checkpoint {
  readonly steps: number;
  readonly labels: number;
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Whatever is not an array: random state, schedule, counters. */
  readonly state: CheckpointState;
}

/** Plain numbers by name. */
export type CheckpointState = Readonly<Record<string, number>>;

/** Means over the evaluation's episodes. Measures such as `backflips` stand beside the true return by their names. */
export interface Evaluation {
  readonly episodes: number;
  readonly trueReturn: number | null;
  readonly measures: Readonly<Record<string, number>>;
}

/** How the agent did at one point of its run, to be looked at later. */
export interface Moment {
  /** Environment steps that the run had taken; 0 for the untrained agent. */
  readonly steps: number;
  /** Judgements that counted by then; none had reached the untrained agent. */
  readonly labels: number;
  /** The first 8 simulated seconds of an episode, or all of a shorter one, as it acted while it learned. */
  readonly clip: Clip;
  /** What the task measures in this clip, by name, such as `{ backflips: 3 }`. Empty where it measures nothing. */
  readonly measures: Readonly<Record<string, number>>;
}

export interface Journal {
  /** A new query and its segments, which are new too. */
  asked(question: Question): void;
  /** The query is no longer worth answering. */
  withdrawn(queryId: number): void;
  /** A simulated teacher's answer. People's answers reach the store first and training second. */
  judged(judgement: Judgement): void;
  measured(metrics: Metrics): void;
  changed(status: Status): void;
  /** What the agent does now. */
  acted(clip: Clip): void;
  /** The untrained agent, and then the agent at every tenth of the run's steps. */
  remembered(moment: Moment): void;
  saved(checkpoint: Checkpoint): void;
  evaluated(evaluation: Evaluation): void;
}
