// Trajectories that were not the agent's: a person's drives, runs of another agent or of a scripted controller. Before
// they count they are checked, and cut into windows as long as the agent's.
import type { Segment } from "./segment.ts";

export interface Trajectory {
  /** Environment steps, n. */
  readonly steps: number;
  /** `[n, observation size]`: those on which the actions were chosen. */
  readonly observations: Float32Array;
  /** `[n, action size]`, as the world took them. */
  readonly actions: Float32Array;
  /** `[n, pose size]`: after each step. Null where nobody knows how it looked. */
  readonly poses: Float32Array | null;
}

/** What the trajectories and windows of a run look like. */
export interface TrajectoryShape {
  readonly observationSize: number;
  readonly actionSize: number;
  readonly poseSize: number;
  readonly stepSeconds: number;
  /** Steps of a window, T. */
  readonly windowSteps: number;
  /** Steps between two poses of a window's clip. */
  readonly poseStride: number;
}

/** Simulated seconds that a trajectory lasts at least and at most. */
export const LEAST_TRAJECTORY_SECONDS = 1;
export const MOST_TRAJECTORY_SECONDS = 300;
/** Larger numbers are no measurement of anything; their squares still fit a 32-bit float. */
const LARGEST = 1e15;

/** The shape that all of a run's windows have, from any one of the agent's. @param stepSeconds seconds per step */
export function shapeOf(segment: Segment, stepSeconds: number): TrajectoryShape {
  const { length, observations, actions, clip } = segment;
  return {
    observationSize: observations.length / length,
    actionSize: actions.length / length,
    poseSize: clip.poses.length / clip.frames,
    stepSeconds,
    windowSteps: length,
    poseStride: Math.max(1, Math.round(1 / (clip.framesPerSecond * stepSeconds))),
  };
}

/**
 * What is wrong with the trajectory, in a sentence; null where nothing is.
 * @param leastSeconds simulated seconds that it must last; a window's length is demanded in any case
 */
export function trajectoryFault(
  trajectory: Trajectory,
  shape: TrajectoryShape,
  leastSeconds = LEAST_TRAJECTORY_SECONDS,
): string | null {
  const { steps, observations, actions, poses } = trajectory;
  const seconds = steps * shape.stepSeconds;
  // A step more or less, since neither limit need be a whole number of steps.
  const slack = shape.stepSeconds;
  if (!(seconds >= leastSeconds - slack && seconds <= MOST_TRAJECTORY_SECONDS + slack)) {
    return (
      `It lasts ${seconds.toFixed(2)} simulated seconds (${steps} steps of ${shape.stepSeconds} s); ` +
      `${leastSeconds} to ${MOST_TRAJECTORY_SECONDS} seconds were expected.`
    );
  }
  if (steps < shape.windowSteps) {
    return `It has ${steps} steps; at least ${shape.windowSteps} were expected, which is how long the agent's clips are.`;
  }
  return (
    arrayFault("observations", observations, steps, shape.observationSize) ??
    arrayFault("actions", actions, steps, shape.actionSize) ??
    (poses === null ? null : arrayFault("poses", poses, steps, shape.poseSize))
  );
}

function arrayFault(name: string, values: Float32Array, steps: number, size: number): string | null {
  if (values.length !== steps * size) {
    return `Its ${name} are ${values.length} numbers; ${steps} steps of ${size} numbers were expected.`;
  }
  const wrong = values.findIndex((value) => !(Math.abs(value) <= LARGEST));
  if (wrong < 0) return null;
  const where = `step ${Math.floor(wrong / size)}, number ${wrong % size}`;
  return `Its ${name} hold ${values[wrong]} (${where}, both counted from 0); finite numbers below 10^15 were expected.`;
}

/** A window that has not been given an id. */
export type Window = Omit<Segment, "id">;

/**
 * Cuts a sound trajectory into windows that lie one after the other. What is left at its end is too short for one.
 * @param atStep environment steps that the run has taken
 */
export function windowsOf(trajectory: Trajectory, shape: TrajectoryShape, atStep: number): Window[] {
  const count = Math.floor(trajectory.steps / shape.windowSteps);
  return Array.from({ length: count }, (_, i) => cut(trajectory, shape, atStep, i * shape.windowSteps));
}

function cut(
  { observations, actions, poses }: Trajectory,
  shape: TrajectoryShape,
  atStep: number,
  from: number,
): Window {
  const { observationSize, actionSize, poseSize, windowSteps, poseStride, stepSeconds } = shape;
  const rows = (all: Float32Array, size: number): Float32Array => all.slice(from * size, (from + windowSteps) * size);
  const frames = poses === null ? 0 : Math.ceil(windowSteps / poseStride);
  const drawn = new Float32Array(frames * poseSize);
  for (let frame = 0; frame < frames; frame++) {
    const at = (from + frame * poseStride) * poseSize;
    // There are no frames without poses.
    drawn.set(poses?.subarray(at, at + poseSize) ?? [], frame * poseSize);
  }
  return {
    atStep,
    // No policy acted here.
    policyVersion: 0,
    length: windowSteps,
    observations: rows(observations, observationSize),
    actions: rows(actions, actionSize),
    rewards: new Float32Array(windowSteps).fill(Number.NaN),
    state: null,
    clip: { framesPerSecond: 1 / (poseStride * stepSeconds), frames, poses: drawn },
  };
}
