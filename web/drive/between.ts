// Poses between two steps: a world of 20 steps a second moves smoothly on a screen of 60 frames, and in slow motion.
import { POSE_NUMBERS_PER_BODY } from "../../src/environment/scene.ts";

/**
 * Writes the poses at `fraction`, 0 to 1, of the way from `from` to `to`, `[bodies * 7]` each: places on a line,
 * quaternions w, x, y, z by the shorter way, brought back to length 1.
 */
export function between(from: Float32Array, to: Float32Array, fraction: number, out: Float32Array): void {
  for (let body = 0; body < to.length; body += POSE_NUMBERS_PER_BODY) {
    for (let i = body; i < body + 3; i++) out[i] = from[i] + fraction * (to[i] - from[i]);
    let cosine = 0;
    for (let i = body + 3; i < body + 7; i++) cosine += from[i] * to[i];
    // A quaternion and its negative are the same rotation.
    const sign = cosine < 0 ? -1 : 1;
    let squares = 0;
    for (let i = body + 3; i < body + 7; i++) {
      out[i] = sign * from[i] * (1 - fraction) + to[i] * fraction;
      squares += out[i] * out[i];
    }
    const scale = 1 / Math.sqrt(squares);
    for (let i = body + 3; i < body + 7; i++) out[i] *= scale;
  }
}
