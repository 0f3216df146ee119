// The task `hopper`: to hop forward without falling, as Gymnasium's Hopper-v5 rewards it.
import { Locomotion } from "../locomotion.ts";
import { bothHorizons } from "../mujoco-environment.ts";
import { HOPPER } from "./model.ts";

const MIN_HEIGHT = 0.7;
const MAX_PITCH = 0.2;
const MAX_STATE = 100;

/** Healthy while the torso is high and upright and nothing is out of all bounds. */
class Hopping extends Locomotion {
  protected readonly controlCost = 1e-3;
  protected override readonly healthyReward = 1;

  protected override healthy(): boolean {
    const { qpos, qvel } = this.simulation;
    for (let i = 2; i < qpos.length; i++) if (!(Math.abs(qpos[i]) < MAX_STATE)) return false;
    for (const velocity of qvel) if (!(Math.abs(velocity) < MAX_STATE)) return false;
    return qpos[1] > MIN_HEIGHT && Math.abs(qpos[2]) < MAX_PITCH;
  }
}

export const [hopper, hopperFixedHorizon] = bothHorizons(
  {
    name: "hopper",
    description: "A one-legged robot that is to hop forward without falling over.",
    question: "Which one hops forward better?",
  },
  Hopping,
  HOPPER,
);
