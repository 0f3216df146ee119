import { describe, expect, test } from "vitest";
import type { Environment } from "./environment.ts";
import { guarded } from "./guard.ts";
import { Random } from "./random.ts";
import { findTask, tasks } from "./registry.ts";
import { restorable, type RestorableEnvironment } from "./restorable.ts";

async function make(name: string): Promise<RestorableEnvironment> {
  const environment = restorable(await findTask(name).create());
  if (environment === undefined) throw new Error(`${name} cannot be restored.`);
  return environment;
}

function actionsOf(environment: Environment, seed: number, count: number): Float32Array[] {
  const random = new Random(seed);
  const { low, high } = environment.actionSpace;
  return Array.from({ length: count }, () =>
    Float32Array.from(low, (bound, i) => bound + (high[i] - bound) * random.float()),
  );
}

/** Observations and poses after each of these actions. */
function played(environment: Environment, actions: readonly Float32Array[]): number[][] {
  const observation = new Float32Array(environment.observationSpace.size);
  const pose = new Float32Array(environment.scene().bodies.length * 7);
  return actions.map((action) => {
    environment.step(action, observation);
    environment.pose(pose);
    return [...observation, ...pose];
  });
}

describe.each(tasks.map(({ name }) => name))("%s", (name) => {
  test("goes on from a restored state exactly as it went on before, in another environment too", async () => {
    const [one, other] = [await make(name), await make(name)];
    const observation = new Float32Array(one.observationSpace.size);
    one.reset(5, observation);
    // Long enough to touch the ground, and to fall where that is possible.
    played(one, actionsOf(one, 1, 60));
    const state = new Float64Array(one.stateSize);
    one.state(state);
    const after = actionsOf(one, 2, 120);
    const first = played(one, after);
    one.restore(state);
    expect(played(one, after)).toEqual(first);
    other.reset(9, observation);
    played(other, actionsOf(other, 3, 7));
    other.restore(state);
    const again = new Float64Array(one.stateSize);
    other.state(again);
    expect(again).toEqual(state);
    expect(played(other, after)).toEqual(first);
    one.close();
    other.close();
  });

  test("goes on from a state of 32-bit floats so that nobody sees a difference at first", async () => {
    const environment = await make(name);
    const observation = new Float32Array(environment.observationSpace.size);
    environment.reset(6, observation);
    played(environment, actionsOf(environment, 1, 60));
    const state = new Float32Array(environment.stateSize);
    environment.state(state);
    const after = actionsOf(environment, 2, 1);
    const [first] = played(environment, after);
    environment.restore(state);
    const [second] = played(environment, after);
    // Contact forces, which some worlds observe, answer to the seventh digit of a depth.
    for (let i = 0; i < first.length; i++) expect(Math.abs(second[i] - first[i])).toBeLessThan(0.05);
    environment.close();
  });

  test("goes on after the physics blew up", async () => {
    const environment = await make(name);
    const observation = new Float32Array(environment.observationSpace.size);
    environment.reset(7, observation);
    const state = new Float64Array(environment.stateSize);
    environment.state(state);
    const after = actionsOf(environment, 4, 10);
    const first = played(environment, after);
    // The simulation inside, to break it.
    const { simulation } = environment as unknown as { simulation: { qvel: Float64Array } };
    simulation.qvel[0] = 1e20;
    expect(environment.step(after[0], observation)).toBe("diverged");
    environment.restore(state);
    expect(played(environment, after)).toEqual(first);
    environment.close();
  });
});

test("refuses a state that is none, and stays where it is", async () => {
  const environment = await make("hopper");
  const observation = new Float32Array(environment.observationSpace.size);
  environment.reset(1, observation);
  const state = new Float64Array(environment.stateSize);
  environment.state(state);
  expect(() => environment.restore(state.subarray(1))).toThrow("A state of this world has 27 numbers, not 26.");
  const broken = state.slice();
  broken[3] = NaN;
  expect(() => environment.restore(broken)).toThrow("number 3 is NaN");
  broken.set(state);
  broken[environment.stateSize - 1] = 0.5;
  expect(() => environment.restore(broken)).toThrow("four 32-bit integers");
  const after = new Float64Array(environment.stateSize);
  environment.state(after);
  expect(after).toEqual(state);
  environment.close();
});

test("a guarded world can be restored where the world inside can", async () => {
  const inside = await make("swimmer");
  const outside = restorable(guarded(inside, "swimmer"));
  expect(outside?.stateSize).toBe(inside.stateSize);
  const { reset, step, scene, pose, close } = inside;
  const { observationSpace, actionSpace, horizon, stepSeconds } = inside;
  const without = { observationSpace, actionSpace, horizon, stepSeconds, reset, step, scene, pose, close };
  expect(restorable(guarded(without, "swimmer"))).toBeUndefined();
  inside.close();
});

test("names what its actions move", async () => {
  const environment = await make("hopper");
  expect(environment.actionSpace.names).toEqual(["hip", "knee", "ankle"]);
  for (const { action } of environment.gestures ?? []) expect(action).toHaveLength(environment.actionSpace.size);
  environment.close();
});
