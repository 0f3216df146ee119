import { expect, test } from "vitest";
import type { Environment, Outcome } from "../environment/environment.ts";
import type { MeasuredEnvironment } from "../environment/measuring.ts";
import { Rollout } from "../agent/rollout.ts";
import { Film } from "./film.ts";

/** A world whose only pose number and only measure count the steps of its episode. */
class Counting implements MeasuredEnvironment {
  readonly observationSpace = { size: 1, low: [0], high: [1] };
  readonly actionSpace = { size: 1, low: [-1], high: [1] };
  readonly horizon = 100;
  readonly stepSeconds = 0.1;
  count = 0;
  reset(): void {
    this.count = 0;
  }
  step(): Outcome {
    this.count += 1;
    return "running";
  }
  scene(): ReturnType<Environment["scene"]> {
    return { bodies: [], follow: 0, ground: null, cameraDistance: 1 };
  }
  pose(out: Float32Array): void {
    out[0] = this.count;
  }
  trueReward(): number {
    return 1;
  }
  measures(): Readonly<Record<string, number>> {
    return { steps: this.count };
  }
  close(): void {}
}

const SHAPE = { environment: 1, poseSize: 1, poseStride: 2, framesPerSecond: 5, seconds: 2 };
const ROLLOUT = new Rollout(1, 2, 1, 1);

/** Films an episode of `steps` steps that ends with `outcome`, beside another environment's that must not be seen. */
function episode(film: Film, steps: number, outcome: Outcome): void {
  const worlds = [new Counting(), new Counting()];
  worlds[0].count = 500;
  for (let step = 1; step <= steps; step++) {
    for (const [index, world] of worlds.entries()) {
      world.step();
      film.record(index, world, ROLLOUT, index, step === steps ? outcome : "running");
    }
  }
}

const seen = (film: Film): { poses: number[]; measures: object } | null => {
  const take = film.latest();
  return take === null ? null : { poses: [...take.clip.poses], measures: take.measures };
};

test("films one environment's last whole episode, every other pose", () => {
  const film = new Film(SHAPE);
  expect(film.latest()).toBe(null);
  episode(film, 6, "truncated");
  expect(seen(film)).toEqual({ poses: [1, 3, 5], measures: { steps: 6 } });
  expect(film.latest()?.clip).toMatchObject({ framesPerSecond: 5, frames: 3 });
  episode(film, 3, "running");
  expect(seen(film)).toEqual({ poses: [1, 3, 5], measures: { steps: 6 } });
});

test("a long episode is filmed and measured up to the film's length", () => {
  const film = new Film(SHAPE);
  episode(film, 60, "terminated");
  expect(seen(film)).toEqual({ poses: [1, 3, 5, 7, 9, 11, 13, 15, 17, 19], measures: { steps: 19 } });
  episode(film, 1, "terminated");
  expect(seen(film)).toEqual({ poses: [1], measures: { steps: 1 } });
});

test("before the first episode ends, what there is of it is shown", () => {
  const film = new Film(SHAPE);
  episode(film, 3, "running");
  expect(seen(film)).toEqual({ poses: [1, 3], measures: { steps: 3 } });
});

test("an episode in which the physics blew up is thrown away", () => {
  const film = new Film(SHAPE);
  episode(film, 4, "truncated");
  episode(film, 6, "diverged");
  expect(seen(film)).toEqual({ poses: [1, 3], measures: { steps: 4 } });
  const other = new Film(SHAPE);
  episode(other, 6, "diverged");
  expect(other.latest()).toBe(null);
});
