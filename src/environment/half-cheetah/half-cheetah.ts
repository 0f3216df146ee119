// The task `half-cheetah`: to run forward, as Gymnasium's HalfCheetah-v5 rewards it.
import type { Task } from "../environment.ts";
import { Locomotion } from "../locomotion.ts";
import { creating } from "../mujoco-environment.ts";
import { HALF_CHEETAH } from "./model.ts";

class Running extends Locomotion {
  protected readonly controlCost = 0.1;
}

export const halfCheetah: Task = {
  name: "half-cheetah",
  description: "A robot with a hind and a fore leg that is to run forward fast.",
  question: "Which one runs forward better?",
  create: creating(Running, HALF_CHEETAH),
};
