// The task `inverted-pendulum`: to keep a pole upright, as Gymnasium's InvertedPendulum-v5 rewards it.
import { bothHorizons, MujocoEnvironment } from "../mujoco-environment.ts";
import { INVERTED_PENDULUM } from "./model.ts";

/** Radians from upright. */
const MAX_ANGLE = 0.2;

class InvertedPendulum extends MujocoEnvironment {
  protected override readonly healthyReward = 1;

  protected override healthy(): boolean {
    return Math.abs(this.simulation.qpos[1]) <= MAX_ANGLE;
  }

  protected reward(): number {
    return 0;
  }

  /** `secondsUpright`: how long the pole was upright. */
  measures(): Readonly<Record<string, number>> {
    return { secondsUpright: this.healthySeconds };
  }
}

export const [invertedPendulum, invertedPendulumFixedHorizon] = bothHorizons(
  {
    name: "inverted-pendulum",
    description: "A pole on a cart that is to be kept upright.",
    question: "Which pole is kept upright better?",
  },
  InvertedPendulum,
  INVERTED_PENDULUM,
);
