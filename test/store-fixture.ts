// Values for tests of the store and of what stands on it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Value } from "typebox/value";
import type { Choice, Judgement, Question } from "../src/feedback/judgement.ts";
import type { Segment } from "../src/feedback/segment.ts";
import type { NewRun } from "../src/store/store.ts";
import type { Metrics } from "../src/training/journal.ts";
import { TrainingOptions } from "../src/training/options.ts";

/** A new directory that is removed when it is disposed of. */
export function temporaryDirectory(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "heed-test-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export function newRun(more: Partial<NewRun> = {}): NewRun {
  return {
    task: "hopper-backflip",
    question: "Which of the two is nearer to a backflip?",
    scene: { bodies: [{ name: "torso", shapes: [] }], follow: 0, ground: 0, cameraDistance: 3 },
    stepSeconds: 0.008,
    options: options(),
    ...more,
  };
}

function options(): TrainingOptions {
  const all: unknown = Value.Default(TrainingOptions, {
    task: "hopper-backflip",
    steps: 1_000_000,
    stepsPerLabel: 1_500,
    workers: 2,
  });
  Value.Assert(TrainingOptions, all);
  return all;
}

/** Two steps of a world with two observations, one action and one body; every number tells which segment it is of. */
export function segment(id: number): Segment {
  return {
    id,
    atStep: 10 * id,
    policyVersion: id,
    length: 2,
    observations: Float32Array.of(id, id + 0.1, id + 0.2, id + 0.3),
    actions: Float32Array.of(-id, -id - 0.5),
    rewards: Float32Array.of(id / 10, id / 5),
    state: Float32Array.of(id, -id, 2 * id),
    clip: { framesPerSecond: 62.5, frames: 3, poses: Float32Array.from({ length: 21 }, (_, i) => id + i / 7) },
  };
}

/** Query `id` about segments of its own. */
export function comparison(id: number): Question {
  const segments = [segment(2 * id - 1), segment(2 * id)];
  const ids = segments.map((own) => own.id);
  return { query: { id, kind: "comparison", segments: ids, selection: "random", atStep: 10 * id }, segments };
}

/** An answer to a comparison. */
export function chosen(choice: Choice): Judgement["answer"] {
  return { kind: "comparison", choice };
}

export function judgement(id: string, query: number, more: Partial<Judgement> = {}): Judgement {
  return { id, query, answer: chosen("left"), annotator: "person", decisionMilliseconds: 812.5, ...more };
}

export function metrics(steps: number): Metrics {
  return {
    steps,
    labels: 3,
    seconds: steps / 1_000,
    stepsPerSecond: 1_000,
    rewardAccuracy: 0.75,
    rewardLoss: null,
    rewardHeldOutLoss: null,
    disagreement: 0.1,
    predictedReward: -0.5,
    trueReturn: null,
    policyEntropy: 1.5,
    policyDivergence: 0.01,
    explainedVariance: 0.5,
    diverged: 0,
  };
}
