// An experiment from its flags to its files.
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Experiment, GivenFlags, Report } from "./experiment.ts";
import { trialLauncher, type LaunchTrial } from "./launch.ts";
import { runTrials, type RunEnd, type RunListener } from "./runner.ts";
import { TrialsFile } from "./trials-file.ts";

export interface ExperimentOptions {
  /** Directory for trials and tables; default `heed-experiments/NAME`. */
  readonly out?: string | undefined;
  /** Trials at the same time; default the number of cores. */
  readonly parallel?: number | undefined;
  readonly listener: RunListener;
  readonly signal?: AbortSignal | undefined;
  readonly launch?: LaunchTrial | undefined;
}

export interface ExperimentEnd extends RunEnd {
  readonly directory: string;
  readonly trials: number;
  readonly finished: number;
  readonly report: Report;
}

/**
 * Runs what is missing of an experiment, and writes its tables and charts into its directory: also when it was stopped,
 * of what is there by then.
 * @throws UsageError for flags and directories that cannot be
 */
export async function runExperiment(
  experiment: Experiment,
  given: GivenFlags,
  { out, parallel, listener, signal, launch }: ExperimentOptions,
): Promise<ExperimentEnd> {
  const { name } = experiment;
  const plan = await experiment.plan(given);
  const directory = out ?? join("heed-experiments", name);
  const file = new TrialsFile(directory, name);
  try {
    const end = await runTrials({
      experiment: name,
      trials: plan.trials,
      file,
      parallel: parallel ?? availableParallelism(),
      launch: launch ?? trialLauncher(directory),
      listener,
      signal,
    });
    const report = await plan.report(file.finished);
    for (const [name, text] of report.files) writeFileSync(join(directory, name), text);
    const finished = plan.trials.filter(({ key }) => file.finished.has(key)).length;
    return { ...end, directory, trials: plan.trials.length, finished, report };
  } finally {
    file.close();
  }
}
