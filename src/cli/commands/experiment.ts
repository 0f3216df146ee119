import type { Experiment, GivenFlags } from "../../experiment/experiment.ts";
import { runExperiment } from "../../experiment/run.ts";
import { evaluationText, flatEvaluation } from "../evaluation.ts";
import { ExperimentProgress } from "../experiment-progress.ts";
import { watchInterrupts } from "../interrupts.ts";
import type { Output } from "../output.ts";
import { duration } from "../progress.ts";

export interface ExperimentFlags {
  readonly out?: string;
  readonly parallel?: number;
}

/** Runs what is missing of an experiment and shows its table; 1 where a trial failed. */
export async function runExperimentCommand(
  output: Output,
  experiment: Experiment,
  given: GivenFlags,
  { out, parallel }: ExperimentFlags,
): Promise<number> {
  const progress = new ExperimentProgress(output.people);
  const say = (text: string): void => {
    progress.clear();
    output.say(text);
  };
  const interrupts = watchInterrupts(() =>
    say(
      "Stopping; finished trials are kept, and the same command goes on from here. Press Ctrl-C again to stop at once.",
    ),
  );
  try {
    const end = await runExperiment(experiment, given, {
      out,
      parallel,
      signal: interrupts.signal,
      listener: {
        finished: ({ key, evaluation, seconds }) => {
          if (!output.json) say(`${key} · ${duration(seconds)} · ${evaluationText(evaluation)}`);
          output.result({ event: "trial", key, evaluation: flatEvaluation(evaluation), seconds });
        },
        failed: (key, message) => {
          say(`Failed: ${key}: ${message}`);
          output.result({ event: "trial-failed", key, message });
        },
        progress: (now) => progress.show(now),
      },
    }).finally(() => progress.clear());
    const { outcome, trials, finished, failed, directory, report } = end;
    output.result(
      { event: outcome, experiment: experiment.name, out: directory, trials, finished, failed, table: report.table },
      report.text,
    );
    const files = [...report.files.keys()].join(", ");
    output.say(`${finished} of ${trials} trials finished, ${failed} failed. ${directory} has ${files}.`);
    return failed > 0 ? 1 : 0;
  } finally {
    interrupts.release();
  }
}
