import { expect, test } from "vitest";
import type { Scene } from "../../src/environment/scene.ts";
import { decodeClip } from "./clip.ts";

const SCENE: Scene = {
  bodies: [
    { name: "base", shapes: [] },
    { name: "ball", shapes: [] },
  ],
  follow: 1,
  ground: 0,
  cameraDistance: 3,
};

/** A clip in which the followed ball is at the places `[x, y, z]`, at 50 frames a second. */
function clipOf(places: readonly (readonly [number, number, number])[]) {
  const poses = Float32Array.from(places.flatMap((place) => [9, 9, 9, 1, 0, 0, 0, ...place, 1, 0, 0, 0]));
  return {
    framesPerSecond: 50,
    frames: places.length,
    poses: btoa(String.fromCharCode(...new Uint8Array(poses.buffer))),
  };
}

test("decodes what was encoded", () => {
  const { poses } = decodeClip(clipOf([[0.1, 0.2, 0.3]]), SCENE);
  expect([...poses]).toEqual([...Float32Array.of(9, 9, 9, 1, 0, 0, 0, 0.1, 0.2, 0.3, 1, 0, 0, 0)]);
});

test("refuses a clip whose poses do not fit its scene", () => {
  const clip = clipOf([[0, 0, 1]]);
  expect(() => decodeClip({ ...clip, frames: 2 }, SCENE)).toThrow(
    "holds 14 numbers where its frames and bodies need 28",
  );
});

test("the camera stands still with a body that does, at a height that shows the ground", () => {
  const { camera } = decodeClip(clipOf(Array.from({ length: 20 }, () => [2, 1, 0.5])), SCENE);
  for (let frame = 0; frame < 20; frame++) {
    const [x, y, z] = camera.subarray(frame * 3, frame * 3 + 3);
    expect(x).toBeCloseTo(2);
    expect(y).toBeCloseTo(1);
    expect(z).toBeCloseTo(0.84);
  }
});

test("the camera glides: it follows a walk without lagging and swallows a tremble", () => {
  const walk = Array.from({ length: 200 }, (_, i) => [0.02 * i + 0.1 * (i % 2), 0, 1] as const);
  const { camera } = decodeClip(clipOf(walk), SCENE);
  expect(camera[100 * 3]).toBeCloseTo(0.02 * 100 + 0.05, 1);
  const steps = Array.from({ length: 100 }, (_, i) => camera[(i + 51) * 3] - camera[(i + 50) * 3]);
  expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(0.02);
});

test("the camera rises with a body that leaves its sight", () => {
  const { camera } = decodeClip(clipOf(Array.from({ length: 10 }, () => [0, 0, 5])), SCENE);
  expect(camera[2]).toBeCloseTo(5 - 0.2 * 3);
});

test("a camera straight above looks at the body itself, and one between looks lower than one from the side", () => {
  const places = Array.from({ length: 10 }, () => [0, 0, 0.1] as const);
  const height = (cameraElevation: number) => decodeClip(clipOf(places), { ...SCENE, cameraElevation }).camera[2];
  expect(height(0)).toBeCloseTo(0.84);
  expect(height(45)).toBeCloseTo(0.42);
  expect(height(90)).toBeCloseTo(0.1);
});
