// A clip as the page plays it: poses decoded, and the way of the camera that follows them worked out beforehand.
import { POSE_NUMBERS_PER_BODY, type Scene } from "../../src/environment/scene.ts";
import type { PosesView } from "../../src/server/api.ts";

export interface PlayableClip {
  readonly framesPerSecond: number;
  readonly frames: number;
  /** `[frames, bodies * 7]`: x, y, z in metres and a quaternion w, x, y, z per body. */
  readonly poses: Float32Array;
  /** `[frames, 3]`: the point that the camera looks at, in metres. */
  readonly camera: Float32Array;
}

/** Decodes a clip. Throws where its poses are not as many as its frames and the scene's bodies need. */
export function decodeClip(clip: PosesView, scene: Scene): PlayableClip {
  const poses = floatsFromBase64(clip.poses);
  const expected = clip.frames * scene.bodies.length * POSE_NUMBERS_PER_BODY;
  if (poses.length !== expected) {
    throw new RangeError(`A clip holds ${poses.length} numbers where its frames and bodies need ${expected}.`);
  }
  const { framesPerSecond, frames } = clip;
  return { framesPerSecond, frames, poses, camera: cameraPath(poses, frames, framesPerSecond, scene) };
}

function floatsFromBase64(text: string): Float32Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  const floats = new Float32Array(bytes.length >> 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < floats.length; i++) floats[i] = view.getFloat32(i * 4, true);
  return floats;
}

/** Seconds after which the camera has caught up with 63 % of a jump of the body it follows. */
const CAMERA_LAG = 0.25;

/**
 * Where the camera looks, `[frames, 3]`. It glides after the followed body along the ground, smoothed forwards and then
 * backwards in time so that it neither lags nor leads, and keeps its height unless the body climbs out of its sight. Seen from the side, some of what is above the ground shows;
 * the more a camera looks down, the closer it looks at the body itself.
 */
function cameraPath(poses: Float32Array, frames: number, framesPerSecond: number, scene: Scene): Float32Array {
  const stride = scene.bodies.length * POSE_NUMBERS_PER_BODY;
  const offset = scene.follow * POSE_NUMBERS_PER_BODY;
  const path = new Float32Array(frames * 3);
  for (let frame = 0; frame < frames; frame++) {
    path.set(poses.subarray(frame * stride + offset, frame * stride + offset + 3), frame * 3);
  }
  const keep = Math.exp(-1 / (CAMERA_LAG * framesPerSecond));
  for (let i = 3; i < path.length; i++) path[i] += keep * (path[i - 3] - path[i]);
  for (let i = path.length - 4; i >= 0; i--) path[i] += keep * (path[i + 3] - path[i]);
  if (scene.ground !== null) {
    const fromTheSide = scene.cameraDistance * (1 - (scene.cameraElevation ?? 0) / 90);
    const height = scene.ground + 0.28 * fromTheSide;
    for (let i = 2; i < path.length; i += 3) path[i] = Math.max(height, path[i] - 0.2 * fromTheSide);
  }
  return path;
}
