// The ways to answer: for each kind of feedback the control on the page.
import type { ComponentType } from "preact";
import type { AskableKind, Kind } from "../../../src/feedback/judgement.ts";
import { Comparison } from "./kinds/comparison.tsx";
import { Critique } from "./kinds/critique.tsx";
import { GoodBad } from "./kinds/good-bad.tsx";
import { Live } from "./kinds/live.tsx";
import { Ranking } from "./kinds/ranking.tsx";
import { Rating } from "./kinds/rating.tsx";
import { Stop } from "./kinds/stop.tsx";

export const CONTROLS: Readonly<Record<AskableKind, ComponentType>> = {
  comparison: Comparison,
  "good-bad": GoodBad,
  live: Live,
  rating: Rating,
  ranking: Ranking,
  critique: Critique,
  stop: Stop,
};

export function isAskable(kind: Kind): kind is AskableKind {
  return kind in CONTROLS;
}
