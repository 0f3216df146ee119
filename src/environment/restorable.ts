// Worlds whose state can be kept and brought back: a person who drives one can go back a little, and take over from an
// agent in the middle of what it did.
import type { Environment } from "./environment.ts";

/** Where a state is written to and read from. Float64Array keeps it exactly. */
export type StateArray = Float32Array | Float64Array;

export interface RestorableEnvironment extends Environment {
  /** Numbers in a state. */
  readonly stateSize: number;
  /**
   * Writes all that the steps to come depend on, `[stateSize]`. Allocates nothing. From a Float64Array the world goes on
   * exactly as it would have. A Float32Array rounds positions and velocities to seven digits: the world goes on from
   * where nobody could see a difference, but the way from there drifts apart where contacts are hit or missed.
   */
  state(out: StateArray): void;
  /**
   * Puts the world where it was when this was written, in this environment or another one of the same task. There is no
   * observation to write: it is the one that was there with the state. The true reward and the measures begin anew.
   * @throws RangeError for a state that is of another size or not finite; the world is where it was then
   */
  restore(state: StateArray): void;
}

/** The environment as one that can be restored, or undefined where it cannot. */
export function restorable(environment: Environment): RestorableEnvironment | undefined {
  const candidate: Partial<RestorableEnvironment> = environment;
  return candidate.stateSize !== undefined &&
    candidate.stateSize > 0 &&
    typeof candidate.state === "function" &&
    typeof candidate.restore === "function"
    ? // All three members were just found; the rest is an Environment already.
      (environment as RestorableEnvironment)
    : undefined;
}

/** @throws RangeError where the state has not `size` finite numbers */
export function demandState(state: StateArray, size: number): void {
  if (state.length !== size) {
    throw new RangeError(`A state of this world has ${size} numbers, not ${state.length}.`);
  }
  const wrong = state.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new RangeError(`A state holds finite numbers alone; number ${wrong} is ${state[wrong]}.`);
}
