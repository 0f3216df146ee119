// What a reward model has to beat: preferring whatever is faster, higher, or moves with less effort.
import { agreement, agrees, type Agreement } from "./agreement.ts";
import { decisivePairs, type ComparisonSet } from "./comparison-set.ts";
import type { SegmentRows } from "./evidence.ts";

/** Which number of the observation is what; null where there is none or it is not known. */
export interface Columns {
  readonly velocity: number | null;
  readonly height: number | null;
}

export interface Baseline extends Agreement {
  readonly better: "more" | "less";
  /** The number of the observation that it looks at; null where it looks at the actions. */
  readonly column: number | null;
}

export interface Baselines {
  readonly forwardVelocity: Baseline | null;
  readonly torsoHeight: Baseline | null;
  readonly actionSize: Baseline;
}

/** Robots whose observations are laid out as Gymnasium's of the same name (MuJoCo, version 5, and 4 where it differs). */
const LAYOUTS = [
  { robot: "hopper", observationSizes: [11], actionSize: 3, height: 0, velocity: 5 },
  { robot: "walker2d", observationSizes: [17], actionSize: 6, height: 0, velocity: 8 },
  { robot: "half-cheetah", observationSizes: [17], actionSize: 6, height: 0, velocity: 8 },
  { robot: "ant", observationSizes: [27, 105], actionSize: 8, height: 0, velocity: 13 },
  { robot: "swimmer", observationSizes: [8], actionSize: 2, height: null, velocity: 3 },
] as const;

/**
 * The columns of the robot that the comparisons are about: by the task's name where it is known, else by the sizes of
 * observation and action (walker and cheetah have the same sizes, and the same columns). All null where it is no robot
 * that is known.
 * @returns with `robot`, what was inferred, for people to read
 */
export function inferColumns({ task, observationSize, actionSize }: ComparisonSet): Columns & { robot: string | null } {
  const fitting = LAYOUTS.filter(
    (layout) =>
      layout.observationSizes.some((size) => size === observationSize) &&
      layout.actionSize === actionSize &&
      (task === null || task === layout.robot || task.startsWith(`${layout.robot}-`)),
  );
  if (fitting.length === 0) return { robot: null, velocity: null, height: null };
  return {
    robot: fitting.map(({ robot }) => robot).join(" or "),
    velocity: fitting[0].velocity,
    height: fitting[0].height,
  };
}

/** How often each plain rule agrees with the decisive answers; nothing is fitted. */
export function baselinesOf(set: ComparisonSet, { velocity, height }: Columns): Baselines {
  const column = (index: number | null): Baseline | null =>
    index === null
      ? null
      : { ...rule(set, ({ observations }) => sumOf(observations, index, set)), better: "more", column: index };
  const effort = ({ actions }: SegmentRows): number => actions.reduce((sum, action) => sum + action * action, 0);
  return {
    forwardVelocity: column(velocity),
    torsoHeight: column(height),
    actionSize: { ...rule(set, (segment) => -effort(segment)), better: "less", column: null },
  };
}

function rule(set: ComparisonSet, score: (segment: SegmentRows) => number): Agreement {
  const pairs = decisivePairs(set);
  const right = pairs.reduce(
    (sum, { left, right, leftShare }) => sum + agrees(score(left) - score(right), leftShare),
    0,
  );
  return agreement(right, pairs.length);
}

function sumOf(observations: Float32Array, column: number, { steps, observationSize }: ComparisonSet): number {
  let sum = 0;
  for (let t = 0; t < steps; t++) sum += observations[t * observationSize + column];
  return sum;
}
