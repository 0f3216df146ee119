// The options of a run that goes on from a checkpoint of another.
import type { TrainingOptions } from "../training/options.ts";
import { UsageError } from "./errors.ts";
import { fillOptions, type GivenOptions } from "./options.ts";

/** Options from which the steps per label follow where they are not given. */
const SPREAD: readonly string[] = ["labels", "steps", "teacher"];

/** Options that say what a run begins with. A file that one of them names must not be read for somebody on the page. */
const HEAD_START = ["from", "fromPolicy"] as const;

/**
 * The options of the run with those changed that are given. Where that changes how the labels are spread, the steps
 * per label follow.
 * @param from steps of the checkpoint
 * @throws UsageError for a value out of range, another task, or a run that would be over as it begins
 */
export function forkOptions(
  source: TrainingOptions,
  given: Readonly<Record<string, unknown>>,
  from: number,
): TrainingOptions {
  if ("task" in given && given["task"] !== source.task) {
    throw new UsageError("task: a fork goes on with the task of its run. Start a new run for another task.", {
      field: "task",
    });
  }
  for (const field of HEAD_START) {
    if (field in given) {
      throw new UsageError(`${field}: a fork begins with what its checkpoint has learned, and takes no head start.`, {
        field,
      });
    }
  }
  const { stepsPerLabel, ...kept } = source;
  const spread = Object.keys(given).some((name) => SPREAD.includes(name));
  // Every value is checked against the schema as it is filled in.
  const options = fillOptions({ ...kept, ...(spread ? {} : { stepsPerLabel }), ...given } as GivenOptions);
  if (options.steps <= from) {
    throw new UsageError(
      `steps: expected more than the ${from} that the checkpoint has taken, but got ${options.steps}.`,
      {
        field: "steps",
      },
    );
  }
  return options;
}
