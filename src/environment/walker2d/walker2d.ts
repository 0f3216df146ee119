// The task `walker2d`: to walk forward without falling, as Gymnasium's Walker2d-v5 rewards it.
import { Locomotion } from "../locomotion.ts";
import { bothHorizons } from "../mujoco-environment.ts";
import { WALKER2D } from "./model.ts";

const MIN_HEIGHT = 0.8;
const MAX_HEIGHT = 2;
const MAX_PITCH = 1;

/** Healthy while the torso is neither low nor in the air, and upright. */
class Walking extends Locomotion {
  protected readonly controlCost = 1e-3;
  protected override readonly healthyReward = 1;

  protected override healthy(): boolean {
    const { qpos } = this.simulation;
    return qpos[1] > MIN_HEIGHT && qpos[1] < MAX_HEIGHT && Math.abs(qpos[2]) < MAX_PITCH;
  }
}

export const [walker2d, walker2dFixedHorizon] = bothHorizons(
  {
    name: "walker2d",
    description: "A two-legged robot that is to walk forward without falling over.",
    question: "Which one walks forward better?",
  },
  Walking,
  WALKER2D,
);
