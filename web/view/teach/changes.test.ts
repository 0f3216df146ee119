import { expect, test } from "vitest";
import type { Scene } from "../../../src/environment/scene.ts";
import { changeIn, type Glimpse, motionOf } from "./changes.ts";

const SCENE: Scene = { bodies: [{ name: "ball", shapes: [] }], follow: 0, ground: 0, cameraDistance: 3 };

/** A second of a body that turns and travels at these rates, about `height` metres above the ground. */
function clip(turns: number, travel: number, height: number) {
  const frames = 61;
  const poses = new Float32Array(frames * 7);
  for (let frame = 0; frame < frames; frame++) {
    const angle = 2 * Math.PI * turns * (frame / 60);
    poses.set([travel * (frame / 60), 0, height, Math.cos(angle / 2), 0, Math.sin(angle / 2), 0], frame * 7);
  }
  return { frames, framesPerSecond: 60, poses, camera: new Float32Array(frames * 3) };
}

test.each([
  [0, 0, 1],
  [1.75, 0.5, 1.2],
  [-2.5, -1, 0.4],
])("sees %d turns and %d metres a second at %d metres", (turns, travel, height) => {
  const motion = motionOf(clip(turns, travel, height), SCENE);
  expect(motion.turns).toBeCloseTo(Math.abs(turns), 4);
  expect(motion.travel).toBeCloseTo(Math.abs(travel), 4);
  expect(motion.height).toBeCloseTo(height, 4);
});

const glimpses = (labels: number, turns: number, travel = 0): Glimpse[] =>
  Array.from({ length: 4 }, () => ({ labels, turns, travel, height: 1 }));

test("tells what changed most over the last twenty answers", () => {
  const spun = [...glimpses(80, 0.1), ...glimpses(100, 0.5)];
  expect(changeIn(spun, 100)).toBe("After your last 20 answers the agent spins 0.40 turns a second more.");
  const walked = [...glimpses(80, 0.1, 1), ...glimpses(100, 0.13, 0.2)];
  expect(changeIn(walked, 100)).toBe("After your last 20 answers the agent moves 0.8 metres a second slower.");
  const same = [...glimpses(80, 0.1), ...glimpses(100, 0.11)];
  expect(changeIn(same, 100)).toMatch(/moves as it did before/);
});

test("tells nothing from too little", () => {
  expect(changeIn([], 0)).toBeNull();
  expect(changeIn(glimpses(100, 1), 100)).toBeNull();
  expect(changeIn([...glimpses(99, 0), ...glimpses(100, 1)], 100)).toBeNull();
});
