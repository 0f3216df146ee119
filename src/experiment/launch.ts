// Runs a trial on this machine, with nothing kept but its figures.
import { loadKernelModule } from "../host/kernel-module.ts";
import { startThread } from "../host/threads.ts";
import { bestBuild } from "../kernel/kernel.ts";
import type { Evaluation, Journal } from "../training/journal.ts";
import { startTraining } from "../training/start.ts";
import { Curve } from "./curve.ts";
import type { Trial, TrialOutcome } from "./trial.ts";

/** A trial under way. */
export interface RunningTrial {
  /** Ends it early. */
  stop(): void;
  /** What it measured, or null where it was stopped. Rejects with what went wrong. */
  readonly done: Promise<TrialOutcome | null>;
}

/** @param onSteps told how many environment steps the trial has taken */
export type LaunchTrial = (trial: Trial, onSteps: (steps: number) => void) => RunningTrial;

/** A launcher whose trials share one compiled kernel. */
export function trialLauncher(): LaunchTrial {
  const build = bestBuild();
  const kernel = { module: loadKernelModule(build), build };
  return ({ options, hyperparameters, untrained }, onSteps) => {
    const journal = new TrialJournal(options.steps, onSteps);
    const training = startTraining({
      start: { options, checkpoint: null, judged: [], open: [], lastSegment: 0, lastQuery: 0 },
      startThread,
      journal,
      kernel,
      evaluate: untrained ? hyperparameters.evaluationEpisodes : undefined,
      hyperparameters,
    });
    return {
      stop: () => training.stop(),
      done: training.done.then((outcome) => (outcome === "stopped" ? null : journal.outcome())),
    };
  };
}

class TrialJournal implements Journal {
  readonly #curve: Curve;
  readonly #onSteps: (steps: number) => void;
  #evaluation: Evaluation | null = null;

  constructor(steps: number, onSteps: (steps: number) => void) {
    this.#curve = new Curve(steps);
    this.#onSteps = onSteps;
  }

  outcome(): TrialOutcome {
    if (this.#evaluation === null) throw new Error("The trial ended without having been evaluated.");
    return { evaluation: this.#evaluation, curve: this.#curve.points() };
  }

  measured(metrics: Parameters<Journal["measured"]>[0]): void {
    this.#curve.add(metrics);
    this.#onSteps(metrics.steps);
  }

  evaluated(evaluation: Evaluation): void {
    this.#evaluation = evaluation;
  }

  asked(): void {}
  withdrawn(): void {}
  judged(): void {}
  changed(): void {}
  acted(): void {}
  remembered(): void {}
  saved(): void {}
}
