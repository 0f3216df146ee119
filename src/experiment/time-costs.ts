// What answers of each kind cost a person, in seconds: the one table by which kinds of feedback are compared per minute.
import { isStrip, type AskableKind } from "../feedback/judgement.ts";
import { HYPERPARAMETERS, type Hyperparameters } from "../training/hyperparameters.ts";
import { RANKED } from "../training/questions.ts";
import { stripSegments } from "../training/strips.ts";

/**
 * Seconds per comparison: people who were paid to compare clips of 1 to 2 s answered the average query in 3 to 5 s
 * (Christiano et al. 2017, section 3.1).
 */
const COMPARISON = 4;
/**
 * To decide what to do next, to press a key or a button, and to point at something: the keystroke-level model's mental
 * operator, its keystroke of an average person who is no typist, and its pointing (Card, Moran and Newell 1980, "The
 * keystroke-level model for user performance time with interactive systems").
 */
const DECIDE = 1.35;
const PRESS = 0.28;
const POINT = 1.1;
/**
 * How long somebody looks at a clip that is shorter than this, since it begins anew: half of what a comparison leaves
 * for its two clips. An assumption.
 */
const LEAST_LOOK = (COMPARISON - DECIDE - PRESS) / 2;
/** Parts of a clip that a critique brushes on average. An assumption. */
const BRUSHED = 2;

export interface TimeCost {
  /** Clips that are looked at. */
  readonly clips: number;
  /** Of one clip. */
  readonly clipSeconds: number;
  /** For looking at all of them, each once, from its start to its end. */
  readonly looking: number;
  readonly answering: number;
  /** Per answer. */
  readonly seconds: number;
  /** Where it is from, in words. */
  readonly source: string;
}

interface Answering {
  readonly seconds: number;
  readonly source: string;
}

const ANSWERING: Readonly<Record<AskableKind, Answering>> = {
  comparison: { seconds: DECIDE + PRESS, source: "together with looking 4 s, as published" },
  "good-bad": { seconds: DECIDE + PRESS, source: "a decision and a key" },
  rating: { seconds: DECIDE + PRESS, source: "a decision and a key" },
  ranking: {
    seconds: (RANKED - 1) * DECIDE + RANKED * PRESS,
    source: "a decision for each place but the last, and a key for each",
  },
  critique: {
    seconds: BRUSHED * (DECIDE + 2 * (POINT + PRESS)) + PRESS,
    source: `${BRUSHED} strokes: a decision and two ends to point at for each; a key`,
  },
  live: { seconds: PRESS, source: "pressed while looking; a key to go on" },
  stop: { seconds: PRESS, source: "pressed while looking; a key to go on" },
};

/**
 * @param hyperparameters of the run, whose segments may be longer or shorter
 * @returns what one answer of this kind costs a person
 */
export function timeCost(
  kind: AskableKind,
  { segmentSeconds }: Pick<Hyperparameters, "segmentSeconds"> = HYPERPARAMETERS,
): TimeCost {
  const clips = isStrip(kind) ? 1 : kind === "ranking" ? RANKED : 2;
  const clipSeconds = isStrip(kind) ? stripSegments(kind, segmentSeconds) * segmentSeconds : segmentSeconds;
  const looking = clips * Math.max(LEAST_LOOK, clipSeconds);
  const { seconds: answering, source } = ANSWERING[kind];
  return { clips, clipSeconds, looking, answering, seconds: looking + answering, source };
}

/**
 * Answers that fit into so many minutes where these kinds take turns, in this order, as they do in a run; 0 where not
 * even one fits.
 */
export function answersIn(minutes: number, kinds: readonly AskableKind[]): number {
  const costs = kinds.map((kind) => timeCost(kind).seconds);
  // Ends that meet exactly must not miss each other by a rounding error.
  let left = 60 * minutes + 1e-6;
  let answers = 0;
  for (; left >= costs[answers % costs.length]; answers++) left -= costs[answers % costs.length];
  return answers;
}
