// The one interface between a world and everything that acts in it. Semantics are Gymnasium's.
import type { Scene } from "./scene.ts";

/** A box of real numbers. Bounds may be infinite. `low` and `high` have `size` entries each. */
export interface BoxSpace {
  readonly size: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** What each number is called, `size` names, where they have names. */
  readonly names?: readonly string[];
}

/** An action with a name, such as one that stretches all joints of a leg: a key for people who drive. */
export interface Gesture {
  readonly name: string;
  /** `[actionSpace.size]` */
  readonly action: readonly number[];
}

/**
 * How a step ended.
 * - `running`: the episode goes on.
 * - `terminated`: the world ended it; nothing after this step has value.
 * - `truncated`: the time limit ended it; the last observation still has value.
 * - `diverged`: the physics blew up. The step and the rest of the episode are worthless; nobody may learn from them.
 */
export type Outcome = "running" | "terminated" | "truncated" | "diverged";

/** One world. It is used by one thread, and never after `close`. */
export interface Environment {
  readonly observationSpace: BoxSpace;
  readonly actionSpace: BoxSpace;
  /** Actions that are worth a key of their own to people who drive. */
  readonly gestures?: readonly Gesture[];
  /** Longest episode, in steps. */
  readonly horizon: number;
  /** Simulated time that one step takes, in seconds. */
  readonly stepSeconds: number;
  /** Starts an episode. The same seed gives the same start. Writes the first observation, `[observationSpace.size]`. */
  reset(seed: number, observation: Float32Array): void;
  /** Takes one step with `action`, `[actionSpace.size]`, and writes the observation after it. Allocates nothing. */
  step(action: Float32Array, observation: Float32Array): Outcome;
  /** What the world looks like: geometry per body. Sent to the page once. */
  scene(): Scene;
  /** Writes where the bodies are now: per body of the scene x, y, z (metres) and a unit quaternion w, x, y, z. */
  pose(out: Float32Array): void;
  close(): void;
}

/** A world and what people are asked to teach in it. An environment module exports one as its default. */
export interface Task {
  /** Unique, in kebab-case. */
  readonly name: string;
  /** One sentence for lists and help. */
  readonly description: string;
  /** What a person is asked about two clips. */
  readonly question: string;
  /** Name of the task that is this world with episodes of fixed length. Only where episodes may terminate. */
  readonly fixedHorizon?: string;
  /**
   * Simulated seconds in which the noise on exploring actions forgets what it was. Left out: at once. Noise that holds on
   * for some hundredths of a second swings bodies that have to be swung, and does harm where balance is what matters.
   */
  readonly noiseSeconds?: number;
  /**
   * How many numbers of an observation, from the first on, a reward model is shown. Left out: all. What nobody can see in
   * a clip, such as forces of contact, only drowns what people's answers say about the rest.
   */
  readonly shownSize?: number;
  /** Makes a new environment for the calling thread. */
  create(): Environment | Promise<Environment>;
}
