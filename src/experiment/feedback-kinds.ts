// What is learned from so many minutes of somebody's time, by how they say what they like: each kind of feedback alone,
// and all of them mixed. The simulated teacher answers; what its answers would cost a person stands in time-costs.ts.
import { UsageError } from "../host/errors.ts";
import { ASKABLE, type AskableKind } from "../feedback/judgement.ts";
import { feedbackKinds, MOST_STEPS } from "../training/options.ts";
import type { Experiment, GivenFlags, Plan } from "./experiment.ts";
import { integer, integerList, namedList, seedsUpTo, textList } from "./lists.ts";
import { findExperimentTask, type ExperimentTask } from "./tasks.ts";
import { answersIn } from "./time-costs.ts";
import { makeTrial, type Trial } from "./trial.ts";

const TASKS = "hopper-backflip";
const MINUTES = "5,10,20";
const SEEDS = "3";
const STEPS = "1500000";

/** A way to use a person's time. */
export interface Mix {
  readonly name: string;
  /** That take turns, in the order in which a run asks for them. */
  readonly kinds: readonly AskableKind[];
}

export const MIXTURE: Mix = { name: "mixture", kinds: ASKABLE };

export const mixes: readonly Mix[] = [...ASKABLE.map((kind): Mix => ({ name: kind, kinds: [kind] })), MIXTURE];

/** A row of the table. */
export interface MinutesSpent {
  readonly task: string;
  readonly mix: string;
  readonly minutes: number;
  /** That fit into the minutes: the labels of the run. */
  readonly answers: number;
}

/** A row's trials, in the order of the seeds. */
export interface MinutesTrials extends MinutesSpent {
  readonly trials: readonly Trial[];
}

export interface FeedbackKindsSettings {
  readonly tasks: readonly ExperimentTask[];
  readonly minutes: readonly number[];
  readonly mixes: readonly Mix[];
  readonly seeds: readonly number[];
  readonly steps: number;
}

export const feedbackKindsExperiment: Experiment = {
  name: "feedback-kinds",
  description: "what is learned per minute of a person's time, by each kind of feedback and by all of them mixed",
  flags: [
    { name: "minutes", placeholder: "<n,n>", description: `minutes of a person's time (default: ${MINUTES})` },
    {
      name: "kinds",
      placeholder: "<a,b>",
      description: `${mixes.map(({ name }) => name).join(",")}, or all (default: all)`,
    },
    { name: "tasks", placeholder: "<a,b>", description: `tasks or modules' paths (default: ${TASKS})` },
    { name: "seeds", placeholder: "<n>", description: `runs of each kind, with seeds from 1 (default: ${SEEDS})` },
    { name: "steps", placeholder: "<n>", description: `environment steps of every run (default: ${STEPS})` },
  ],
  plan: async (given) => planFeedbackKinds(await readSettings(given)),
};

async function readSettings(given: GivenFlags): Promise<FeedbackKindsSettings> {
  return {
    tasks: await Promise.all(textList("--tasks", given["tasks"] ?? TASKS).map(findExperimentTask)),
    minutes: integerList("--minutes", given["minutes"] ?? MINUTES, 1, 1_000),
    mixes: namedList("--kinds", given["kinds"] ?? "all", mixes),
    seeds: seedsUpTo("--seeds", given["seeds"] ?? SEEDS),
    steps: integer("--steps", given["steps"] ?? STEPS, 1, MOST_STEPS),
  };
}

export function planFeedbackKinds({ tasks, minutes, mixes, seeds, steps }: FeedbackKindsSettings): Plan {
  const rows = tasks.flatMap((task) =>
    mixes.flatMap((mix) =>
      minutes.map((spent): MinutesTrials => {
        const feedback = mix.kinds.join(",");
        const answers = answersIn(spent, feedbackKinds({ feedback }));
        if (answers === 0) throw new UsageError(`--minutes: in ${spent} nobody gives an answer by ${mix.name}.`);
        const title = `${spent} minutes, ${mix.name}`;
        const options = { teacher: "simulated", labels: answers, feedback, steps } as const;
        return {
          task: task.name,
          mix: mix.name,
          minutes: spent,
          answers,
          trials: seeds.map((seed) => makeTrial({ task, title, options: { ...options, seed } })),
        };
      }),
    ),
  );
  return {
    // Seed by seed, so that a table of few seeds is there early.
    trials: seeds.flatMap((_, i) => rows.map(({ trials }) => trials[i])),
    report: async (results) => {
      const { reportFeedbackKinds } = await import("./feedback-kinds-report.ts");
      return reportFeedbackKinds({ steps, seeds: seeds.length, mixes, rows }, results);
    },
  };
}
