// The task `hopper-backflip`: full backward rotations, which nobody wrote a reward for when people first taught them.
import type { Task } from "../environment.ts";
import { Hopper, loadHopper, observedVelocity } from "./hopper.ts";

const TURN = 2 * Math.PI;

class Backflipping extends Hopper {
  #startPitch = 0;
  #furthest = 0;
  #reward = 0;

  /** `backflips`: full turns that the torso is further round backward, at its furthest, than where it began. */
  measures(): Readonly<Record<string, number>> {
    return { backflips: Math.floor(this.#furthest / TURN) };
  }

  protected begin(): void {
    this.#startPitch = this.simulation.qpos[2];
    this.#furthest = 0;
  }

  /**
   * The reward that was written by hand for comparison, in the footnote of "Learning from human preferences" (OpenAI,
   * 2017): angular velocity backward, times 1 + 0.3 height + 0.1 (action . joint velocities) - 0.05 forward velocity.
   * It belongs to the observation on which the action was chosen, which is what a reward model sees.
   */
  protected before(): void {
    const { qpos, qvel, ctrl } = this.simulation;
    let effort = 0;
    for (let i = 0; i < ctrl.length; i++) effort += ctrl[i] * observedVelocity(qvel[3 + i]);
    const forward = observedVelocity(qvel[0]);
    this.#reward = -observedVelocity(qvel[2]) * (1 + 0.3 * qpos[1] + 0.1 * effort - 0.05 * forward);
  }

  protected after(): number {
    // The hinge counts its turns, so the angle needs no unwrapping. Only getting further than ever before counts:
    // rocking to and fro across a full turn is one turn.
    this.#furthest = Math.max(this.#furthest, this.#startPitch - this.simulation.qpos[2]);
    return this.#reward;
  }

  protected terminated(): boolean {
    return false;
  }

  /** In -pi..pi: a body upside down looks the same after one flip and after seven, to the agent as to a person. */
  protected override observedPitch(pitch: number): number {
    return pitch - TURN * Math.round(pitch / TURN);
  }
}

export const hopperBackflip: Task = {
  name: "hopper-backflip",
  description: "A one-legged robot that is to turn full backward somersaults.",
  question: "Which one does backflips better?",
  create: async () => new Backflipping(await loadHopper()),
};
