// One training run of an experiment, and what comes of it.
import { createHash } from "node:crypto";
import Type, { type Static } from "typebox";
import { fillOptions, type GivenOptions } from "../host/options.ts";
import { readVersion } from "../host/version.ts";
import type { Hyperparameters } from "../training/hyperparameters.ts";
import type { TrainingOptions } from "../training/options.ts";
import { withOverrides, type HyperparameterOverrides } from "./overrides.ts";
import type { ExperimentTask } from "./tasks.ts";

/** What a trial can give to others as a head start: what its agent does, or what its teacher said. */
export type HeadStartKind = "demonstrations" | "judgements";

export interface Trial {
  /** What it is in words, and a digest of everything that shapes its result. */
  readonly key: string;
  readonly options: TrainingOptions;
  readonly hyperparameters: Hyperparameters;
  /** Whether the agent is measured as it is at the start, instead of trained. */
  readonly untrained: boolean;
  /** What is kept of it for others, beside its figures, in the experiment's directory; null: nothing. */
  readonly gives: HeadStartKind | null;
  /** The trial that gives this one its head start, and is run before it; null: it begins with nothing. */
  readonly source: Trial | null;
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
  readonly gives?: HeadStartKind;
  readonly source?: Trial;
}

/**
 * A trial with every gap filled. It runs on one thread: trials beside each other keep the cores busier than threads
 * that wait for one another.
 * @throws UsageError for an option out of range, RangeError for a head start with hyperparameters of its own
 */
export function makeTrial(request: TrialRequest): Trial {
  const { task, title, options, hyperparameters = {}, untrained = false, gives = null, source = null } = request;
  if ((gives !== null || source !== null) && Object.keys(hyperparameters).length > 0) {
    // The host reads a head start for runs as everybody has them.
    throw new RangeError("Head starts are given and taken with the usual hyperparameters alone.");
  }
  // Where it is kept says nothing of what it is; the key of its source says all.
  const from = source === null ? {} : { from: source.key };
  const filled = fillOptions({ ...options, ...from, task: task.reference, workers: 1 });
  const shape = { options: filled, hyperparameters: withOverrides(hyperparameters), untrained };
  const whole = {
    ...shape,
    options: { ...filled, task: task.identity },
    version: readVersion(),
    ...(gives === null ? {} : { gives }),
  };
  const digest = createHash("sha256").update(canonical(whole)).digest("hex").slice(0, 12);
  return { key: `${task.name}, ${title}, seed ${filled.seed} #${digest}`, ...shape, gives, source };
}

/** JSON in which the order of an object's keys makes no difference. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
