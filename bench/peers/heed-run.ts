// A whole run of heed in this process, with everything on disk that a user would find there, but for the page.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadKernelModule } from "../../src/host/kernel-module.ts";
import { startTeaching, type TeachOptions } from "../../src/host/teach.ts";
import { startThread } from "../../src/host/threads.ts";
import { bestBuild } from "../../src/kernel/kernel.ts";
import { HYPERPARAMETERS, type Hyperparameters } from "../../src/training/hyperparameters.ts";
import type { Evaluation, Journal } from "../../src/training/journal.ts";
import { startTraining } from "../../src/training/start.ts";
import type { Start } from "../../src/training/training.ts";
import type { CurveLine } from "./curve.ts";

export interface HeedRun {
  readonly steps: number;
  /** From the call until the last step was learned from: starting threads and all writing, but not the evaluation. */
  readonly seconds: number;
  readonly curve: readonly CurveLine[];
  readonly evaluation: Evaluation;
}

/** Runs from scratch in a data directory of its own, which is removed afterwards. */
export async function runHeed(
  options: Omit<TeachOptions, "data" | "serve" | "onProgress">,
  hyperparameters: Hyperparameters = HYPERPARAMETERS,
): Promise<HeedRun> {
  const data = await mkdtemp(join(tmpdir(), "heed-bench-"));
  const curve: CurveLine[] = [];
  const began = performance.now();
  try {
    const onProgress: TeachOptions["onProgress"] = (event) => {
      if (event.event !== "progress") return;
      const { steps, trueReturn } = event;
      curve.push({ steps, seconds: (performance.now() - began) / 1_000, trueReturn });
    };
    const launch = (start: Start, journal: Journal) => {
      const build = bestBuild();
      return startTraining({
        start,
        startThread,
        journal,
        kernel: { module: loadKernelModule(build), build },
        hyperparameters,
      });
    };
    const running = await startTeaching({ ...options, data, serve: false, onProgress }, launch);
    const { evaluation } = await running.done.finally(() => running.close());
    if (evaluation === null) throw new Error(`The run of ${options.task} was stopped before it was evaluated.`);
    const { steps, seconds } = curve[curve.length - 1];
    return { steps, seconds, curve, evaluation };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
