// The task `reacher`: to bring a fingertip to a target, as Gymnasium's Reacher-v5 rewards it.
import type { BoxSpace, Task } from "../environment.ts";
import { creating, MujocoEnvironment, type World } from "../mujoco-environment.ts";
import { bodyId, type Model } from "../mujoco.ts";
import type { Random } from "../random.ts";
import { REACHER } from "./model.ts";

/** Half width of the uniform noise on the arm's velocities at the start, in radians per second. */
const VELOCITY_NOISE = 5e-3;
/** The target is at most this far from the arm's base, in metres; the arm is 0.21 long. */
const REACH = 0.2;

/**
 * Observation, `[10]`: cosines, then sines of shoulder and elbow, the target's x and y (metres), the velocities of
 * shoulder and elbow (radians per second), and the way from the target to the fingertip along x and y (metres).
 */
class Reaching extends MujocoEnvironment {
  override readonly observationSpace: BoxSpace = {
    size: 10,
    low: [-1, -1, -1, -1, -Infinity, -Infinity, -Infinity, -Infinity, -Infinity, -Infinity],
    high: [1, 1, 1, 1, Infinity, Infinity, Infinity, Infinity, Infinity, Infinity],
  };
  readonly #fingertip: number;
  readonly #target: number;
  #summed = 0;
  #counted = 0;

  constructor(model: Model, world: World, terminateWhenUnhealthy: boolean) {
    super(model, world, terminateWhenUnhealthy);
    this.#fingertip = bodyId(model, "fingertip") * 3;
    this.#target = bodyId(model, "target") * 3;
  }

  /** `meanDistance`: metres between fingertip and target, averaged over the steps so far; 0 before the first. */
  measures(): Readonly<Record<string, number>> {
    return { meanDistance: this.#counted === 0 ? 0 : this.#summed / this.#counted };
  }

  protected override disturb(random: Random): void {
    super.disturb(random);
    const { qpos, qvel } = this.simulation;
    // Evenly over the disc: a square is drawn from until the draw is inside.
    do {
      qpos[2] = REACH * (2 * random.float() - 1);
      qpos[3] = REACH * (2 * random.float() - 1);
    } while (Math.hypot(qpos[2], qpos[3]) >= REACH);
    for (let i = 0; i < 2; i++) qvel[i] = VELOCITY_NOISE * (2 * random.float() - 1);
    qvel.fill(0, 2);
  }

  protected override begin(): void {
    this.#summed = 0;
    this.#counted = 0;
  }

  /** Minus the distance in metres, minus the sum of the squared controls. */
  protected reward(): number {
    const { xpos } = this.simulation;
    const distance = Math.hypot(
      xpos[this.#fingertip] - xpos[this.#target],
      xpos[this.#fingertip + 1] - xpos[this.#target + 1],
      xpos[this.#fingertip + 2] - xpos[this.#target + 2],
    );
    this.#summed += distance;
    this.#counted++;
    return -distance - this.squaredControls();
  }

  protected override observe(out: Float32Array): void {
    const { qpos, qvel, xpos } = this.simulation;
    for (let i = 0; i < 2; i++) {
      out[i] = Math.cos(qpos[i]);
      out[2 + i] = Math.sin(qpos[i]);
      out[4 + i] = qpos[2 + i];
      out[6 + i] = qvel[i];
      out[8 + i] = xpos[this.#fingertip + i] - xpos[this.#target + i];
    }
  }
}

export const reacher: Task = {
  name: "reacher",
  description: "An arm of two links that is to bring its fingertip to a target.",
  question: "Which arm reaches the red target better?",
  create: creating(Reaching, REACHER),
};
