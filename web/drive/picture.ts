// Draws where the robot is now, with a camera that glides after it.
import { POSE_NUMBERS_PER_BODY, type Scene } from "../../src/environment/scene.ts";
import type { PlayableClip } from "../clips/clip.ts";
import type { Screen } from "../clips/playback.ts";

/** Seconds after which the camera has caught up with 63 % of a jump. */
const CAMERA_LAG = 0.2;

export class LivePicture {
  readonly #scene: Scene;
  readonly #clip: PlayableClip;
  #screen: Screen | null = null;
  #last: number | null = null;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#clip = {
      framesPerSecond: 1,
      frames: 1,
      poses: new Float32Array(scene.bodies.length * POSE_NUMBERS_PER_BODY),
      camera: new Float32Array(3),
    };
  }

  /** What is drawn next; write into it. */
  get poses(): Float32Array {
    return this.#clip.poses;
  }

  attach(_index: number, screen: Screen): () => void {
    this.#screen = screen;
    return () => {
      if (this.#screen === screen) this.#screen = null;
    };
  }

  /** Lets the camera jump to the robot, which has been put somewhere else. */
  jump(): void {
    this.#last = null;
  }

  /** Draws `poses`, at `now` in milliseconds of the page's clock. */
  draw(now: number): void {
    const screen = this.#screen;
    if (screen === null || !screen.ready || !screen.inSight || screen.busy) return;
    this.#follow(this.#last === null ? Infinity : (now - this.#last) / 1_000);
    this.#last = now;
    screen.draw(this.#clip, 0);
  }

  #follow(seconds: number): void {
    const { follow, ground, cameraDistance, cameraElevation = 0 } = this.#scene;
    const { poses, camera } = this.#clip;
    const at = follow * POSE_NUMBERS_PER_BODY;
    let z = poses[at + 2];
    if (ground !== null) {
      // As clips do: from the side some of what is above the ground shows, from above the robot itself.
      const fromTheSide = cameraDistance * (1 - cameraElevation / 90);
      z = Math.max(ground + 0.28 * fromTheSide, z - 0.2 * fromTheSide);
    }
    const share = 1 - Math.exp(-seconds / CAMERA_LAG);
    camera[0] += share * (poses[at] - camera[0]);
    camera[1] += share * (poses[at + 1] - camera[1]);
    camera[2] += share * (z - camera[2]);
  }
}
