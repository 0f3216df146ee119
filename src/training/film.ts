// What a run remembers of its agent: one episode of one environment, as poses, with what the task measures in it.
import type { Environment, Outcome } from "../environment/environment.ts";
import type { Rollout, StepRecorder } from "../agent/rollout.ts";
import type { Clip } from "../feedback/segment.ts";
import { measuresOf } from "./truth.ts";

export interface FilmShape {
  /** Which of the thread's environments is filmed. */
  readonly environment: number;
  readonly poseSize: number;
  /** Steps between two poses. */
  readonly poseStride: number;
  /** Poses per simulated second. */
  readonly framesPerSecond: number;
  /** Longest film, in simulated seconds; what comes later in an episode is not filmed. */
  readonly seconds: number;
}

/** A filmed episode, or the beginning of one. */
export interface Take {
  readonly clip: Clip;
  /** What the task measured in the episode up to the last pose, by name. Empty where it measures nothing. */
  readonly measures: Readonly<Record<string, number>>;
}

export class Film implements StepRecorder {
  readonly #shape: FilmShape;
  readonly #pose: Float32Array;
  readonly #poses: Float32Array;
  readonly #most: number;
  #frames = 0;
  #steps = 0;
  #environment: Environment | null = null;
  #last: Take | null = null;

  constructor(shape: FilmShape) {
    this.#shape = shape;
    this.#most = Math.max(1, Math.round(shape.seconds * shape.framesPerSecond));
    this.#pose = new Float32Array(shape.poseSize);
    this.#poses = new Float32Array(this.#most * shape.poseSize);
  }

  record(index: number, environment: Environment, _rollout: Rollout, _row: number, outcome: Outcome): void {
    const { environment: filmed, poseStride } = this.#shape;
    if (index !== filmed) return;
    if (outcome === "diverged") return this.#begin();
    this.#environment = environment;
    if (this.#frames < this.#most) {
      if (this.#steps % poseStride === 0) this.#expose(environment);
      this.#steps += 1;
      if (this.#frames === this.#most || outcome !== "running") this.#last = this.#take();
    }
    if (outcome !== "running") this.#begin();
  }

  /** The last episode that was filmed whole; before there is one, what was filmed so far. Null where nothing was. */
  latest(): Take | null {
    return this.#last ?? this.#take();
  }

  #begin(): void {
    this.#frames = 0;
    this.#steps = 0;
  }

  #expose(environment: Environment): void {
    environment.pose(this.#pose);
    this.#poses.set(this.#pose, this.#frames * this.#shape.poseSize);
    this.#frames += 1;
  }

  #take(): Take | null {
    if (this.#frames === 0 || this.#environment === null) return null;
    const { framesPerSecond, poseSize } = this.#shape;
    const poses = this.#poses.slice(0, this.#frames * poseSize);
    return {
      clip: { framesPerSecond, frames: this.#frames, poses },
      measures: { ...measuresOf(this.#environment) },
    };
  }
}
