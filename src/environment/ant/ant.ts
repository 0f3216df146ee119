// The task `ant`: to walk along +x on four legs, as Gymnasium's Ant-v5 rewards it.
import type { BoxSpace } from "../environment.ts";
import { Locomotion } from "../locomotion.ts";
import { bothHorizons, clipped, type World } from "../mujoco-environment.ts";
import { bodyId, type Model } from "../mujoco.ts";
import { ANT } from "./model.ts";

const MIN_HEIGHT = 0.2;
const MAX_HEIGHT = 1;
/** Observed torques and forces of contacts are clipped here, and so are those that cost. */
const MAX_CONTACT_FORCE = 1;
const CONTACT_COST = 5e-4;
/** Numbers per body: a torque and a force. */
const SPATIAL = 6;

/**
 * Observation, `[105]`: the torso's height (metres) and orientation (quaternion w, x, y, z), angles of hip and ankle of
 * the legs fore left, hind left, hind right, fore right (radians), then the velocities: of the torso along x, y, z and
 * about its own axes, and of the eight joints; then, per body from the torso on, torque and force of its contacts,
 * clipped to +-1.
 */
class Crawling extends Locomotion {
  override readonly observationSpace: BoxSpace;
  protected readonly controlCost = 0.5;
  protected override readonly healthyReward = 1;
  readonly #torso: number;

  constructor(model: Model, world: World, terminateWhenUnhealthy: boolean) {
    super(model, world, terminateWhenUnhealthy);
    this.#torso = bodyId(model, "torso");
    // The outside world is the first body, and is not observed.
    const forces = this.simulation.cfrcExt.length - SPATIAL;
    const motion = this.simulation.qpos.length - world.hiddenPositions + this.simulation.qvel.length;
    const bound = (i: number) => (i < motion ? Infinity : MAX_CONTACT_FORCE);
    const high = Array.from({ length: motion + forces }, (_, i) => bound(i));
    this.observationSpace = { size: motion + forces, low: high.map((value) => -value), high };
  }

  protected override healthy(): boolean {
    const height = this.simulation.qpos[2];
    return height >= MIN_HEIGHT && height <= MAX_HEIGHT;
  }

  protected override advance(frames: number): boolean {
    const fine = super.advance(frames);
    this.simulation.findContactForces();
    return fine;
  }

  protected override reward(): number {
    let squares = 0;
    for (const force of this.simulation.cfrcExt) squares += clipped(force, MAX_CONTACT_FORCE) ** 2;
    return super.reward() - CONTACT_COST * squares;
  }

  protected override observe(out: Float32Array): void {
    super.observe(out);
    const { cfrcExt } = this.simulation;
    const first = this.observationSpace.size - cfrcExt.length;
    for (let i = SPATIAL; i < cfrcExt.length; i++) out[first + i] = clipped(cfrcExt[i], MAX_CONTACT_FORCE);
  }

  /** Gymnasium measures the ant's way, unlike the others', where forces were last computed. */
  protected override place(): number {
    return this.simulation.xpos[this.#torso * 3];
  }
}

export const [ant, antFixedHorizon] = bothHorizons(
  {
    name: "ant",
    description: "A four-legged robot that is to walk to the right without falling over.",
    question: "Which one walks to the right better?",
    // Position, joints and velocities; after them come forces of contact.
    shownSize: 27,
  },
  Crawling,
  ANT,
);
