// The hopper as an environment: what it senses, how it is driven, when an episode is over. Mechanics and semantics are
// those of Gymnasium's Hopper-v5; what counts as good is left to the tasks built on it.
import type { BoxSpace, Outcome } from "../environment.ts";
import type { MeasuredEnvironment } from "../measuring.ts";
import { modelScene, type ModelScene } from "../mujoco-scene.ts";
import { loadModel, Simulation, type Model } from "../mujoco.ts";
import { Random } from "../random.ts";
import type { Scene } from "../scene.ts";
import { FRAME_SKIP, HOPPER_MJCF } from "./model.ts";

const ACTIONS = 3;
const OBSERVATIONS = 11;
/** Where the pitch stands in the observation. */
const PITCH = 1;
/** Half width of the uniform noise on every position and velocity at the start of an episode. */
const RESET_NOISE = 5e-3;
/** Observed velocities are clipped here, in metres and radians per second. */
const MAX_VELOCITY = 10;

/** Compiles the hopper for the calling thread. */
export function loadHopper(): Promise<Model> {
  return loadModel(HOPPER_MJCF);
}

/** A velocity as it is observed. */
export function observedVelocity(velocity: number): number {
  return Math.min(MAX_VELOCITY, Math.max(-MAX_VELOCITY, velocity));
}

/**
 * Observation, `[11]`: height (metres) and pitch (radians) of the torso, angles of hip, knee and ankle (radians), then
 * the velocities, clipped to +-10, of x, z, pitch, hip, knee and ankle. Action, `[3]`: motor signals for hip, knee and
 * ankle in -1..1, clipped.
 */
export abstract class Hopper implements MeasuredEnvironment {
  readonly observationSpace: BoxSpace = {
    size: OBSERVATIONS,
    // The positions, of which height and pitch know no bounds and joints go a little past their soft limits.
    low: [...repeated(5, -Infinity), ...repeated(6, -MAX_VELOCITY)],
    high: [...repeated(5, Infinity), ...repeated(6, MAX_VELOCITY)],
  };
  readonly actionSpace: BoxSpace = { size: ACTIONS, low: [-1, -1, -1], high: [1, 1, 1] };
  readonly horizon = 1_000;
  readonly stepSeconds: number;
  protected readonly simulation: Simulation;
  readonly #scene: ModelScene;
  #steps = 0;
  #reward = 0;

  constructor(model: Model) {
    this.stepSeconds = model.timestep * FRAME_SKIP;
    this.simulation = new Simulation(model);
    this.#scene = modelScene(model, "torso", 4);
  }

  reset(seed: number, observation: Float32Array): void {
    const random = new Random(seed);
    this.simulation.reset();
    const { qpos, qvel } = this.simulation;
    for (let i = 0; i < qpos.length; i++) qpos[i] += RESET_NOISE * (2 * random.float() - 1);
    for (let i = 0; i < qvel.length; i++) qvel[i] += RESET_NOISE * (2 * random.float() - 1);
    this.simulation.forward();
    this.#steps = 0;
    this.#reward = 0;
    this.begin();
    this.#observe(observation);
  }

  step(action: Float32Array, observation: Float32Array): Outcome {
    const { ctrl } = this.simulation;
    for (let i = 0; i < ACTIONS; i++) {
      const value = action[i];
      if (!(Math.abs(value) < Infinity)) {
        throw new RangeError(`Action ${i} of the hopper is ${value}; a finite number was expected, at best in -1..1.`);
      }
      ctrl[i] = Math.min(1, Math.max(-1, value));
    }
    this.before();
    const fine = this.simulation.step(FRAME_SKIP);
    this.#steps++;
    this.#observe(observation);
    if (!fine) {
      this.#reward = 0;
      return "diverged";
    }
    this.#reward = this.after();
    if (this.terminated()) return "terminated";
    return this.#steps >= this.horizon ? "truncated" : "running";
  }

  scene(): Scene {
    return this.#scene.scene;
  }

  pose(out: Float32Array): void {
    this.simulation.pose(this.#scene.bodyIds, out);
  }

  trueReward(): number {
    return this.#reward;
  }

  close(): void {
    this.simulation.close();
  }

  abstract measures(): Readonly<Record<string, number>>;
  /** An episode has begun. */
  protected abstract begin(): void;
  /** A step is about to be taken with the controls that are set. */
  protected abstract before(): void;
  /** A step was taken. Returns its true reward. */
  protected abstract after(): number;
  /** Whether the episode ends here. */
  protected abstract terminated(): boolean;

  /** The torso's pitch as it is observed; Gymnasium shows all turns taken so far. */
  protected observedPitch(pitch: number): number {
    return pitch;
  }

  #observe(out: Float32Array): void {
    const { qpos, qvel } = this.simulation;
    // Where it is along x is left out, so that hopping looks the same everywhere.
    for (let i = 1; i < qpos.length; i++) out[i - 1] = qpos[i];
    out[PITCH] = this.observedPitch(qpos[PITCH + 1]);
    for (let i = 0; i < qvel.length; i++) out[qpos.length - 1 + i] = observedVelocity(qvel[i]);
  }
}

function repeated(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value);
}
