// One thing that is asked, ready to be drawn.
import type { Scene } from "../../src/environment/scene.ts";
import type { Kind } from "../../src/feedback/judgement.ts";
import type { QueryView } from "../../src/server/api.ts";
import { decodeClip, type PlayableClip } from "../clips/clip.ts";

export interface Question {
  readonly query: number;
  readonly kind: Kind;
  readonly selection: QueryView["selection"];
  /** Environment steps that the run had taken when it was asked. */
  readonly atStep: number;
  /** In the order of the query: of a comparison the left one, then the right one. */
  readonly clips: readonly PlayableClip[];
  /** Ids of the segments that each clip shows, one after the other. */
  readonly segments: readonly (readonly number[])[];
  /** Environment steps in each clip. */
  readonly steps: readonly number[];
}

export function decodeQuestion(query: QueryView, scene: Scene): Question {
  return {
    query: query.id,
    kind: query.kind,
    selection: query.selection,
    atStep: query.atStep,
    clips: query.clips.map((clip) => decodeClip(clip, scene)),
    segments: query.clips.map(({ segments }) => segments),
    steps: query.clips.map(({ steps }) => steps),
  };
}
