// The learning curves: what each of them shows, in words, and its points.
import type { Metrics } from "../../../src/training/journal.ts";
import { measureName } from "../measures.ts";
import { shortNumber } from "../words.ts";

/** What stands along the horizontal axis. */
export const AXES = ["steps", "labels", "minutes"] as const;
export type Axis = (typeof AXES)[number];

export const AXIS_TITLES: Readonly<Record<Axis, string>> = {
  steps: "Environment steps",
  labels: "Answers",
  minutes: "Minutes at work",
};

/** A point of a curve, with where it stands on every axis. */
export interface Point extends Readonly<Record<Axis, number>> {
  readonly value: number;
}

export interface Chart {
  readonly name: string;
  readonly title: string;
  /** Title of the vertical axis: the quantity and its unit. */
  readonly unit: string;
  /** What it is and what is good, in a sentence. */
  readonly explanation: string;
  readonly write: (value: number) => string;
  readonly points: readonly Point[];
}

interface MetricChart extends Omit<Chart, "points"> {
  readonly value: (line: Metrics) => number | null;
}

const hundredths = (value: number): string => value.toFixed(2);

const METRIC_CHARTS: readonly MetricChart[] = [
  {
    name: "predicted-reward",
    title: "Predicted reward",
    unit: "Log-odds of a clip",
    explanation:
      "How sure the reward model is that a clip of the agent now is better than one of the untrained agent: 0 is no better, and it should rise.",
    write: hundredths,
    value: ({ predictedReward }) => predictedReward,
  },
  {
    name: "true-return",
    title: "True return",
    unit: "Return of an episode",
    explanation:
      "What the task itself pays for whole episodes; the agent never sees it, and it should rise along with the predicted reward.",
    write: shortNumber,
    value: ({ trueReturn }) => trueReturn,
  },
  {
    name: "accuracy",
    title: "Reward model accuracy",
    unit: "Answers foretold, %",
    explanation:
      "How many of the answers that were kept from it the reward model foretells: 50 % is guessing, and above 75 % is good.",
    write: (value) => `${Math.round(value)} %`,
    value: ({ rewardAccuracy }) => (rewardAccuracy === null ? null : 100 * rewardAccuracy),
  },
  {
    name: "disagreement",
    title: "Disagreement",
    unit: "Variance, 0 to 0.25",
    explanation:
      "How far the members of the reward model were apart about the last questions: it should fall, and rises for a while when the agent does something new.",
    write: (value) => value.toFixed(3),
    value: ({ disagreement }) => disagreement,
  },
  {
    name: "steps-per-label",
    title: "Steps per answer",
    unit: "Environment steps",
    explanation:
      "How much practice one answer has guided so far: low means that people lead closely, and high that the agent goes a long way on what it was told.",
    write: shortNumber,
    value: ({ steps, labels }) => (labels > 0 ? steps / labels : null),
  },
  {
    name: "entropy",
    title: "Policy entropy",
    unit: "Nats",
    explanation:
      "How much the agent still tries at random: it should fall slowly, and a sudden fall means that it has stopped looking for anything better.",
    write: hundredths,
    value: ({ policyEntropy }) => policyEntropy,
  },
];

/** The charts that have something to show, in the order of the page. */
export function chartsOf(lines: readonly Metrics[], moments: readonly MomentMeasures[]): readonly Chart[] {
  const places = placesOf(lines);
  const curves = METRIC_CHARTS.map(({ value, ...chart }) => ({
    ...chart,
    points: lines.flatMap((line, index) => {
      const at = value(line);
      return at === null ? [] : [{ ...places[index], value: at }];
    }),
  }));
  const [first, ...rest] = curves.filter(({ points }) => points.length > 0);
  const measures = measureCharts(moments, places);
  return first === undefined ? measures : [first, ...measures, ...rest];
}

/** A moment of the agent's history, as far as it is drawn here. */
export interface MomentMeasures {
  readonly steps: number;
  readonly labels: number;
  readonly measures: Readonly<Record<string, number>>;
}

type Place = Omit<Point, "value">;

/**
 * Where each line stands on the axes. Answers may be taken back and the clock begins anew when a run is resumed; the
 * axes never go back.
 */
function placesOf(lines: readonly Metrics[]): readonly Place[] {
  let labels = 0;
  let earlier = 0;
  let last = 0;
  return lines.map((line) => {
    labels = Math.max(labels, line.labels);
    if (line.seconds < last) earlier += last;
    last = line.seconds;
    return { steps: line.steps, labels, minutes: (earlier + last) / 60 };
  });
}

function measureCharts(moments: readonly MomentMeasures[], places: readonly Place[]): readonly Chart[] {
  const names = [...new Set(moments.flatMap(({ measures }) => Object.keys(measures)))].sort();
  return names.map((name) => ({
    name: `measure-${name}`,
    title: measureTitle(name),
    unit: "In the remembered clip",
    explanation:
      "What the task measures in the clips that are kept of the agent along its run, one each: a single clip, so it jumps, and its trend is what counts.",
    write: hundredths,
    points: moments.flatMap((moment) => {
      const value = moment.measures[name];
      return value === undefined ? [] : [{ ...placeOf(moment, places), value }];
    }),
  }));
}

/** Moments know no clock: they stand where the first line with as many steps does. */
function placeOf({ steps, labels }: MomentMeasures, places: readonly Place[]): Place {
  const minutes = (places.find((place) => place.steps >= steps) ?? places.at(-1))?.minutes ?? 0;
  return { steps, labels, minutes: steps === 0 ? 0 : minutes };
}

/** `trunkTurns` and `trunk-turns` read "Trunk turns". */
export function measureTitle(name: string): string {
  const words = measureName(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
