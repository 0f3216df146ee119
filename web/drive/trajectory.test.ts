import { afterAll, beforeAll, expect, test } from "vitest";
import { findTask } from "../../src/environment/registry.ts";
import { restorable, type RestorableEnvironment } from "../../src/environment/restorable.ts";
import { Trajectory } from "./trajectory.ts";

async function make(task: string): Promise<RestorableEnvironment> {
  const made = restorable(await findTask(task).create());
  if (made === undefined) throw new Error("The hopper can be restored.");
  return made;
}

/** Its episodes do not end with a fall, and the other's do. */
let environment: RestorableEnvironment;
let fragile: RestorableEnvironment;
beforeAll(async () => {
  environment = await make("hopper-backflip");
  fragile = await make("hopper");
});
afterAll(() => {
  environment.close();
  fragile.close();
});

const PUSH = Float32Array.of(0.1, -0.1, 0.05);

function driven(steps: number, limits = { rewindSeconds: 0.4, mostSeconds: 4 }): Trajectory {
  const trajectory = new Trajectory(environment, limits);
  trajectory.begin(7);
  for (let t = 0; t < steps; t++) trajectory.step(PUSH);
  return trajectory;
}

test("going back and doing the same again gives the same, to the last bit", () => {
  const trajectory = driven(40);
  const first = trajectory.cut(0, 40);
  expect(trajectory.rewind(15)).toBe(15);
  expect(trajectory.length).toBe(25);
  for (let t = 0; t < 15; t++) trajectory.step(PUSH);
  expect(trajectory.cut(0, 40)).toEqual(first);
});

test("what is kept is one way through the world: what was gone back over is forgotten", () => {
  const trajectory = driven(30);
  trajectory.rewind(10);
  const other = Float32Array.of(-0.2, 0.3, 0);
  trajectory.step(other);
  const { actions, observations, steps } = trajectory.cut(19, 21);
  expect(steps).toBe(2);
  expect([...actions]).toEqual([...PUSH, ...other]);
  // The observation of the step that was taken anew is the one that had been there.
  expect(observations.subarray(11)).toEqual(driven(21).cut(20, 21).observations);
});

test("one can go back as far as states are kept, and no further", () => {
  const trajectory = driven(120);
  expect(trajectory.earliest).toBe(70);
  expect(trajectory.rewind(1_000)).toBe(50);
  expect(trajectory.rewind(1)).toBe(0);
  expect(trajectory.length).toBe(70);
});

test("an episode that ends stops the drive until one goes back", () => {
  const trajectory = new Trajectory(fragile, { rewindSeconds: 0.4, mostSeconds: 30 });
  trajectory.begin(1);
  const fall = Float32Array.of(1, 1, 1);
  let outcome = trajectory.step(fall);
  while (outcome === "running") outcome = trajectory.step(fall);
  expect(outcome).toBe("ended");
  const { length } = trajectory;
  expect(trajectory.step(fall)).toBe("ended");
  expect(trajectory.length).toBe(length);
  trajectory.rewind(5);
  expect(trajectory.step(PUSH)).toBe("running");
});

test("a drive has an end", () => {
  const trajectory = driven(40, { rewindSeconds: 0.1, mostSeconds: 0.2 });
  expect(trajectory.length).toBe(25);
  expect(trajectory.step(PUSH)).toBe("full");
});

test("actions are cut to the world's bounds, and steps that blow the physics up are taken back", () => {
  const trajectory = driven(3);
  trajectory.step(Float32Array.of(5, -5, 0.5));
  expect([...trajectory.cut(3, 4).actions]).toEqual([1, -1, 0.5]);
  const before = trajectory.cut(0, 4);
  // The simulation inside, to break it.
  const { simulation } = environment as unknown as { simulation: { step: (frames: number) => boolean } };
  const step = simulation.step.bind(simulation);
  simulation.step = () => false;
  expect(trajectory.step(PUSH)).toBe("blown-up");
  simulation.step = step;
  expect(trajectory.length).toBe(4);
  expect(trajectory.cut(0, 4)).toEqual(before);
  expect(trajectory.step(PUSH)).toBe("running");
});

test("takes over from a kept state, does what was done there, and goes on", () => {
  const original = driven(20);
  const state = new Float64Array(environment.stateSize);
  original.rewind(10);
  environment.state(state);
  for (let t = 0; t < 10; t++) original.step(PUSH);
  const { observations, actions, poses } = original.cut(10, 20);
  const other = new Trajectory(environment);
  other.takeOver(state, observations.subarray(0, environment.observationSpace.size), actions);
  expect(other.cut(0, 10)).toEqual({ steps: 10, observations, actions, poses });
  expect(() => other.takeOver(state, observations, actions)).toThrow("of another world");
});

test("steps that were not taken cannot be cut", () => {
  const trajectory = driven(5);
  for (const [from, to] of [
    [0, 6],
    [3, 3],
    [-1, 2],
  ] as const) {
    expect(() => trajectory.cut(from, to)).toThrow(`Steps ${from} to ${to} cannot be cut from a trajectory of 5.`);
  }
});
