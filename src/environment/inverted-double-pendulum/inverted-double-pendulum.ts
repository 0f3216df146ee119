// The task `inverted-double-pendulum`: to keep two poles upright, one on top of the other, as Gymnasium's
// InvertedDoublePendulum-v5 rewards it.
import type { BoxSpace } from "../environment.ts";
import { bothHorizons, clipped, MujocoEnvironment, type World } from "../mujoco-environment.ts";
import { bodyId, type Model } from "../mujoco.ts";
import { INVERTED_DOUBLE_PENDULUM } from "./model.ts";

/** Height of the tip below which it has fallen, in metres; upright it is at 1.2. */
const MIN_HEIGHT = 1;
/** What the tip's height is compared with, in metres: more than it can reach. */
const WANTED_HEIGHT = 2;
/** Observed velocities and the observed force are clipped here. */
const LIMIT = 10;

/**
 * Observation, `[9]`: place of the cart (metres), sines and then cosines of the hinges' angles (the upper one relative
 * to the lower pole), the velocities of cart and hinges, and the force of the rail's ends on the cart (newtons), the
 * last four clipped to +-10.
 */
class InvertedDoublePendulum extends MujocoEnvironment {
  override readonly observationSpace: BoxSpace = {
    size: 9,
    low: [-Infinity, -1, -1, -1, -1, -LIMIT, -LIMIT, -LIMIT, -LIMIT],
    high: [Infinity, 1, 1, 1, 1, LIMIT, LIMIT, LIMIT, LIMIT],
  };
  protected override readonly healthyReward = 10;
  readonly #tip: number;

  constructor(model: Model, world: World, terminateWhenUnhealthy: boolean) {
    super(model, world, terminateWhenUnhealthy);
    this.#tip = bodyId(model, "tip");
  }

  /** `secondsUpright`: how long the tip was above a height of one metre. */
  measures(): Readonly<Record<string, number>> {
    return { secondsUpright: this.healthySeconds };
  }

  protected override healthy(): boolean {
    return this.simulation.xpos[this.#tip * 3 + 2] > MIN_HEIGHT;
  }

  /** Minus what the tip is off the middle and low, and what the hinges turn. */
  protected reward(): number {
    const { xpos, qvel } = this.simulation;
    const x = xpos[this.#tip * 3];
    const height = xpos[this.#tip * 3 + 2];
    const off = 0.01 * x * x + (height - WANTED_HEIGHT) ** 2;
    return -off - 1e-3 * qvel[1] * qvel[1] - 5e-3 * qvel[2] * qvel[2];
  }

  protected override observe(out: Float32Array): void {
    const { qpos, qvel, qfrcConstraint } = this.simulation;
    out[0] = qpos[0];
    for (let hinge = 1; hinge <= 2; hinge++) {
      out[hinge] = Math.sin(qpos[hinge]);
      out[2 + hinge] = Math.cos(qpos[hinge]);
    }
    for (let i = 0; i < qvel.length; i++) out[5 + i] = this.observedVelocity(qvel[i]);
    out[8] = clipped(qfrcConstraint[0], LIMIT);
  }
}

export const [invertedDoublePendulum, invertedDoublePendulumFixedHorizon] = bothHorizons(
  {
    name: "inverted-double-pendulum",
    description: "Two poles on a cart, one on top of the other, that are to be kept upright.",
    question: "Which poles are kept upright better?",
  },
  InvertedDoublePendulum,
  INVERTED_DOUBLE_PENDULUM,
);
