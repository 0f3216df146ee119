// A made-up hopper of four capsules, and clips of it turning as fast as asked.
import type { Scene, Shape } from "../../src/environment/scene.ts";

const FRAMES = 94;
const FRAMES_PER_SECOND = 62.5;

function limb(radius: number, half: number, colour: Shape["colour"], along: "up" | "forward" = "up"): Shape {
  const turn = Math.SQRT1_2;
  return {
    kind: "capsule",
    size: [radius, half],
    position: [0, 0, 0],
    rotation: along === "up" ? [1, 0, 0, 0] : [turn, 0, turn, 0],
    colour,
  };
}

export const FAKE_SCENE: Scene = {
  bodies: [
    { name: "torso", shapes: [limb(0.05, 0.2, [0.83, 0.39, 0.22])] },
    { name: "thigh", shapes: [limb(0.05, 0.225, [0.9, 0.58, 0.3])] },
    { name: "leg", shapes: [limb(0.04, 0.25, [0.93, 0.7, 0.42])] },
    { name: "foot", shapes: [limb(0.06, 0.195, [0.35, 0.45, 0.55], "forward")] },
  ],
  follow: 0,
  ground: 0,
  cameraDistance: 3,
};

export interface FakeClip {
  readonly framesPerSecond: number;
  readonly frames: number;
  readonly poses: string;
}

/** The hopper hops on and turns backwards `turns` times in the clip. */
export function fakeClip(turns: number, metresPerSecond = 0.8): FakeClip {
  // Along the body from the middle of the torso, about which it turns.
  const centres = [0, -0.42, -0.89, -1.14];
  const poses = new Float32Array(FRAMES * centres.length * 7);
  for (let frame = 0; frame < FRAMES; frame++) {
    const share = frame / FRAMES;
    const angle = -2 * Math.PI * turns * share;
    const height = 1.2 + 0.2 * Math.sin(Math.PI * share);
    centres.forEach((centre, body) => {
      // A little bend per joint, so that the limbs are seen to move.
      const bend = angle + 0.25 * body * Math.sin(4 * Math.PI * share);
      poses.set(
        [
          metresPerSecond * (frame / FRAMES_PER_SECOND) + centre * Math.sin(angle),
          0,
          height + centre * Math.cos(angle),
          Math.cos(bend / 2),
          0,
          Math.sin(bend / 2),
          0,
        ],
        (frame * centres.length + body) * 7,
      );
    });
  }
  return {
    framesPerSecond: FRAMES_PER_SECOND,
    frames: FRAMES,
    poses: Buffer.from(poses.buffer).toString("base64"),
  };
}
