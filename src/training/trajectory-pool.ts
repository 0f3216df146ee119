// The last few thousand steps of one thread's environments: where segments for queries are cut from. It lies in shared
// memory, so that the thread that asks can read what the others did.
import type { Environment, Outcome } from "../environment/environment.ts";
import { restorable } from "../environment/restorable.ts";
import type { Rollout, StepRecorder } from "../agent/rollout.ts";

export interface PoolShape {
  readonly environments: number;
  /** Steps kept per environment. */
  readonly capacity: number;
  readonly observationSize: number;
  readonly actionSize: number;
  readonly poseSize: number;
  /** Numbers in the state of a world that can be restored; 0 where it cannot. */
  readonly stateSize: number;
  /** Predictions kept per step. */
  readonly members: number;
}

/** A stretch of one environment's steps within one episode. `start` counts steps since the run began. */
export interface Window {
  readonly environment: number;
  readonly start: number;
}

const HEADER_BYTES = 64;
/** Episode number of a step that must not be used. */
const UNUSABLE = -1;

export class TrajectoryPool implements StepRecorder {
  readonly shape: PoolShape;
  readonly #written: Int32Array;
  readonly #episodes: Int32Array;
  readonly #observations: Float32Array;
  readonly #actions: Float32Array;
  readonly #poses: Float32Array;
  readonly #predictions: Float32Array;
  readonly #poseOf: readonly Float32Array[];
  readonly #stateOf: readonly Float32Array[];
  /** The world's state before each step. NaN where it is not known: before an episode's first step. */
  readonly #states: Float32Array;
  readonly #episode: Int32Array;

  static bytes(shape: PoolShape): number {
    const perStep = 1 + shape.observationSize + shape.actionSize + shape.poseSize + shape.stateSize + shape.members;
    return HEADER_BYTES + shape.environments * (shape.capacity * perStep + shape.poseSize + shape.stateSize) * 4;
  }

  /** @param buffer of `TrajectoryPool.bytes(shape)`, zeroed */
  constructor(buffer: SharedArrayBuffer, shape: PoolShape) {
    this.shape = shape;
    const cells = shape.environments * shape.capacity;
    let offset = HEADER_BYTES;
    const floats = (length: number): Float32Array => {
      const view = new Float32Array(buffer, offset, length);
      offset += length * 4;
      return view;
    };
    this.#written = new Int32Array(buffer, 0, 1);
    this.#episodes = new Int32Array(buffer, offset, cells);
    offset += cells * 4;
    this.#observations = floats(cells * shape.observationSize);
    this.#actions = floats(cells * shape.actionSize);
    this.#poses = floats(cells * shape.poseSize);
    this.#predictions = floats(cells * shape.members);
    this.#states = floats(cells * shape.stateSize);
    this.#poseOf = Array.from({ length: shape.environments }, () => floats(shape.poseSize));
    this.#stateOf = Array.from({ length: shape.environments }, () => floats(shape.stateSize));
    this.#episode = new Int32Array(shape.environments);
  }

  /** Steps taken by each environment since the run began. */
  get written(): number {
    return this.#written[0];
  }

  record(index: number, environment: Environment, rollout: Rollout, row: number, outcome: Outcome): void {
    const { environments, capacity, observationSize, actionSize, poseSize } = this.shape;
    const cell = index * capacity + (this.#written[0] % capacity);
    const pose = this.#poseOf[index];
    environment.pose(pose);
    for (let i = 0; i < poseSize; i++) this.#poses[cell * poseSize + i] = pose[i];
    for (let i = 0; i < observationSize; i++) {
      this.#observations[cell * observationSize + i] = rollout.observations[row * observationSize + i];
    }
    for (let i = 0; i < actionSize; i++) this.#actions[cell * actionSize + i] = rollout.taken[row * actionSize + i];
    this.#episodes[cell] = outcome === "diverged" ? UNUSABLE : this.#episode[index];
    if (this.shape.stateSize > 0) this.#recordState(index, environment, outcome);
    if (outcome !== "running") this.#episode[index] += 1;
    if (index === environments - 1) this.#written[0] += 1;
  }

