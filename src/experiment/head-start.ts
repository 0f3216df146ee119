// Labels that a task takes with a head start and without: nothing, two minutes of demonstrations, or what was said in a
// run of another agent that was trained for half as long.
import { UsageError } from "../host/errors.ts";
import { MOST_STEPS } from "../training/options.ts";
import type { Experiment, GivenFlags, Plan } from "./experiment.ts";
import { DEMONSTRATED_SECONDS } from "./head-start-source.ts";
import { integer, integerList, namedList, seedsUpTo } from "./lists.ts";
import { findExperimentTask, type ExperimentTask } from "./tasks.ts";
import { makeTrial, type HeadStartKind, type Trial } from "./trial.ts";

const TASK = "hopper-backflip";
const LABELS = "25,50,75,100,150,300";
const SEEDS = "5";
const STEPS = "1500000";
const TARGET = "3";
/** Of the half-trained agent's run: half of what a run has that is not told how many. */
const SOURCE_LABELS = "150";
/** A source has a seed far from that of those that begin with it, so that it is another agent in other episodes. */
const SOURCE_SEEDS = 1_000;

export interface HeadStartGiven {
  readonly name: string;
  readonly description: string;
  /** Null where there is none. */
  readonly gives: HeadStartKind | null;
  /** Whether the policy begins with it too, and not the reward model alone. */
  readonly policy: boolean;
}

const minutes = DEMONSTRATED_SECONDS / 60;
const DEFAULT_STARTS = "none,demonstrations,half-trained";

export const headStarts: readonly HeadStartGiven[] = [
  { name: "none", description: "nothing", gives: null, policy: false },
  {
    name: "demonstrations",
    description: `${minutes} minutes of an agent that was trained on the true reward`,
    gives: "demonstrations",
    policy: false,
  },
  {
    name: "half-trained",
    description: "the judgements of another agent's run, of half the steps",
    gives: "judgements",
    policy: false,
  },
  {
    name: "demonstrations-and-policy",
    description: "the same demonstrations, for the policy too",
    gives: "demonstrations",
    policy: true,
  },
  {
    name: "half-trained-and-policy",
    description: "the same judgements, and the other agent's policy",
    gives: "judgements",
    policy: true,
  },
];

/** A row of the table, with its trials in the order of the seeds. */
export interface LabelsTrials {
  readonly start: string;
  readonly labels: number;
  readonly trials: readonly Trial[];
}

/** The trials that head starts of one kind come from, in the order of the seeds. */
export interface SourceTrials {
  readonly gives: HeadStartKind;
  readonly trials: readonly Trial[];
}

export interface HeadStartSettings {
  readonly task: ExperimentTask;
  readonly starts: readonly HeadStartGiven[];
  /** In rising order. */
  readonly labels: readonly number[];
  readonly sourceLabels: number;
  readonly seeds: readonly number[];
  readonly steps: number;
  /** Of the task's first measure per episode, or of the true return where it measures nothing. */
  readonly target: number;
}

export const headStart: Experiment = {
  name: "head-start",
  description: "labels that a task takes with no head start, with demonstrations, and with another agent's run",
  flags: [
    { name: "labels", placeholder: "<n,n>", description: `judgements of the simulated teacher (default: ${LABELS})` },
    {
      name: "starts",
      placeholder: "<a,b>",
      description: `${headStarts.map(({ name }) => name).join(",")}, or all (default: ${DEFAULT_STARTS})`,
    },
    {
      name: "target",
      placeholder: "<n>",
      description: `what the task's first measure should reach per episode (default: ${TARGET})`,
    },
    {
      name: "sourceLabels",
      placeholder: "<n>",
      description: `judgements in the half-trained agent's run (default: ${SOURCE_LABELS})`,
    },
    { name: "seeds", placeholder: "<n>", description: `runs of each kind, with seeds from 1 (default: ${SEEDS})` },
    { name: "task", placeholder: "<task>", description: `a task's name or a module's path (default: ${TASK})` },
    { name: "steps", placeholder: "<n>", description: `environment steps of every run (default: ${STEPS})` },
  ],
  plan: async (given) => planHeadStart(await readSettings(given)),
};

async function readSettings(given: GivenFlags): Promise<HeadStartSettings> {
  const target = Number(given["target"] ?? TARGET);
  if ((given["target"] ?? TARGET).trim() === "" || !Number.isFinite(target)) {
    throw new UsageError(`--target: expected a number, but got "${given["target"]}".`);
  }
  return {
    task: await findExperimentTask(given["task"] ?? TASK),
    starts: namedList("--starts", given["starts"] ?? DEFAULT_STARTS, headStarts),
    labels: integerList("--labels", given["labels"] ?? LABELS, 1, 100_000).sort((a, b) => a - b),
    sourceLabels: integer("--source-labels", given["sourceLabels"] ?? SOURCE_LABELS, 1, 100_000),
    seeds: seedsUpTo("--seeds", given["seeds"] ?? SEEDS),
    steps: integer("--steps", given["steps"] ?? STEPS, 2, MOST_STEPS),
    target,
  };
}

export function planHeadStart(settings: HeadStartSettings): Plan {
  const { task, starts, seeds, steps, target } = settings;
  const kinds = [...new Set(starts.flatMap(({ gives }) => gives ?? []))];
  const sources = kinds.map((gives): SourceTrials => ({
    gives,
    trials: seeds.map((seed) => sourceOf(gives, settings, seed)),
  }));
  const rows = starts.flatMap(({ name, gives, policy }) =>
    settings.labels.map((labels): LabelsTrials => ({
      start: name,
      labels,
      trials: seeds.map((seed, i) => {
        const source = sources.find((one) => one.gives === gives)?.trials[i];
        return makeTrial({
          task,
          title: `${labels} labels, head start ${name}`,
          options: { teacher: "simulated", labels, steps, seed, ...(policy ? { fromPolicy: "yes" as const } : {}) },
          ...(source === undefined ? {} : { source }),
        });
      }),
    })),
  );
  return {
    // Seed by seed, so that a table of few seeds is there early; what others begin with comes first.
    trials: seeds.flatMap((_, i) => [...sources, ...rows].map(({ trials }) => trials[i])),
    report: async (results) => {
      const { reportHeadStart } = await import("./head-start-report.ts");
      return reportHeadStart({ task: task.name, steps, seeds: seeds.length, target, starts, sources, rows }, results);
    },
  };
}

function sourceOf(gives: HeadStartKind, { task, steps, sourceLabels }: HeadStartSettings, seed: number): Trial {
  const own = { seed: SOURCE_SEEDS + seed };
  if (gives === "demonstrations") {
    const options = { ...own, teacher: "none", steps } as const;
    return makeTrial({ task, title: `${minutes} minutes of demonstrations`, options, gives });
  }
  const options = { ...own, teacher: "simulated", steps: Math.floor(steps / 2), labels: sourceLabels } as const;
  return makeTrial({ task, title: `half-trained with ${sourceLabels} labels`, options, gives });
}
