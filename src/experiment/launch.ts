// Runs a trial on this machine, with nothing kept but its figures and what it gives to others.
import { loadKernelModule } from "../host/kernel-module.ts";
import { startThread } from "../host/threads.ts";
import { bestBuild } from "../kernel/kernel.ts";
import type { Evaluation, Journal } from "../training/journal.ts";
import { startTraining } from "../training/start.ts";
import type { Training } from "../training/training.ts";
import { Curve } from "./curve.ts";
import { giveHeadStart, startOf } from "./head-start-source.ts";
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

/**
 * A launcher whose trials share one compiled kernel.
 * @param directory the experiment's, where what trials give to others is kept
 */
export function trialLauncher(directory: string): LaunchTrial {
  const build = bestBuild();
  const kernel = { module: loadKernelModule(build), build };
  return (trial, onSteps) => {
    if (trial.gives !== null) return giveHeadStart(trial, directory, kernel, onSteps);
    const { options, hyperparameters, untrained } = trial;
    const journal = new TrialJournal(options.steps, onSteps);
    let training: Training | null = null;
    let stopped = false;
    const run = async (): Promise<TrialOutcome | null> => {
      const start = await startOf(trial, directory);
      if (stopped) return null;
      const evaluate = untrained ? hyperparameters.evaluationEpisodes : undefined;
      training = startTraining({ start, startThread, journal, kernel, evaluate, hyperparameters });
      const outcome = await training.done;
      return outcome === "stopped" ? null : journal.outcome();
    };
    const stop = (): void => {
      stopped = true;
      training?.stop();
    };
    return { stop, done: run() };
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
