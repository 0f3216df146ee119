// A small real run for tests: a light world, few rows, real threads, and a journal that remembers everything.
import type { Judgement, Question } from "../src/feedback/judgement.ts";
import { loadKernelModule } from "../src/host/kernel-module.ts";
import { startThread } from "../src/host/threads.ts";
import { bestBuild } from "../src/kernel/kernel.ts";
import { HYPERPARAMETERS, type Hyperparameters } from "../src/training/hyperparameters.ts";
import type { Checkpoint, Evaluation, Journal, Metrics, Moment, Status } from "../src/training/journal.ts";
import type { TrainingOptions } from "../src/training/options.ts";
import { startTraining } from "../src/training/start.ts";
import type { Start, Training } from "../src/training/training.ts";

export const POINT_MASS = new URL("../examples/point-mass.ts", import.meta.url).href;

export const SMALL: Hyperparameters = {
  ...HYPERPARAMETERS,
  environments: 8,
  rolloutSteps: 32,
  ppo: { ...HYPERPARAMETERS.ppo, batch: 64 },
  fit: { ...HYPERPARAMETERS.fit, learningRate: 1e-3, batch: 8 },
  rewardHidden: [64, 64],
  members: 3,
  segmentSeconds: 1,
  firstFitSteps: 60,
  evaluationEpisodes: 4,
};

export const OPTIONS: TrainingOptions = {
  task: POINT_MASS,
  teacher: "simulated",
  labels: 60,
  steps: 6_000,
  seed: 1,
  workers: 2,
  stepsPerLabel: 5_000,
  selection: "disagreement",
  myopia: 1,
  mistake: 0,
  skip: 0,
  equal: 0,
};

export const FRESH: Omit<Start, "options"> = {
  checkpoint: null,
  judged: [],
  open: [],
  lastSegment: 0,
  lastQuery: 0,
};

/** Everything that a run said. */
export class Memory implements Journal {
  readonly questions: Question[] = [];
  readonly judgements: Judgement[] = [];
  readonly metrics: Metrics[] = [];
  readonly statuses: Status[] = [];
  readonly checkpoints: Checkpoint[] = [];
  readonly withdrawnQueries: number[] = [];
  readonly moments: Moment[] = [];
  clips = 0;
  evaluation: Evaluation | null = null;
  onAsked: (question: Question) => void = () => {};
  onChanged: (status: Status) => void = () => {};

  asked(question: Question): void {
    this.questions.push(question);
    this.onAsked(question);
  }

  withdrawn(queryId: number): void {
    this.withdrawnQueries.push(queryId);
  }

  judged(judgement: Judgement): void {
    this.judgements.push(judgement);
  }

  measured(metrics: Metrics): void {
    this.metrics.push(metrics);
  }

  changed(status: Status): void {
    this.statuses.push(status);
    this.onChanged(status);
  }

  acted(): void {
    this.clips += 1;
  }

  remembered(moment: Moment): void {
    this.moments.push(moment);
  }

  saved(checkpoint: Checkpoint): void {
    this.checkpoints.push(checkpoint);
  }

  evaluated(evaluation: Evaluation): void {
    this.evaluation = evaluation;
  }
}

export function smallRun(
  options: Partial<TrainingOptions> = {},
  from: Partial<Start> = {},
  journal = new Memory(),
  evaluate?: number,
  hyperparameters: Partial<Hyperparameters> = {},
): { training: Training; journal: Memory } {
  const build = bestBuild();
  const training = startTraining({
    start: { ...FRESH, ...from, options: { ...OPTIONS, ...options } },
    startThread,
    journal,
    kernel: { module: loadKernelModule(build), build },
    evaluate,
    hyperparameters: { ...SMALL, ...hyperparameters },
  });
  return { training, journal };
}
