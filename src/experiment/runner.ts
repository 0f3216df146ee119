// Runs the trials of an experiment beside each other, and keeps each one as soon as it is finished.
import { messageOf } from "../host/errors.ts";
import type { LaunchTrial, RunningTrial } from "./launch.ts";
import type { Trial, TrialResult } from "./trial.ts";
import type { TrialsFile } from "./trials-file.ts";

export interface RunProgress {
  /** Trials of the experiment, and those of them that are finished, by whichever process. */
  readonly trials: number;
  readonly finished: number;
  readonly failed: number;
  /** Environment steps that this process has taken. */
  readonly stepsTaken: number;
  /** Those that trials which have neither finished nor failed have still to take. */
  readonly stepsLeft: number;
}

export interface RunListener {
  finished(result: TrialResult): void;
  failed(key: string, message: string): void;
  progress(progress: RunProgress): void;
}

export interface RunSetup {
  readonly experiment: string;
  readonly trials: readonly Trial[];
  readonly file: Pick<TrialsFile, "finished" | "append">;
  /** Trials at the same time. */
  readonly parallel: number;
  readonly launch: LaunchTrial;
  readonly listener: RunListener;
  /** Aborts what is under way and begins nothing more; what is finished stays. */
  readonly signal?: AbortSignal | undefined;
}

export interface RunEnd {
  readonly outcome: "finished" | "stopped";
  readonly failed: number;
}

/**
 * Runs every trial that the file does not hold yet, each after the one that it gets its head start from. A trial that
 * fails is reported and leaves the others alone, but for those that were to begin with it, which fail too.
 */
export async function runTrials(setup: RunSetup): Promise<RunEnd> {
  const run = new Run(setup);
  return run.toItsEnd();
}

class Run {
  readonly #setup: RunSetup;
  readonly #waiting: Trial[];
  readonly #running = new Map<RunningTrial, { readonly trial: Trial; steps: number }>();
  #stepsTaken = 0;
  #failed = 0;
  #stopping = false;
  /** Resolves when a trial that is under way is over, or all are to stop. */
  #over = Promise.withResolvers<void>();

  constructor(setup: RunSetup) {
    this.#setup = setup;
    const { trials, file } = setup;
    this.#waiting = trials.filter(({ key }) => !file.finished.has(key));
  }

  async toItsEnd(): Promise<RunEnd> {
    const { parallel, signal } = this.#setup;
    const stop = (): void => this.#stop();
    if (signal?.aborted === true) stop();
    signal?.addEventListener("abort", stop);
    try {
      this.#tell();
      const lanes = Array.from({ length: parallel }, () => this.#lane());
      const ends = await Promise.allSettled(lanes);
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
    return { outcome: this.#stopping ? "stopped" : "finished", failed: this.#failed };
  }

  /** One trial after the other. */
  async #lane(): Promise<void> {
    try {
      while (!this.#stopping) {
        this.#failWithoutSource();
        const ready = this.#waiting.findIndex(({ source }) => source === null || this.#isFinished(source));
        if (ready < 0 && this.#waiting.length === 0) return;
        if (ready < 0) {
          // Whatever is waited for is under way in another lane.
          await this.#over.promise;
          continue;
        }
        for (const trial of this.#waiting.splice(ready, 1)) await this.#run(trial);
        this.#over.resolve();
        this.#over = Promise.withResolvers();
      }
    } catch (error) {
      // What goes wrong outside a trial, such as a full disk, ends them all.
      this.#stop();
      throw error;
    }
  }

  #isFinished({ key }: Trial): boolean {
    return this.#setup.file.finished.has(key);
  }

  /** Fails those whose source will not be finished any more. */
  #failWithoutSource(): void {
    for (let at = this.#withoutSource(); at >= 0; at = this.#withoutSource()) {
      for (const { key, source } of this.#waiting.splice(at, 1)) {
        this.#fail(key, `It was to begin with what "${source?.key}" gives, and that is not there.`);
      }
    }
  }

  #withoutSource(): number {
    const underWay = [...this.#running.values()].map(({ trial }) => trial);
    const coming = new Set([...this.#waiting, ...underWay]);
    return this.#waiting.findIndex(({ source }) => source !== null && !this.#isFinished(source) && !coming.has(source));
  }

  #fail(key: string, message: string): void {
    this.#failed += 1;
    this.#setup.listener.failed(key, message);
  }

  async #run(trial: Trial): Promise<void> {
    const { experiment, file, launch, listener } = this.#setup;
    const began = performance.now();
    const state = { trial, steps: 0 };
    let running: RunningTrial | null = null;
    let outcome: Awaited<RunningTrial["done"]>;
    try {
      running = launch(trial, (steps) => {
        this.#stepsTaken += steps - state.steps;
        state.steps = steps;
        this.#tell();
      });
      this.#running.set(running, state);
      outcome = await running.done;
    } catch (error) {
      this.#fail(trial.key, messageOf(error));
      return;
    } finally {
      if (running !== null) this.#running.delete(running);
    }
    // Where it was stopped it counts as never begun.
    if (outcome === null) return;
    const seconds = Number(((performance.now() - began) / 1000).toFixed(1));
    const result: TrialResult = { experiment, key: trial.key, ...outcome, seconds };
    file.append(result);
    listener.finished(result);
    this.#tell();
  }

  #stop(): void {
    this.#stopping = true;
    this.#over.resolve();
    for (const running of this.#running.keys()) running.stop();
  }

  #tell(): void {
    const { trials, file, listener } = this.#setup;
    const left = [...this.#waiting, ...[...this.#running.values()].map(({ trial }) => trial)];
    const begun = [...this.#running.values()].reduce(
      (sum, { trial, steps }) => sum + Math.min(steps, stepsOf(trial)),
      0,
    );
    listener.progress({
      trials: trials.length,
      finished: trials.filter(({ key }) => file.finished.has(key)).length,
      failed: this.#failed,
      stepsTaken: this.#stepsTaken,
      stepsLeft: left.reduce((sum, trial) => sum + stepsOf(trial), 0) - begun,
    });
  }
}

/** Steps that the trial trains for. */
function stepsOf({ options, untrained }: Trial): number {
  return untrained ? 0 : options.steps;
}
