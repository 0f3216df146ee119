// Measures the agent of a run's last checkpoint.
import type { Run } from "../store/store.ts";
import type { Evaluation, Journal } from "../training/journal.ts";
import { openExistingData } from "./data.ts";
import { UsageError } from "./errors.ts";
import { launchTraining } from "./launch.ts";

export interface EvaluateOptions {
  /** Data directory; default `heed-data`. */
  readonly data?: string | undefined;
  readonly episodes: number;
}

export interface EvaluatedRun {
  readonly run: Run;
  readonly evaluation: Evaluation;
  /** One sentence for each checkpoint that was refused. */
  readonly warnings: readonly string[];
}

/**
 * Runs whole episodes with the agent as it was last saved. Changes nothing in the store, so the run may be under way.
 * @throws StoreError for an unknown run, UsageError for one that has saved nothing yet
 */
export async function evaluateRun(idOrName: string, { data, episodes }: EvaluateOptions): Promise<EvaluatedRun> {
  const store = await openExistingData(data);
  try {
    const run = await store.findRun(idOrName);
    const { checkpoint, warnings } = await store.loadCheckpoint(run.id);
    if (checkpoint === null) {
      throw new UsageError(`${run.id} has no checkpoint to evaluate yet; the first one comes after a minute.`);
    }
    const start = { options: run.options, checkpoint, judged: [], open: [], lastSegment: 0, lastQuery: 0 };
    const journal = new EvaluationJournal();
    await launchTraining(start, journal, episodes).done;
    if (journal.evaluation === null) throw new Error(`${run.id} was run for ${episodes} episodes but not evaluated.`);
    return { run, evaluation: journal.evaluation, warnings };
  } finally {
    await store.close();
  }
}

/** Keeps the evaluation and nothing else. */
class EvaluationJournal implements Journal {
  evaluation: Evaluation | null = null;

  evaluated(evaluation: Evaluation): void {
    this.evaluation = evaluation;
  }

  asked(): void {}
  withdrawn(): void {}
  judged(): void {}
  measured(): void {}
  changed(): void {}
  acted(): void {}
  remembered(): void {}
  saved(): void {}
}
