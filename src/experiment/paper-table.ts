// The table that started the field: learning from 350, 700 and 1,400 comparisons against learning from the true reward,
// on eight simulated robots (Christiano et al. 2017, figure 2), and what the method loses with each part taken out.
import { MOST_STEPS } from "../training/options.ts";
import { ablations, type Ablation } from "./ablations.ts";
import type { Experiment, GivenFlags, Plan } from "./experiment.ts";
import { integer, integerList, namedList, seedsUpTo, textList } from "./lists.ts";
import { findExperimentTask, type ExperimentTask } from "./tasks.ts";
import { makeTrial, type Trial } from "./trial.ts";

/** The paper's robots, in the forms whose episodes never end early: an end would tell what the reward is. */
const TASKS = [
  "hopper-fixed-horizon",
  "walker2d-fixed-horizon",
  "half-cheetah",
  "ant-fixed-horizon",
  "swimmer",
  "reacher",
  "inverted-pendulum-fixed-horizon",
  "inverted-double-pendulum-fixed-horizon",
];
const LABELS = "350,700,1400";
/** What the paper's ablations were given. */
const ABLATION_LABELS = "700";
const SEEDS = "3";
const STEPS = "1000000";

/** The method as it is. */
const WHOLE: Ablation = { name: "default", description: "the method as it is", options: {}, hyperparameters: {} };

/** A way of learning from labels, which is a column of the table. */
export interface Column {
  readonly labels: number;
  readonly variant: string;
}

/** What a trial is to the table. */
export type Place = { readonly task: string; readonly seed: number } & (
  { readonly kind: "untrained" | "true-reward" } | ({ readonly kind: "labels" } & Column)
);

/** A trial and where it belongs. */
export interface PlacedTrial {
  readonly trial: Trial;
  readonly place: Place;
}

export interface PaperTableSettings {
  readonly tasks: readonly ExperimentTask[];
  readonly labels: readonly number[];
  readonly seeds: readonly number[];
  readonly steps: number;
  readonly variants: readonly Ablation[];
}

export const paperTable: Experiment = {
  name: "paper-table",
  description: "learning from comparisons against learning from the true reward, on eight robots",
  flags: [
    { name: "tasks", placeholder: "<a,b>", description: "tasks or modules' paths (default: the paper's eight robots)" },
    {
      name: "labels",
      placeholder: "<n,n>",
      description: `judgements of the simulated teacher (default: ${LABELS}; with --ablation ${ABLATION_LABELS})`,
    },
    { name: "seeds", placeholder: "<n>", description: `runs of each kind, with seeds from 1 (default: ${SEEDS})` },
    { name: "steps", placeholder: "<n>", description: `environment steps of every run (default: ${STEPS})` },
    {
      name: "ablation",
      placeholder: "<name>",
      description: `take a part of the method out: ${ablations.map(({ name }) => name).join(", ")}, or all, in a table of their own`,
    },
  ],
  plan: async (given) =>
    planPaperTable(await readSettings(given), given["ablation"] === undefined ? "table" : "ablations"),
};

async function readSettings(given: GivenFlags): Promise<PaperTableSettings> {
  const { ablation } = given;
  const tasks = given["tasks"] === undefined ? TASKS : textList("--tasks", given["tasks"]);
  return {
    tasks: await Promise.all(tasks.map(findExperimentTask)),
    labels: integerList("--labels", given["labels"] ?? (ablation === undefined ? LABELS : ABLATION_LABELS), 1, 100_000),
    seeds: seedsUpTo("--seeds", given["seeds"] ?? SEEDS),
    steps: integer("--steps", given["steps"] ?? STEPS, 1, MOST_STEPS),
    variants: [WHOLE, ...(ablation === undefined ? [] : namedList("--ablation", ablation, ablations))],
  };
}

/** @param stem of the names of the files that are written */
export function planPaperTable(settings: PaperTableSettings, stem: string): Plan {
  const { tasks, labels, seeds, steps, variants } = settings;
  const columns = variants.flatMap(({ name }) => labels.map((count): Column => ({ labels: count, variant: name })));
  const placed = seeds.flatMap((seed) => tasks.flatMap((task) => trialsOf(settings, task, seed)));
  return {
    trials: placed.map(({ trial }) => trial),
    report: async (results) => {
      const { reportPaperTable } = await import("./paper-table-report.ts");
      const names = tasks.map(({ name }) => name);
      return reportPaperTable({ stem, tasks: names, columns, steps, seeds: seeds.length, placed }, results);
    },
  };
}

function trialsOf({ labels, steps, variants }: PaperTableSettings, task: ExperimentTask, seed: number): PlacedTrial[] {
  const base = { teacher: "none", steps, seed } as const;
  const place = { task: task.name, seed };
  return [
    {
      // An evaluation takes no training steps, so that their number must not make it another trial.
      trial: makeTrial({ task, title: "untrained", options: { ...base, steps: 1 }, untrained: true }),
      place: { ...place, kind: "untrained" },
    },
    { trial: makeTrial({ task, title: "true reward", options: base }), place: { ...place, kind: "true-reward" } },
    ...variants.flatMap(({ name, options, hyperparameters }) =>
      labels.map((count): PlacedTrial => {
        const title = `${count} labels${name === WHOLE.name ? "" : ` ${name}`}`;
        const whole = {
          ...base,
          teacher: "simulated" as const,
          labels: count,
          // As in the paper: its schedule alone says when labels come, and its ensemble's disagreement what is asked.
          stepsPerLabel: MOST_STEPS,
          selection: "disagreement" as const,
          ...options,
        };
        return {
          trial: makeTrial({ task, title, options: whole, hyperparameters }),
          place: { ...place, kind: "labels", labels: count, variant: name },
        };
      }),
    ),
  ];
}
