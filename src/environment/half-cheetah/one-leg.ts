// The task `half-cheetah-one-leg`: to get ahead on the hind leg alone, one of the behaviours that people taught with no
// reward at all (Christiano et al. 2017, arXiv:1706.03741, section 3.2).
import type { Task } from "../environment.ts";
import { Locomotion } from "../locomotion.ts";
import { creating, type World } from "../mujoco-environment.ts";
import { bodyId, type Model } from "../mujoco.ts";
import { HALF_CHEETAH } from "./model.ts";

/** Numbers per body: a torque and a force. */
const SPATIAL = 6;
/** What a step costs in which anything but the hind foot touched the ground. */
const TOUCH_COST = 1;
/** Forward velocity, in metres per second, beyond which more earns nothing: hops, and no leaps. */
const ENOUGH_VELOCITY = 2;

class OnOneLeg extends Locomotion {
  protected readonly controlCost = 0.1;
  /** Ids of what may touch: the ground itself and the hind foot. */
  readonly #mayTouch: readonly number[];
  #alone = false;
  #steps = 0;
  #stepsAlone = 0;
  #distanceAlone = 0;

  constructor(model: Model, world: World, terminateWhenUnhealthy: boolean) {
    super(model, world, terminateWhenUnhealthy);
    this.#mayTouch = [bodyId(model, "world"), bodyId(model, "hind foot")];
  }

  /**
   * Of the time in which nothing but the hind foot touched the ground: `distanceOnOneLeg`, metres got ahead in it, and
   * `shareOnOneLeg`, its share of the episode so far, 0 before the first step.
   */
  override measures(): Readonly<Record<string, number>> {
    return {
      distanceOnOneLeg: this.#distanceAlone,
      shareOnOneLeg: this.#steps === 0 ? 0 : this.#stepsAlone / this.#steps,
    };
  }

  protected override begin(): void {
    super.begin();
    this.#steps = 0;
    this.#stepsAlone = 0;
    this.#distanceAlone = 0;
  }

  /** Looks for contacts after every physics step, so that no touch goes unseen. */
  protected override move(frames: number): boolean {
    this.#alone = true;
    for (let frame = 0; frame < frames; frame++) {
      if (!this.simulation.step(1)) return false;
      this.simulation.findContactForces();
      if (this.#touches()) this.#alone = false;
    }
    return true;
  }

  /**
   * While nothing but the hind foot touches: how far the torso's front end is above its rear end, 0 to 1 m, times 1 plus
   * forward velocity. A gallop, which leaps over the fore foot most of the time, earns little by this, since the torso
   * stays level; so do lying, sliding and sitting.
   */
  protected override reward(): number {
    this.#steps++;
    const effort = this.controlCost * this.squaredControls();
    if (!this.#alone) return -TOUCH_COST - effort;
    this.#stepsAlone++;
    this.#distanceAlone += this.velocity * this.stepSeconds;
    const reared = Math.max(0, -Math.sin(this.simulation.qpos[2]));
    return reared * (1 + Math.min(ENOUGH_VELOCITY, this.velocity)) - effort;
  }

  /** Whether anything touches that may not. */
  #touches(): boolean {
    const { cfrcExt } = this.simulation;
    for (let i = 0; i < cfrcExt.length; i++) {
      if (cfrcExt[i] !== 0 && !this.#mayTouch.includes(Math.floor(i / SPATIAL))) return true;
    }
    return false;
  }
}

export const halfCheetahOneLeg: Task = {
  name: "half-cheetah-one-leg",
  description: "A robot with a hind and a fore leg that is to get ahead on its hind leg alone.",
  question: "Which one gets ahead better on its hind leg alone?",
  create: creating(OnOneLeg, HALF_CHEETAH),
};
