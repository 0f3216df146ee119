// What a script that teaches through the page likes: torsos that turn backward, and more so high up.
import type { Looks, Point } from "./eyes.ts";

/** How a torso is seen to lie: the middle of it, and the angle of its length, anticlockwise, in -pi/2..pi/2. */
export interface Torso {
  readonly middle: Point;
  readonly angle: number;
}

/** Fewer points than these are no torso. */
const LEAST_POINTS = 8;
/** A clip of which less was seen than this many looks cannot be judged. */
const LEAST_LOOKS = 3;
/** How much more a turn is worth from the bottom of the picture to its top. */
const HEIGHT_COUNTS = 1;

/** The torso that these points show: their mean and the direction in which they spread most. Null where there is none. */
export function torsoIn(points: readonly Point[]): Torso | null {
  if (points.length < LEAST_POINTS) return null;
  const x = points.reduce((sum, point) => sum + point[0], 0) / points.length;
  const y = points.reduce((sum, point) => sum + point[1], 0) / points.length;
  let [xx, xy, yy] = [0, 0, 0];
  for (const point of points) {
    // Pictures count rows from the top.
    const [dx, dy] = [point[0] - x, y - point[1]];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  // The principal axis of a plane's covariance: tan(2 angle) = 2 xy / (xx - yy).
  return { middle: [x, y], angle: Math.atan2(2 * xy, xx - yy) / 2 };
}

/**
 * How much is liked of what was seen: radians that the torso turned backward, each counted the more the higher it was.
 * From the side a robot that goes to the right turns backward when it turns anticlockwise. A torso looks the same from
 * both ends, so each step is taken to be the smaller of the two turns that it can be. Null where too little was seen.
 */
export function liking(looks: Looks): number | null {
  const torsos = looks.map(torsoIn).filter((torso) => torso !== null);
  if (torsos.length < LEAST_LOOKS) return null;
  let liked = 0;
  for (let i = 1; i < torsos.length; i++) {
    const turned = torsos[i].angle - torsos[i - 1].angle;
    const height = 1 - (torsos[i].middle[1] + torsos[i - 1].middle[1]) / 2;
    liked += (turned - Math.PI * Math.round(turned / Math.PI)) * (1 + HEIGHT_COUNTS * height);
  }
  return liked;
}

/** Differences that nobody can see, in radians. */
const SAME = 0.04;

/** The key that says which clip is liked better: that they are the same, or that one cannot tell, are answers too. */
export function keyFor(left: Looks, right: Looks): "ArrowLeft" | "ArrowRight" | "ArrowDown" | "s" {
  const [first, second] = [liking(left), liking(right)];
  if (first === null || second === null) return "s";
  if (Math.abs(first - second) < SAME) return "ArrowDown";
  return first > second ? "ArrowLeft" : "ArrowRight";
}
