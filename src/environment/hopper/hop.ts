// The task `hopper`: to hop forward without falling, as Gymnasium's Hopper-v5 rewards it.
import type { Task } from "../environment.ts";
import { Hopper, loadHopper } from "./hopper.ts";

const HEALTHY_REWARD = 1;
const CONTROL_COST = 1e-3;
const MIN_HEIGHT = 0.7;
const MAX_PITCH = 0.2;
const MAX_STATE = 100;

class Hopping extends Hopper {
  #distance = 0;
  #started = 0;

  measures(): Readonly<Record<string, number>> {
    return { distance: this.#distance };
  }

  protected begin(): void {
    this.#started = this.simulation.qpos[0];
    this.#distance = 0;
  }

  protected before(): void {}

  /** 1 while healthy, plus forward velocity in metres per second, minus a thousandth of the squared controls. */
  protected after(): number {
    const { qpos, ctrl } = this.simulation;
    const distance = qpos[0] - this.#started;
    const velocity = (distance - this.#distance) / this.stepSeconds;
    this.#distance = distance;
    let squares = 0;
    for (const control of ctrl) squares += control * control;
    return (this.#healthy() ? HEALTHY_REWARD : 0) + velocity - CONTROL_COST * squares;
  }

  protected terminated(): boolean {
    return !this.#healthy();
  }

  #healthy(): boolean {
    const { qpos, qvel } = this.simulation;
    for (let i = 2; i < qpos.length; i++) if (!(Math.abs(qpos[i]) < MAX_STATE)) return false;
    for (const velocity of qvel) if (!(Math.abs(velocity) < MAX_STATE)) return false;
    return qpos[1] > MIN_HEIGHT && Math.abs(qpos[2]) < MAX_PITCH;
  }
}

export const hopper: Task = {
  name: "hopper",
  description: "A one-legged robot that is to hop forward without falling over.",
  question: "Which one hops forward better?",
  create: async () => new Hopping(await loadHopper()),
};
