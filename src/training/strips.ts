// How many windows make one clip.
import { ASKABLE, type AskableKind } from "../feedback/judgement.ts";
import { FEEDBACK } from "../feedback/kinds.ts";

/** Windows of so many seconds in the longest clip of this kind; of kinds without strips, the most that a query has. */
export function stripSegments(kind: AskableKind, segmentSeconds: number): number {
  const { segments, stripSeconds } = FEEDBACK[kind];
  const [least, most] = segments;
  if (stripSeconds === null) return most;
  return Math.min(most, Math.max(least, Math.round(stripSeconds / segmentSeconds)));
}

/** Most segments of a query of any of these kinds. */
export function mostSegments(kinds: readonly AskableKind[], segmentSeconds: number): number {
  return Math.max(...kinds.map((kind) => stripSegments(kind, segmentSeconds)));
}

/** The same of all kinds that anybody may ask for. */
export function mostSegmentsOfAll(segmentSeconds: number): number {
  return mostSegments(ASKABLE, segmentSeconds);
}
