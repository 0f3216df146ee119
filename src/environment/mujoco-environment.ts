// What all MuJoCo worlds share: actions, the start of an episode, its end, how it is drawn. A world adds its model and
// how it begins; a task adds what it rewards. The order of things within a step is that of Gymnasium's v5 environments.
import type { BoxSpace, Environment, Gesture, Outcome, Task } from "./environment.ts";
import type { MeasuredEnvironment } from "./measuring.ts";
import { modelScene, type ModelScene, type View } from "./mujoco-scene.ts";
import { loadModel, Simulation, type Model } from "./mujoco.ts";
import { Random, STATE_WORDS } from "./random.ts";
import { demandState, type RestorableEnvironment, type StateArray } from "./restorable.ts";
import type { Scene } from "./scene.ts";

/** What a fall costs in an episode of fixed length: as much as so many healthy seconds earn. */
const PENALTY_SECONDS = 0.25;

/** A robot and its surroundings, whatever it is asked to do there. */
export interface World {
  /** What messages call it, such as "hopper". */
  readonly name: string;
  /** The MJCF document. The bounds of actions are its `ctrlrange`. */
  readonly mjcf: string;
  /** Physics steps per environment step. */
  readonly frameSkip: number;
  /** Longest episode, in steps. */
  readonly horizon: number;
  /** Half width of the uniform noise on every position at the start of an episode; on velocities too if `uniform`. */
  readonly resetNoise: number;
  /** Velocities at the start: `uniform` like the positions, or `normal` with a standard deviation of `resetNoise`. */
  readonly resetVelocities: "uniform" | "normal";
  /** How many positions, from the first, are not observed, so that moving looks the same everywhere. */
  readonly hiddenPositions: number;
  /** Observed velocities are clipped here, in metres and radians per second. */
  readonly maxVelocity: number;
  readonly view: View;
  /** Named actions for people who drive. */
  readonly gestures?: readonly Gesture[];
}

/**
 * An environment in a MuJoCo world. Unless a task says otherwise, the observation is all positions in generalised
 * coordinates but the hidden ones, then all velocities, clipped. Actions are controls, clipped to their range.
 */
export abstract class MujocoEnvironment implements MeasuredEnvironment, RestorableEnvironment {
  readonly observationSpace: BoxSpace;
  readonly actionSpace: BoxSpace;
  readonly gestures: readonly Gesture[];
  readonly stateSize: number;
  readonly horizon: number;
  readonly stepSeconds: number;
  protected readonly simulation: Simulation;
  readonly #world: World;
  readonly #scene: ModelScene;
  readonly #terminateWhenUnhealthy: boolean;
  /** Where the hidden positions were when the robot fell. */
  readonly #place: Float64Array;
  #random = new Random(0);
  #steps = 0;
  #healthySteps = 0;
  #reward = 0;

  /** `terminateWhenUnhealthy`: false for episodes of fixed length, in which a robot that falls is put back up. */
  constructor(model: Model, world: World, terminateWhenUnhealthy = true) {
    this.simulation = new Simulation(model);
    this.#world = world;
    this.#terminateWhenUnhealthy = terminateWhenUnhealthy;
    this.#scene = modelScene(model, world.view);
    this.horizon = world.horizon;
    this.stepSeconds = model.timestep * world.frameSkip;
    const { qpos, qvel, ctrl } = this.simulation;
    const positions = qpos.length - world.hiddenPositions;
    this.#place = new Float64Array(world.hiddenPositions);
    this.observationSpace = {
      size: positions + qvel.length,
      // Positions know no bounds, and joints go a little past their soft limits.
      low: [...repeated(positions, -Infinity), ...repeated(qvel.length, -world.maxVelocity)],
      high: [...repeated(positions, Infinity), ...repeated(qvel.length, world.maxVelocity)],
    };
    const { low, high } = model.controlRange;
    this.actionSpace = { size: ctrl.length, low, high, names: model.controlNames };
    this.gestures = world.gestures ?? [];
    this.stateSize = qpos.length + 2 * qvel.length + 1 + STATE_WORDS;
  }

