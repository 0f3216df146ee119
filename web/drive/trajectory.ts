// What a person drives: one trajectory that can be rewound. Going back forgets what came after, so that what is kept is
// a single way through the world, in which every step follows from the one before.
import type { RestorableEnvironment, StateArray } from "../../src/environment/restorable.ts";
import { POSE_NUMBERS_PER_BODY } from "../../src/environment/scene.ts";

/** Steps of a trajectory, as the server takes them. */
export interface DrivenSteps {
  readonly steps: number;
  /** `[steps, observation size]`: those on which the actions were chosen. */
  readonly observations: Float32Array;
  /** `[steps, action size]` */
  readonly actions: Float32Array;
  /** `[steps, bodies * 7]`: after each step. */
  readonly poses: Float32Array;
}

/**
 * How a step ended: `ended` where the world's episode did, `full` where there is no room for more steps, `blown-up`
 * where the physics failed and the step was taken back.
 */
export type StepOutcome = "running" | "ended" | "full" | "blown-up";

export interface TrajectoryLimits {
  /** How far back one can go, in simulated seconds. */
  readonly rewindSeconds: number;
  /** The longest trajectory, in simulated seconds. */
  readonly mostSeconds: number;
}

const LIMITS: TrajectoryLimits = { rewindSeconds: 20, mostSeconds: 310 };

export class Trajectory {
  /** Where the bodies are now, `[bodies * 7]`. Live. */
  readonly pose: Float32Array;
  readonly #environment: RestorableEnvironment;
  readonly #capacity: number;
  readonly #ring: number;
  readonly #observations: Float32Array;
  readonly #actions: Float32Array;
  readonly #poses: Float32Array;
  /** `[ring][state size]`: where the world was before step `n`, at `n % ring`. */
  readonly #states: readonly Float64Array[];
  readonly #observation: Float32Array;
  readonly #action: Float32Array;
  #length = 0;
  #earliest = 0;
  #ended = false;

  constructor(environment: RestorableEnvironment, limits: TrajectoryLimits = LIMITS) {
    const steps = (seconds: number): number => Math.max(1, Math.round(seconds / environment.stepSeconds));
    this.#environment = environment;
    this.#capacity = steps(limits.mostSeconds);
    this.#ring = steps(limits.rewindSeconds);
    this.pose = new Float32Array(environment.scene().bodies.length * POSE_NUMBERS_PER_BODY);
    this.#observation = new Float32Array(environment.observationSpace.size);
    this.#action = new Float32Array(environment.actionSpace.size);
    this.#observations = new Float32Array(this.#capacity * this.#observation.length);
    this.#actions = new Float32Array(this.#capacity * this.#action.length);
    this.#poses = new Float32Array(this.#capacity * this.pose.length);
    this.#states = Array.from({ length: this.#ring }, () => new Float64Array(environment.stateSize));
  }

  /** Steps taken. */
  get length(): number {
    return this.#length;
  }

  /** The earliest step to which one can go back. */
  get earliest(): number {
    return this.#earliest;
  }

  /** Begins a new trajectory where an episode begins. */
  begin(seed: number): void {
    this.#environment.reset(seed, this.#observation);
    this.#start();
  }

  /**
   * Begins a new trajectory in the middle of another one, and takes the steps that were taken from there.
   * @param state where the other one was, see `RestorableEnvironment.state`
   * @param observation what was observed there
   * @param actions `[steps, action size]`
   * @throws RangeError where the state or the sizes are not this world's
   */
  takeOver(state: StateArray, observation: Float32Array, actions: Float32Array): void {
    const width = this.#action.length;
    if (observation.length !== this.#observation.length || actions.length % width !== 0) {
      throw new RangeError(
        "What is to be taken over is of another world: its observations or actions have other sizes.",
      );
    }
    this.#environment.restore(state);
    this.#observation.set(observation);
    this.#start();
    for (let at = 0; at < actions.length; at += width) this.step(actions.subarray(at, at + width));
  }

  /** Takes one step, unless the trajectory has ended or is full. `action` is cut to the world's bounds. */
  step(action: Float32Array): StepOutcome {
    if (this.#ended) return "ended";
    if (this.#length >= this.#capacity) return "full";
    const state = this.#states[this.#length % this.#ring];
    this.#environment.state(state);
    const { low, high } = this.#environment.actionSpace;
    for (let i = 0; i < this.#action.length; i++) this.#action[i] = Math.min(high[i], Math.max(low[i], action[i]));
    this.#observations.set(this.#observation, this.#length * this.#observation.length);
    const outcome = this.#environment.step(this.#action, this.#observation);
    if (outcome === "diverged") {
      this.#environment.restore(state);
      this.#recall(this.#length);
      return "blown-up";
    }
    this.#actions.set(this.#action, this.#length * this.#action.length);
    this.#environment.pose(this.pose);
    this.#poses.set(this.pose, this.#length * this.pose.length);
    this.#length += 1;
    this.#earliest = Math.max(this.#earliest, this.#length - this.#ring);
    // The time limit of an episode is the agent's, not a person's.
    this.#ended = outcome === "terminated";
    return this.#ended ? "ended" : "running";
  }

  /** Goes back by so many steps, or as far as it can. Returns how many that were. */
  rewind(steps: number): number {
    const back = Math.min(steps, this.#length - this.#earliest);
    if (back <= 0) return 0;
    this.#length -= back;
    this.#environment.restore(this.#states[this.#length % this.#ring]);
    this.#recall(this.#length);
    this.#ended = false;
    return back;
  }

  /** A copy of the steps from `from` to before `to`. RangeError where there are none. */
  cut(from: number, to: number): DrivenSteps {
    if (!(from >= 0 && from < to && to <= this.#length)) {
      throw new RangeError(`Steps ${from} to ${to} cannot be cut from a trajectory of ${this.#length}.`);
    }
    const rows = (all: Float32Array, width: number): Float32Array => all.slice(from * width, to * width);
    return {
      steps: to - from,
      observations: rows(this.#observations, this.#observation.length),
      actions: rows(this.#actions, this.#action.length),
      poses: rows(this.#poses, this.pose.length),
    };
  }

  #start(): void {
    this.#length = 0;
    this.#earliest = 0;
    this.#ended = false;
    this.#environment.pose(this.pose);
  }

  /** Observation and pose as they were before step `n`, where the world has been put already. */
  #recall(n: number): void {
    const width = this.#observation.length;
    this.#observation.set(this.#observations.subarray(n * width, (n + 1) * width));
    this.#environment.pose(this.pose);
  }
}
