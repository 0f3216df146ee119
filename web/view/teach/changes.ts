// What the last answers changed, in a sentence: the agent's clips before them beside those after them.
import { POSE_NUMBERS_PER_BODY, type Scene } from "../../../src/environment/scene.ts";
import type { PlayableClip } from "../../clips/clip.ts";

/** What can be seen of how the followed body moves in a clip. */
export interface Motion {
  /** Turns a second about the line of sight, whichever way. */
  readonly turns: number;
  /** Metres a second along the ground. */
  readonly travel: number;
  /** Metres above the ground at its highest, or above where it was lowest where there is no ground. */
  readonly height: number;
}

export function motionOf(clip: PlayableClip, scene: Scene): Motion {
  const stride = scene.bodies.length * POSE_NUMBERS_PER_BODY;
  const offset = scene.follow * POSE_NUMBERS_PER_BODY;
  const seconds = Math.max(1, clip.frames - 1) / clip.framesPerSecond;
  const { poses } = clip;
  let turned = 0;
  let [highest, lowest] = [-Infinity, Infinity];
  for (let frame = 0; frame < clip.frames; frame++) {
    const at = frame * stride + offset;
    highest = Math.max(highest, poses[at + 2]);
    lowest = Math.min(lowest, poses[at + 2]);
    if (frame > 0) turned += turnBetween(pitch(poses, at - stride), pitch(poses, at));
  }
  const end = (clip.frames - 1) * stride + offset;
  const way = Math.hypot(poses[end] - poses[offset], poses[end + 1] - poses[offset + 1]);
  return {
    turns: Math.abs(turned) / (2 * Math.PI) / seconds,
    travel: way / seconds,
    height: highest - (scene.ground ?? lowest),
  };
}

/** The angle about y of the body whose pose begins at `at`, in radians. */
function pitch(poses: Float32Array, at: number): number {
  const [w, x, y, z] = poses.subarray(at + 3, at + 7);
  return Math.atan2(2 * (w * y + x * z), 1 - 2 * (x * x + y * y));
}

/** The shorter way from one angle to another, in radians. */
function turnBetween(from: number, to: number): number {
  return Math.atan2(Math.sin(to - from), Math.cos(to - from));
}

/** A clip of the agent as it was after so many answers. */
export interface Glimpse extends Motion {
  readonly labels: number;
}

/** Answers over which a change is told. */
export const OVER_ANSWERS = 20;
/** Clips of either side at least, since one clip may be luck. */
const LEAST_CLIPS = 3;

/** The one thing that changed most between the clips of then and of now, in a sentence; null where there is too little. */
export function changeIn(glimpses: readonly Glimpse[], labels: number): string | null {
  const now = glimpses.filter((glimpse) => glimpse.labels > labels - OVER_ANSWERS / 4);
  const then = glimpses.filter(
    (glimpse) => glimpse.labels <= labels - OVER_ANSWERS && glimpse.labels > labels - 2 * OVER_ANSWERS,
  );
  if (now.length < LEAST_CLIPS || then.length < LEAST_CLIPS) return null;
  let most = 0;
  let sentence = "the agent moves as it did before";
  for (const { of, least, say } of SAYINGS) {
    const change = mean(now.map(of)) - mean(then.map(of));
    if (Math.abs(change) / least <= Math.max(1, most)) continue;
    most = Math.abs(change) / least;
    sentence = say(Math.abs(change), change > 0 ? "more" : "less");
  }
  return `After your last ${OVER_ANSWERS} answers ${sentence}.`;
}

/** `least`: a change that one can see, to which others are compared. */
const SAYINGS: readonly {
  readonly of: (motion: Motion) => number;
  readonly least: number;
  readonly say: (change: number, way: "more" | "less") => string;
}[] = [
  {
    of: ({ turns }) => turns,
    least: 0.05,
    say: (change, way) => `the agent spins ${change.toFixed(2)} turns a second ${way}`,
  },
  {
    of: ({ travel }) => travel,
    least: 0.15,
    say: (change, way) =>
      `the agent moves ${change.toFixed(1)} metres a second ${way === "more" ? "faster" : "slower"}`,
  },
  {
    of: ({ height }) => height,
    least: 0.1,
    say: (change, way) => `the agent gets ${change.toFixed(1)} metres ${way === "more" ? "higher" : "less high"}`,
  },
];

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
