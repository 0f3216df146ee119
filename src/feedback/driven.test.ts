import { describe, expect, test } from "vitest";
import { shapeOf, trajectoryFault, windowsOf, type Trajectory, type TrajectoryShape } from "./driven.ts";

const SHAPE: TrajectoryShape = {
  observationSize: 2,
  actionSize: 1,
  poseSize: 7,
  stepSeconds: 0.1,
  windowSteps: 5,
  poseStride: 2,
};

/** Every number tells its step. */
function trajectory(steps: number, more: Partial<Trajectory> = {}): Trajectory {
  const rows = (size: number) => Float32Array.from({ length: steps * size }, (_, i) => Math.floor(i / size));
  return { steps, observations: rows(2), actions: rows(1), poses: rows(7), ...more };
}

test("windows lie one after the other, are as long as the agent's, and look like its clips", () => {
  const windows = windowsOf(trajectory(14), SHAPE, 300);
  expect(windows.map(({ observations }) => [...observations])).toEqual([
    [0, 0, 1, 1, 2, 2, 3, 3, 4, 4],
    [5, 5, 6, 6, 7, 7, 8, 8, 9, 9],
  ]);
  expect([...windows[1].actions]).toEqual([5, 6, 7, 8, 9]);
  const { atStep, length, clip, state, rewards } = windows[1];
  expect([atStep, length, state]).toEqual([300, 5, null]);
  expect(rewards).toEqual(new Float32Array(5).fill(Number.NaN));
  expect(clip.frames).toBe(3);
  expect(clip.framesPerSecond).toBeCloseTo(5);
  expect([0, 7, 14].map((at) => clip.poses[at])).toEqual([5, 7, 9]);
  const { id, ...rest } = { ...windows[1], id: 1 };
  expect(shapeOf({ id, ...rest }, 0.1)).toEqual(SHAPE);
});

test("a trajectory that nobody saw has windows without pictures", () => {
  const [{ clip }] = windowsOf(trajectory(10, { poses: null }), SHAPE, 0);
  expect([clip.frames, clip.poses.length]).toEqual([0, 0]);
});

describe("faults", () => {
  test("there are none in a sound one, from one second to five minutes", () => {
    for (const steps of [10, 11, 3_000]) expect(trajectoryFault(trajectory(steps), SHAPE)).toBeNull();
    expect(trajectoryFault(trajectory(5), SHAPE, 0)).toBeNull();
  });

  test.each([
    ["too short", trajectory(8), "It lasts 0.80 simulated seconds (8 steps of 0.1 s); 1 to 300 seconds were expected."],
    ["too long", trajectory(3_002), "It lasts 300.20 simulated seconds"],
    ["sizes", trajectory(20, { actions: new Float32Array(40) }), "Its actions are 40 numbers; 20 steps of 1 numbers"],
    ["poses", trajectory(20, { poses: new Float32Array(20) }), "Its poses are 20 numbers; 20 steps of 7 numbers"],
    [
      "what is no number",
      trajectory(20, { observations: Float32Array.from({ length: 40 }, (_, i) => (i === 7 ? NaN : 0)) }),
      "Its observations hold NaN (step 3, number 1, both counted from 0); finite numbers below 10^15 were expected.",
    ],
    ["what is too large", trajectory(20, { actions: new Float32Array(20).fill(1e30) }), "(step 0, number 0"],
  ])("%s", (_, given, expected) => {
    expect(trajectoryFault(given, SHAPE)).toContain(expected);
  });

  test("one that is shorter than a window", () => {
    expect(trajectoryFault(trajectory(4), SHAPE, 0)).toContain("It has 4 steps; at least 5 were expected");
  });
});
