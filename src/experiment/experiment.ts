// What an experiment is to whoever runs it. A new one is a file that exports one of these, and a line in registry.ts.
import type { Trial, TrialResult } from "./trial.ts";

/** A flag of an experiment's own; its value is text until the experiment reads it. */
export interface ExperimentFlag {
  /** In camel case: `ablation` is `--ablation`. */
  readonly name: string;
  readonly placeholder: string;
  /** With the default, for help. */
  readonly description: string;
}

/** The values that were given, by the flags' names. */
export type GivenFlags = Readonly<Record<string, string | undefined>>;

export interface Experiment {
  /** In kebab-case, unique. */
  readonly name: string;
  readonly description: string;
  readonly flags: readonly ExperimentFlag[];
  /** @throws UsageError for a value that cannot be */
  plan(given: GivenFlags): Promise<Plan>;
}

export interface Plan {
  /** With keys that are unique among them, in the order in which they are run. */
  readonly trials: readonly Trial[];
  /** What the trials that are finished say, however few these are. */
  report(results: ReadonlyMap<string, TrialResult>): Promise<Report>;
}

export interface Report {
  /** For people, in Markdown. */
  readonly text: string;
  /** The same for programs. */
  readonly table: object;
  /** What is written beside the trials: text by file name. */
  readonly files: ReadonlyMap<string, string>;
}
