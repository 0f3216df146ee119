// A whole run of heed in this process, with everything on disk that a user would find there, but for the page.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { teach, type TeachOptions } from "../../src/host/teach.ts";
import type { Evaluation } from "../../src/training/journal.ts";
import type { CurveLine } from "./curve.ts";

export interface HeedRun {
  readonly steps: number;
  /** From the call until the last step was learned from: starting threads and all writing, but not the evaluation. */
  readonly seconds: number;
  readonly curve: readonly CurveLine[];
  readonly evaluation: Evaluation;
}

/** Runs from scratch in a data directory of its own, which is removed afterwards. */
export async function runHeed(options: Omit<TeachOptions, "data" | "serve" | "onProgress">): Promise<HeedRun> {
  const data = await mkdtemp(join(tmpdir(), "heed-bench-"));
  const curve: CurveLine[] = [];
  const began = performance.now();
  try {
    const { evaluation } = await teach({
      ...options,
      data,
      serve: false,
      onProgress: (event) => {
        if (event.event !== "progress") return;
        const { steps, trueReturn } = event;
        curve.push({ steps, seconds: (performance.now() - began) / 1_000, trueReturn });
      },
    });
    if (evaluation === null) throw new Error(`The run of ${options.task} was stopped before it was evaluated.`);
    const { steps, seconds } = curve[curve.length - 1];
    return { steps, seconds, curve, evaluation };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