  /** Keeps what each member predicted for the rows of the rollout just recorded. `predictions` is `[members][rows]`. */
  predict(rollout: Rollout, predictions: readonly Float32Array[]): void {
    const { capacity, members } = this.shape;
    const first = this.#written[0] - rollout.steps;
    for (let row = 0; row < rollout.rows; row++) {
      const e = row % rollout.environments;
      const t = (row - e) / rollout.environments;
      const cell = e * capacity + ((first + t) % capacity);
      for (let m = 0; m < members; m++) this.#predictions[cell * members + m] = predictions[m][row];
    }
  }

  /** Whether the window is still here and within one sound episode. */
  holds({ environment, start }: Window, length: number): boolean {
    const { capacity } = this.shape;
    if (start < 0 || start < this.written - capacity || start + length > this.written) return false;
    const row = environment * capacity;
    const episode = this.#episodes[row + (start % capacity)];
    // Episodes count up, and an unusable step is always the last of its episode.
    return episode !== UNUSABLE && episode === this.#episodes[row + ((start + length - 1) % capacity)];
  }

  /** Adds up each member's predictions over the window into `sums`, `[members]`. */
  sumPredictions({ environment, start }: Window, length: number, sums: Float64Array): void {
    const { capacity, members } = this.shape;
    sums.fill(0);
    for (let t = start; t < start + length; t++) {
      const cell = environment * capacity + (t % capacity);
      for (let m = 0; m < members; m++) sums[m] += this.#predictions[cell * members + m];
    }
  }

  /** What the members predict for each step of the window, on average, `[length]`. */
  meanPredictions({ environment, start }: Window, length: number): Float32Array {
    const { capacity, members } = this.shape;
    return Float32Array.from({ length }, (_, t) => {
      const cell = environment * capacity + ((start + t) % capacity);
      let sum = 0;
      for (let m = 0; m < members; m++) sum += this.#predictions[cell * members + m];
      return sum / members;
    });
  }

  observations(window: Window, length: number): Float32Array {
    return this.#cut(this.#observations, this.shape.observationSize, window, length, 1);
  }

  actions(window: Window, length: number): Float32Array {
    return this.#cut(this.#actions, this.shape.actionSize, window, length, 1);
  }

  /** The world's state before the window's first step, `[state size]`; null where it is not known. */
  state({ environment, start }: Window): Float32Array | null {
    const { capacity, stateSize } = this.shape;
    // The oldest step's state has made room for that of the step to come.
    if (stateSize === 0 || start <= this.written - capacity) return null;
    const from = (environment * capacity + (start % capacity)) * stateSize;
    return Number.isNaN(this.#states[from]) ? null : this.#states.slice(from, from + stateSize);
  }

  /** Every `stride`-th pose, `[ceil(length / stride), pose size]`. */
  poses(window: Window, length: number, stride: number): Float32Array {
    return this.#cut(this.#poses, this.shape.poseSize, window, length, stride);
  }

  /** Keeps the state after a step as the one before the next. What a reset makes of it is not seen here. */
  #recordState(index: number, environment: Environment, outcome: Outcome): void {
    const { capacity, stateSize } = this.shape;
    const written = this.#written[0];
    const row = index * capacity;
    if (written === 0) this.#states[row * stateSize] = Number.NaN;
    const next = (row + ((written + 1) % capacity)) * stateSize;
    if (outcome !== "running") {
      this.#states[next] = Number.NaN;
      return;
    }
    const state = this.#stateOf[index];
    restorable(environment)?.state(state);
    for (let i = 0; i < stateSize; i++) this.#states[next + i] = state[i];
  }

  #cut(from: Float32Array, size: number, window: Window, length: number, stride: number): Float32Array {
    const { capacity } = this.shape;
    const out = new Float32Array(Math.ceil(length / stride) * size);
    for (let t = 0, to = 0; t < length; t += stride, to += size) {
      const cell = window.environment * capacity + ((window.start + t) % capacity);
      for (let i = 0; i < size; i++) out[to + i] = from[cell * size + i];
    }
    return out;
  }
}
