// One training run of an experiment, and what comes of it.
import { createHash } from "node:crypto";
import Type, { type Static } from "typebox";
import { fillOptions, type GivenOptions } from "../host/options.ts";
import { readVersion } from "../host/version.ts";
import type { Hyperparameters } from "../training/hyperparameters.ts";
import type { TrainingOptions } from "../training/options.ts";
import { withOverrides, type HyperparameterOverrides } from "./overrides.ts";
import type { ExperimentTask } from "./tasks.ts";

export interface Trial {
  /** What it is in words, and a digest of everything that shapes its result. */
  readonly key: string;
  readonly options: TrainingOptions;
  readonly hyperparameters: Hyperparameters;
  /** Whether the agent is measured as it is at the start, instead of trained. */
  readonly untrained: boolean;
}

/** What a trial measured. */
export const TrialOutcome = Type.Object({
  evaluation: Type.Object({
    episodes: Type.Integer(),
    trueReturn: Type.Union([Type.Number(), Type.Null()]),
    measures: Type.Record(Type.String(), Type.Number()),
  }),
  /** `[steps, labels, mean true return of the episodes since the point before]`, at most 100 of them. */
  curve: Type.Array(Type.Tuple([Type.Number(), Type.Number(), Type.Number()])),
});
export type TrialOutcome = Static<typeof TrialOutcome>;

/** A finished trial as its experiment keeps it. */
export const TrialResult = Type.Object({
  experiment: Type.String(),
  key: Type.String(),
  ...TrialOutcome.properties,
  /** Wall-clock. */
  seconds: Type.Number(),
});
export type TrialResult = Static<typeof TrialResult>;

export interface TrialRequest {
  readonly task: ExperimentTask;
  /** What tells it from the experiment's other trials, in words. */
  readonly title: string;
  readonly options: Omit<GivenOptions, "task" | "workers">;
  readonly hyperparameters?: HyperparameterOverrides;
  readonly untrained?: boolean;
}

/**
 * A trial with every gap filled. It runs on one thread: trials beside each other keep the cores busier than threads
 * that wait for one another.
 * @throws UsageError for an option out of range
 */
export function makeTrial({ task, title, options, hyperparameters = {}, untrained = false }: TrialRequest): Trial {
  const filled = fillOptions({ ...options, task: task.reference, workers: 1 });
  const shape = { options: filled, hyperparameters: withOverrides(hyperparameters), untrained };
  const whole = { ...shape, options: { ...filled, task: task.identity }, version: readVersion() };
  const digest = createHash("sha256").update(canonical(whole)).digest("hex").slice(0, 12);
  return { key: `${task.name}, ${title}, seed ${filled.seed} #${digest}`, ...shape };
}

/** JSON in which the order of an object's keys makes no difference. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
