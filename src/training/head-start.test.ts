import { expect, test } from "vitest";
import { OPTIONS, POINT_MASS, SMALL, smallRun } from "../../test/training-fixture.ts";
import { findTask } from "../environment/registry.ts";
import { loadKernelModule } from "../host/kernel-module.ts";
import { loadTask } from "../host/load-task.ts";
import { clonedPolicy, untrainedWindows, windowShape } from "./head-start.ts";
import { HYPERPARAMETERS } from "./hyperparameters.ts";

test("windows of an untrained agent are like those of a run, and the same every time", async () => {
  const task = findTask("hopper-backflip");
  const environment = await task.create();
  const shape = windowShape(environment, { ...OPTIONS, task: "hopper-backflip" }, HYPERPARAMETERS);
  const cut = (seed: number) => untrainedWindows(environment, shape, HYPERPARAMETERS, 0, seed, 5);
  const windows = cut(3);
  expect(windows).toHaveLength(5);
  for (const { length, observations, actions, clip } of windows) {
    expect(length).toBe(shape.windowSteps);
    expect(observations).toHaveLength(length * 11);
    expect(actions).toHaveLength(length * 3);
    expect(clip.poses).toHaveLength(clip.frames * shape.poseSize);
    expect(Math.max(...actions)).toBeLessThanOrEqual(1);
    // All that it does is its noise.
    expect(Math.abs(actions.reduce((sum, x) => sum + x, 0) / actions.length)).toBeLessThan(0.4);
  }
  expect(cut(3)).toEqual(windows);
  expect(cut(4)[0].actions).not.toEqual(windows[0].actions);
  environment.close();
});

test("a run begins to act with the policy that it is given", async () => {
  const environment = await (await loadTask(POINT_MASS)).create();
  const shape = windowShape(environment, OPTIONS, SMALL);
  const { actionSize } = shape;
  // Somebody who always pushes nearly as hard as one can, one way and the other.
  const windows = untrainedWindows(environment, shape, SMALL, 0, 1, 20);
  environment.close();
  const observations = Float32Array.from(windows.flatMap((window) => [...window.observations]));
  const actions = Float32Array.from(
    windows.flatMap((window) => [...window.actions]),
    (_, i) => (i % actionSize === 0 ? 0.9 : -0.9),
  );
  const policy = clonedPolicy(loadKernelModule(), { observations, actions }, shape, SMALL, 1);
  const meanOfFirst = async (start: Parameters<typeof smallRun>[1]) => {
    const { training, journal } = smallRun({ labels: 4, steps: 2_000 }, start);
    await training.done;
    const [{ segments }] = journal.questions;
    const own = segments.flatMap((segment) => [...segment.actions].filter((_, i) => i % actionSize === 0));
    return own.reduce((sum, x) => sum + x, 0) / own.length;
  };
  expect(await meanOfFirst({ policy })).toBeGreaterThan(0.4);
  expect(Math.abs(await meanOfFirst({}))).toBeLessThan(0.3);
});
