// Takes down what training says: into the store, to the page, and to whoever started the run.
import type { Judgement, Question } from "../feedback/judgement.ts";
import type { Clip } from "../feedback/segment.ts";
import type { LiveEvent } from "../server/live.ts";
import type { Store } from "../store/store.ts";
import type { Checkpoint, Evaluation, Journal, Metrics, Moment, Status } from "../training/journal.ts";
import type { RunEvent } from "./events.ts";

export interface RunJournalPorts {
  readonly store: Store;
  /** The run's id. */
  readonly run: string;
  readonly emit: (event: RunEvent) => void;
  /** Told once, when the store first fails to keep something. */
  readonly failed: (error: unknown) => void;
}

export class RunJournal implements Journal {
  readonly #ports: RunJournalPorts;
  readonly #listeners = new Set<(event: LiveEvent) => void>();
  readonly #writing = new Set<Promise<void>>();
  #failed = false;
  status: Status;
  clip: Clip | null = null;
  evaluation: Evaluation | null = null;

  constructor(ports: RunJournalPorts, status: Status) {
    this.#ports = ports;
    this.status = status;
  }

  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when everything said so far is on disk, or has failed to get there. */
  async settled(): Promise<void> {
    while (this.#writing.size > 0) await Promise.all(this.#writing);
  }

  asked(question: Question): void {
    // The page is told once the store has the query, since it fetches it from there.
    this.#write(async ({ store, run }) => {
      await store.ask(run, question);
      this.#tell({ type: "queries" });
    });
  }

  withdrawn(queryId: number): void {
    this.#write(async ({ store, run }) => {
      await store.withdraw(run, queryId);
      this.#tell({ type: "queries" });
    });
  }

  judged(judgement: Judgement): void {
    this.#write(async ({ store, run }) => {
      const result = await store.judge(run, judgement);
      if (result.outcome === "conflict" || result.outcome === "invalid")
        throw new Error(`The simulated teacher's answer was refused. ${result.reason}`);
      if (result.outcome === "unknown-query") throw new Error(`Query ${judgement.query} was judged but never asked.`);
    });
  }

  measured(metrics: Metrics): void {
    this.status = { ...this.status, steps: metrics.steps, labels: metrics.labels };
    this.#write(async ({ store, run }) => {
      await store.addMetrics(run, metrics);
      await store.updateStatus(run, this.status);
    });
    this.#tell({ type: "metrics", metrics });
    this.#ports.emit({ event: "progress", ...metrics });
  }

  changed(status: Status): void {
    const turned = status.phase !== this.status.phase;
    this.status = status;
    if (turned) this.#write(({ store, run }) => store.updateStatus(run, status));
    this.#tell({ type: "status", status });
    this.#ports.emit({ event: "status", ...status });
  }

  acted(clip: Clip): void {
    this.clip = clip;
    this.#tell({ type: "agent", clip });
  }

  remembered(moment: Moment): void {
    this.#write(async ({ store, run }) => {
      await store.remember(run, moment);
      this.#tell({ type: "history" });
    });
  }

  saved(checkpoint: Checkpoint): void {
    this.#write(({ store, run }) => store.saveCheckpoint(run, checkpoint));
  }

  evaluated(evaluation: Evaluation): void {
    this.evaluation = evaluation;
    this.#write(({ store, run }) => store.saveEvaluation(run, evaluation));
    this.#tell({ type: "evaluation", evaluation });
    this.#ports.emit({ event: "evaluated", ...evaluation });
  }

  #tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Hands a write to the store, which keeps the order of the calls. */
  #write(work: (ports: RunJournalPorts) => Promise<void>): void {
    const written = work(this.#ports)
      .catch((error: unknown) => {
        if (this.#failed) return;
        this.#failed = true;
        this.#ports.failed(error);
      })
      .finally(() => this.#writing.delete(written));
    this.#writing.add(written);
  }
}
