// The task `swimmer`: to swim forward, as Gymnasium's Swimmer-v5 rewards it.
import type { Task } from "../environment.ts";
import { Locomotion } from "../locomotion.ts";
import { creating } from "../mujoco-environment.ts";
import { SWIMMER } from "./model.ts";

class Swimming extends Locomotion {
  protected readonly controlCost = 1e-4;
}

export const swimmer: Task = {
  name: "swimmer",
  description: "A chain of three links that is to swim forward, to the right.",
  question: "Which one swims to the right better?",
  create: creating(Swimming, SWIMMER),
};