  reset(seed: number, observation: Float32Array): void {
    this.#random = new Random(seed);
    this.simulation.reset();
    this.disturb(this.#random);
    this.simulation.forward();
    this.#steps = 0;
    this.#healthySteps = 0;
    this.#reward = 0;
    this.begin();
    this.observe(observation);
  }

  step(action: Float32Array, observation: Float32Array): Outcome {
    const { ctrl } = this.simulation;
    const { low, high } = this.actionSpace;
    for (let i = 0; i < ctrl.length; i++) {
      const value = action[i];
      if (!(Math.abs(value) < Infinity)) {
        throw new RangeError(
          `Action ${i} of the ${this.#world.name} is ${value}; a finite number was expected, at best in ${low[i]}..${high[i]}.`,
        );
      }
      ctrl[i] = Math.min(high[i], Math.max(low[i], value));
    }
    this.before();
    const fine = this.advance(this.#world.frameSkip);
    this.#steps++;
    if (!fine) {
      this.#reward = 0;
      this.observe(observation);
      return "diverged";
    }
    const healthy = this.healthy();
    this.#reward = this.reward();
    if (healthy) {
      this.#reward += this.healthyReward;
      this.#healthySteps++;
    } else if (!this.#terminateWhenUnhealthy) {
      this.#reward -= (PENALTY_SECONDS * this.healthyReward) / this.stepSeconds;
      this.#putBackUp();
    }
    this.observe(observation);
    if (!healthy && this.#terminateWhenUnhealthy) return "terminated";
    return this.#steps >= this.horizon ? "truncated" : "running";
  }

  scene(): Scene {
    return this.#scene.scene;
  }

  pose(out: Float32Array): void {
    this.simulation.pose(this.#scene.bodyIds, out);
  }

  /** Positions, velocities, the solver's warm start, steps taken, and the random numbers for putting a robot back up. */
  state(out: StateArray): void {
    const { qpos, qvel, warmstart } = this.simulation;
    let next = 0;
    for (const value of qpos) out[next++] = value;
    for (const value of qvel) out[next++] = value;
    for (const value of warmstart) out[next++] = value;
    out[next++] = this.#steps;
    this.#random.write(out, next);
  }

  restore(state: StateArray): void {
    demandState(state, this.stateSize);
    const { simulation } = this;
    const positions = simulation.qpos.length;
    const velocities = simulation.qvel.length;
    const steps = positions + 2 * velocities;
    const random = Random.read(state, steps + 1);
    simulation.reset();
    simulation.qpos.set(state.subarray(0, positions));
    simulation.qvel.set(state.subarray(positions, positions + velocities));
    simulation.forward();
    // Finding the forces leaves a warm start of its own.
    simulation.warmstart.set(state.subarray(positions + velocities, steps));
    this.#random = random;
    this.#steps = state[steps];
    this.#healthySteps = 0;
    this.#reward = 0;
    this.begin();
  }

  trueReward(): number {
    return this.#reward;
  }

  close(): void {
    this.simulation.close();
  }

  abstract measures(): Readonly<Record<string, number>>;
  /** True reward of the step that was just taken, without what being healthy adds. */
  protected abstract reward(): number;
  /** What a healthy step earns on top. */
  protected readonly healthyReward: number = 0;

  /** Whether Gymnasium would let the episode go on. */
  protected healthy(): boolean {
    return true;
  }

  /** Puts the robot where an episode begins, but for the positions that are not observed: it goes on where it fell. */
  #putBackUp(): void {
    const { simulation } = this;
    for (let i = 0; i < this.#place.length; i++) this.#place[i] = simulation.qpos[i];
    simulation.reset();
    this.disturb(this.#random);
    const { qpos } = simulation;
    for (let i = 0; i < this.#place.length; i++) qpos[i] = this.#place[i];
    simulation.forward();
  }

  /** Seconds of the episode so far that ended healthy. */
  protected get healthySeconds(): number {
    return this.#healthySteps * this.stepSeconds;
  }

  /** An episode has begun; nothing was observed yet. */
  protected begin(): void {}

  /** A step is about to be taken with the controls that are set. */
  protected before(): void {}

  /** Moves the world on by `frames` physics steps. Returns whether the physics is sound. */
  protected advance(frames: number): boolean {
    return this.simulation.step(frames);
  }

  /** Puts the world, which stands in its initial state, where an episode begins. */
  protected disturb(random: Random): void {
    const { qpos, qvel } = this.simulation;
    const { resetNoise, resetVelocities } = this.#world;
    for (let i = 0; i < qpos.length; i++) qpos[i] += resetNoise * (2 * random.float() - 1);
    for (let i = 0; i < qvel.length; i++) {
      qvel[i] += resetNoise * (resetVelocities === "normal" ? random.normal() : 2 * random.float() - 1);
    }
  }

  /** Writes the observation of the present state. */
  protected observe(out: Float32Array): void {
    const { qpos, qvel } = this.simulation;
    const { hiddenPositions } = this.#world;
    for (let i = hiddenPositions; i < qpos.length; i++) out[i - hiddenPositions] = qpos[i];
    const positions = qpos.length - hiddenPositions;
    for (let i = 0; i < qvel.length; i++) out[positions + i] = this.observedVelocity(qvel[i]);
  }

  /** A velocity as it is observed. */
  protected observedVelocity(velocity: number): number {
    return clipped(velocity, this.#world.maxVelocity);
  }

  /** The sum of the squared controls. */
  protected squaredControls(): number {
    let squares = 0;
    for (const control of this.simulation.ctrl) squares += control * control;
    return squares;
  }
}

/** The number within -limit..limit that is nearest to `value`. */
export function clipped(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value));
}

/** What makes an environment of some class, in some world. */
type EnvironmentClass = new (model: Model, world: World, terminateWhenUnhealthy: boolean) => Environment;

/** A function for `Task.create`: compiles the world's model for the calling thread and makes an environment in it. */
export function creating(Made: EnvironmentClass, world: World, terminateWhenUnhealthy = true): Task["create"] {
  return async () => new Made(await loadModel(world.mjcf), world, terminateWhenUnhealthy);
}

/**
 * The two forms of a task in which robots may become unhealthy. In the first, named `task.name`, the episode ends there.
 * In the second, `NAME-fixed-horizon`, it goes on to its horizon, so that its length says nothing of how good it was:
 * the robot is put back up where it fell, which costs as much as a quarter of a healthy second earns. Christiano et al.
 * 2017 (arXiv:1706.03741, appendix A) took the ends of episodes away for the same reason, and put penalties in their
 * place.
 */
export function bothHorizons(
  task: Omit<Task, "create" | "fixedHorizon">,
  Made: EnvironmentClass,
  world: World,
): readonly [ending: Task, fixed: Task] {
  const fixedHorizon = `${task.name}-fixed-horizon`;
  return [
    { ...task, fixedHorizon, create: creating(Made, world, true) },
    {
      ...task,
      name: fixedHorizon,
      description: task.description.replace(/\.$/, "; an episode always lasts its whole time."),
      create: creating(Made, world, false),
    },
  ];
}

function repeated(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value);
}
