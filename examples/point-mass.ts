// A world of one's own: a ball on a plane that people teach to circle the origin. It has all that a task needs and no
// physics engine. Try `heed check-environment examples/point-mass.ts`, then `heed teach examples/point-mass.ts`.
// In a project that has installed heed, import from "heed/environment" instead.
import { Random, type MeasuredEnvironment, type Outcome, type Scene, type Task } from "../src/environment/index.ts";

const STEP_SECONDS = 0.05;
const MAX_ACCELERATION = 4;
const DRAG = 0.5;
const EDGE = 2;
const WANTED_DISTANCE = 1;

class PointMass implements MeasuredEnvironment {
  // Where it is and how fast it moves, in metres and metres per second. The walls keep both within these bounds.
  readonly observationSpace = { size: 4, low: [-EDGE, -EDGE, -8, -8], high: [EDGE, EDGE, 8, 8] };
  // A push along x and one along y.
  readonly actionSpace = { size: 2, low: [-1, -1], high: [1, 1] };
  readonly horizon = 200;
  readonly stepSeconds = STEP_SECONDS;
  #x = 0;
  #y = 0;
  #vx = 0;
  #vy = 0;
  #steps = 0;
  #reward = 0;
  #turned = 0;

  reset(seed: number, observation: Float32Array): void {
    const random = new Random(seed);
    this.#x = WANTED_DISTANCE * (2 * random.float() - 1);
    this.#y = WANTED_DISTANCE * (2 * random.float() - 1);
    this.#vx = 0;
    this.#vy = 0;
    this.#steps = 0;
    this.#reward = 0;
    this.#turned = 0;
    this.#observe(observation);
  }

  step(action: Float32Array, observation: Float32Array): Outcome {
    const angle = Math.atan2(this.#y, this.#x);
    this.#vx += STEP_SECONDS * (MAX_ACCELERATION * clip(action[0], 1) - DRAG * this.#vx);
    this.#vy += STEP_SECONDS * (MAX_ACCELERATION * clip(action[1], 1) - DRAG * this.#vy);
    this.#x = clip(this.#x + STEP_SECONDS * this.#vx, EDGE);
    this.#y = clip(this.#y + STEP_SECONDS * this.#vy, EDGE);
    // A wall stops it.
    if (Math.abs(this.#x) === EDGE) this.#vx = 0;
    if (Math.abs(this.#y) === EDGE) this.#vy = 0;

    const turn = Math.atan2(this.#y, this.#x) - angle;
    const shortest = turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI));
    this.#turned += shortest;
    const distance = Math.hypot(this.#x, this.#y);
    // Counterclockwise speed in radians per second, worth less away from the circle. People never see this number: it
    // is for simulated teachers and for measuring.
    this.#reward = (shortest / STEP_SECONDS) * Math.exp(-4 * (distance - WANTED_DISTANCE) ** 2);

    this.#observe(observation);
    return ++this.#steps >= this.horizon ? "truncated" : "running";
  }

  scene(): Scene {
    const upright = [1, 0, 0, 0] as const;
    return {
      bodies: [
        {
          name: "post",
          shapes: [
            { kind: "cylinder", size: [0.1, 0.3], position: [0, 0, 0.3], rotation: upright, colour: [0.5, 0.5, 0.5] },
          ],
        },
        {
          name: "ball",
          shapes: [
            { kind: "sphere", size: [0.15], position: [0, 0, 0.15], rotation: upright, colour: [0.9, 0.4, 0.2] },
          ],
        },
      ],
      follow: 0,
      ground: 0,
      cameraDistance: 5,
    };
  }

  pose(out: Float32Array): void {
    // Per body x, y, z and a quaternion: the post stays where it is, and neither turns.
    out.set([0, 0, 0, 1, 0, 0, 0]);
    out.set([this.#x, this.#y, 0, 1, 0, 0, 0], 7);
  }

  // With these two, `--teacher simulated` can answer in your place and `heed evaluate` can measure.
  trueReward(): number {
    return this.#reward;
  }

  measures(): Readonly<Record<string, number>> {
    return { laps: this.#turned / (2 * Math.PI) };
  }

  close(): void {}

  #observe(observation: Float32Array): void {
    observation[0] = this.#x;
    observation[1] = this.#y;
    observation[2] = this.#vx;
    observation[3] = this.#vy;
  }
}

function clip(value: number, bound: number): number {
  return Math.min(bound, Math.max(-bound, value));
}

const task: Task = {
  name: "point-mass",
  description: "A ball on a plane that is to circle a post counterclockwise.",
  question: "Which ball circles the post better, counterclockwise?",
  create: () => new PointMass(),
};
export default task;
