// How well a task is learned from how many labels: by method, and by how good the teacher is.
import { MOST_STEPS } from "../training/options.ts";
import type { Experiment, GivenFlags, Plan } from "./experiment.ts";
import { integer, integerList, namedList, seedsUpTo } from "./lists.ts";
import { DEFAULT_METHOD, methods, type Method } from "./methods.ts";
import { findExperimentTask, type ExperimentTask } from "./tasks.ts";
import { ORACLE, teachers, type Teacher } from "./teachers.ts";
import { makeTrial, type Trial } from "./trial.ts";

const TASK = "hopper-backflip";
const LABELS = "100,150,300,900";
const SEEDS = "5";
const STEPS = "1500000";

/** A row of the table: one method taught by one teacher with so many labels. */
export interface Condition {
  readonly method: string;
  readonly teacher: string;
  readonly labels: number;
}

/** A condition's trials, in the order of the seeds. */
export interface ConditionTrials extends Condition {
  readonly trials: readonly Trial[];
}

export interface LabelEfficiencySettings {
  readonly task: ExperimentTask;
  readonly labels: readonly number[];
  readonly seeds: readonly number[];
  readonly steps: number;
  readonly pairs: readonly { readonly method: Method; readonly teacher: Teacher }[];
}

const namesOf = (named: readonly { readonly name: string }[]): string => named.map(({ name }) => name).join(",");

export const labelEfficiency: Experiment = {
  name: "label-efficiency",
  description: "what is learned from how many labels, by method and by B-Pref's six teachers",
  flags: [
    { name: "labels", placeholder: "<n,n>", description: `judgements of the simulated teacher (default: ${LABELS})` },
    { name: "seeds", placeholder: "<n>", description: `runs of each kind, with seeds from 1 (default: ${SEEDS})` },
    {
      name: "methods",
      placeholder: "<a,b>",
      description: `${namesOf(methods)}, or all (default: all with the oracle, and ${DEFAULT_METHOD.name} with every teacher)`,
    },
    {
      name: "teachers",
      placeholder: "<a,b>",
      description: `${namesOf(teachers)}, or all (default: ${ORACLE.name} where methods are given)`,
    },
    { name: "task", placeholder: "<task>", description: `a task's name or a module's path (default: ${TASK})` },
    { name: "steps", placeholder: "<n>", description: `environment steps of every run (default: ${STEPS})` },
  ],
  plan: async (given) => planLabelEfficiency(await readSettings(given)),
};

async function readSettings(given: GivenFlags): Promise<LabelEfficiencySettings> {
  return {
    task: await findExperimentTask(given["task"] ?? TASK),
    labels: integerList("--labels", given["labels"] ?? LABELS, 1, 100_000),
    seeds: seedsUpTo("--seeds", given["seeds"] ?? SEEDS),
    steps: integer("--steps", given["steps"] ?? STEPS, 1, MOST_STEPS),
    pairs: pairsOf(given["methods"], given["teachers"]),
  };
}

/** Every method that was asked for with every teacher; where nothing was, all methods and all teachers once. */
function pairsOf(askedMethods?: string, askedTeachers?: string): LabelEfficiencySettings["pairs"] {
  if (askedMethods === undefined && askedTeachers === undefined) {
    return [
      ...methods.map((method) => ({ method, teacher: ORACLE })),
      ...teachers.filter((teacher) => teacher !== ORACLE).map((teacher) => ({ method: DEFAULT_METHOD, teacher })),
    ];
  }
  const these = askedTeachers === undefined ? [ORACLE] : namedList("--teachers", askedTeachers, teachers);
  const those = askedMethods === undefined ? [DEFAULT_METHOD] : namedList("--methods", askedMethods, methods);
  return these.flatMap((teacher) => those.map((method) => ({ method, teacher })));
}

export function planLabelEfficiency(settings: LabelEfficiencySettings): Plan {
  const { task, seeds, steps, pairs } = settings;
  const conditions = pairs.flatMap(({ method, teacher }) =>
    settings.labels.map((labels): ConditionTrials => {
      const title = `${labels} labels, ${method.name} method, ${teacher.name} teacher`;
      const options = {
        teacher: "simulated",
        labels,
        steps,
        ...method.options,
        ...teacher.weaknesses(task.name),
      } as const;
      return {
        method: method.name,
        teacher: teacher.name,
        labels,
        trials: seeds.map((seed) =>
          makeTrial({ task, title, options: { ...options, seed }, hyperparameters: method.hyperparameters }),
        ),
      };
    }),
  );
  return {
    // Seed by seed, so that a table of few seeds is there early.
    trials: seeds.flatMap((_, i) => conditions.map(({ trials }) => trials[i])),
    report: async (results) => {
      const { reportLabelEfficiency } = await import("./label-efficiency-report.ts");
      return reportLabelEfficiency({ task: task.name, steps, seeds: seeds.length, conditions }, results);
    },
  };
}
