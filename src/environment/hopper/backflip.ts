// The task `hopper-backflip`: full backward rotations, which nobody wrote a reward for when people first taught them.
import type { Task } from "../environment.ts";
import { creating, MujocoEnvironment } from "../mujoco-environment.ts";
import { HOPPER } from "./model.ts";

const TURN = 2 * Math.PI;
/** Where the pitch stands in the observation. */
const PITCH = 1;

class Backflipping extends MujocoEnvironment {
  #startPitch = 0;
  #furthest = 0;
  #earned = 0;

  /** `backflips`: full turns that the torso is further round backward, at its furthest, than where it began. */
  measures(): Readonly<Record<string, number>> {
    return { backflips: Math.floor(this.#furthest / TURN) };
  }

  protected override begin(): void {
    this.#startPitch = this.simulation.qpos[2];
    this.#furthest = 0;
  }

  /**
   * The reward that was written by hand for comparison, in the footnote of "Learning from human preferences" (OpenAI,
   * 2017): angular velocity backward, times 1 + 0.3 height + 0.1 (action . joint velocities) - 0.05 forward velocity.
   * It belongs to the observation on which the action was chosen, which is what a reward model sees.
   */
  protected override before(): void {
    const { qpos, qvel, ctrl } = this.simulation;
    let effort = 0;
    for (let i = 0; i < ctrl.length; i++) effort += ctrl[i] * this.observedVelocity(qvel[3 + i]);
    const forward = this.observedVelocity(qvel[0]);
    this.#earned = -this.observedVelocity(qvel[2]) * (1 + 0.3 * qpos[1] + 0.1 * effort - 0.05 * forward);
  }

  protected reward(): number {
    // The hinge counts its turns, so the angle needs no unwrapping. Only getting further than ever before counts:
    // rocking to and fro across a full turn is one turn.
    this.#furthest = Math.max(this.#furthest, this.#startPitch - this.simulation.qpos[2]);
    return this.#earned;
  }

  /** The pitch in -pi..pi: a body upside down looks the same after one flip and after seven, to the agent as to a person. */
  protected override observe(out: Float32Array): void {
    super.observe(out);
    const pitch = this.simulation.qpos[2];
    out[PITCH] = pitch - TURN * Math.round(pitch / TURN);
  }
}

export const hopperBackflip: Task = {
  name: "hopper-backflip",
  description: "A one-legged robot that is to turn full backward somersaults.",
  question: "Which one does backflips better?",
  noiseSeconds: 0.036,
  create: creating(Backflipping, HOPPER),
};
