import { expect, test } from "vitest";
import { Rollout } from "../agent/rollout.ts";
import type { Environment, Outcome } from "../environment/environment.ts";
import type { RestorableEnvironment } from "../environment/restorable.ts";
import { TrajectoryPool, type PoolShape } from "./trajectory-pool.ts";

const SHAPE: PoolShape = {
  environments: 2,
  capacity: 10,
  observationSize: 1,
  actionSize: 1,
  poseSize: 1,
  stateSize: 0,
  members: 2,
};

/** Two environments; the step's number is written everywhere, 100 more for the second environment. */
function recorded(outcomes: readonly Outcome[], shape = SHAPE) {
  const buffer = new SharedArrayBuffer(TrajectoryPool.bytes(shape));
  const pool = new TrajectoryPool(buffer, shape);
  for (const [t, outcome] of outcomes.entries()) {
    const rollout = new Rollout(1, 2, 1, 1);
    for (let e = 0; e < 2; e++) {
      rollout.observations[e] = t + 100 * e;
      rollout.taken[e] = -(t + 100 * e);
      const environment: Partial<Environment> = {
        pose: (out) => {
          out.fill(t + 100 * e + 0.5);
        },
      };
      // Recording asks an environment for nothing but its pose.
      pool.record(e, environment as Environment, rollout, e, e === 0 ? outcome : "running");
    }
    pool.predict(
      rollout,
      [0, 1].map((m) => Float32Array.of(t + m, 100 + t + m)),
    );
  }
  return { pool, reader: new TrajectoryPool(buffer, shape) };
}

const running = (count: number): Outcome[] => Array.from({ length: count }, () => "running");

test("a window shows what happened, also from another thread and round the ring's end", () => {
  const { reader } = recorded(running(14));
  const window = { environment: 1, start: 8 };
  expect(reader.written).toBe(14);
  expect(reader.holds(window, 4)).toBe(true);
  expect([...reader.observations(window, 4)]).toEqual([108, 109, 110, 111]);
  expect([...reader.actions(window, 4)]).toEqual([-108, -109, -110, -111]);
  expect([...reader.poses(window, 4, 3)]).toEqual([108.5, 111.5]);
  const sums = new Float64Array(2);
  reader.sumPredictions(window, 4, sums);
  expect([...sums]).toEqual([438, 442]);
});

test("what is gone or still to come is not held", () => {
  const { pool } = recorded(running(14));
  expect(pool.holds({ environment: 0, start: 4 }, 4)).toBe(true);
  expect(pool.holds({ environment: 0, start: 3 }, 4)).toBe(false);
  expect(pool.holds({ environment: 0, start: 10 }, 4)).toBe(true);
  expect(pool.holds({ environment: 0, start: 11 }, 4)).toBe(false);
  expect(pool.holds({ environment: 0, start: -1 }, 1)).toBe(false);
});

test("no window crosses the end of an episode, and none touches a step in which the physics blew up", () => {
  const { pool } = recorded([...running(3), "truncated", ...running(2), "diverged", ...running(3)]);
  const held = (start: number, length: number) => pool.holds({ environment: 0, start }, length);
  expect(held(0, 4)).toBe(true);
  expect(held(1, 4)).toBe(false);
  expect(held(4, 2)).toBe(true);
  expect(held(4, 3)).toBe(false);
  expect(held(6, 1)).toBe(false);
  expect(held(7, 3)).toBe(true);
  expect(pool.holds({ environment: 1, start: 1 }, 9)).toBe(true);
});

test("a window begins with the state before its first step, but for an episode's first step and the oldest one", () => {
  const shape = { ...SHAPE, environments: 1, stateSize: 2 };
  const pool = new TrajectoryPool(new SharedArrayBuffer(TrajectoryPool.bytes(shape)), shape);
  const rollout = new Rollout(1, 1, 1, 1);
  for (let t = 0; t < 14; t++) {
    const environment: Partial<RestorableEnvironment> = {
      stateSize: 2,
      pose: (out) => void out.fill(0),
      // After step t the world is in state t + 1.
      state: (out) => void out.fill(t + 1),
      restore: () => {},
    };
    pool.record(0, environment as Environment, rollout, 0, t === 8 ? "truncated" : "running");
    if (t === 0) expect(pool.state({ environment: 0, start: 0 })).toBeNull();
  }
  const states = [4, 5, 8, 9, 10, 13].map((start) => pool.state({ environment: 0, start })?.[1] ?? null);
  expect(states).toEqual([null, 5, 8, null, 10, 13]);
});
