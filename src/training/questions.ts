// Asking: cuts segments from what the threads did of late, and makes queries of them that are worth an answer.
import type { Random } from "../environment/random.ts";
import { Coverage } from "../feedback/coverage.ts";
import { isStrip, type AskableKind, type Question } from "../feedback/judgement.ts";
import type { Clip, Segment } from "../feedback/segment.ts";
import { best, disagreement, entropy, meanOverPairs, spread } from "../feedback/selection.ts";
import type { TrainingOptions } from "./options.ts";
import type { Shapes } from "./shared.ts";
import { stripSegments } from "./strips.ts";
import type { TrajectoryPool, Window } from "./trajectory-pool.ts";

/** A window of one thread's pool. */
export interface Place extends Window {
  readonly thread: number;
}

interface Candidate {
  readonly places: readonly Place[];
  readonly score: number;
}

/** A question with the places that its segments were cut from. */
export interface CutQuestion extends Question {
  readonly places: readonly Place[];
}

/** How to ask. */
export interface Ask {
  /** How queries are chosen once there is a reward model, and before where that needs none. */
  readonly selection: TrainingOptions["selection"];
  /** Unless queries are drawn at random, each is the best of so many random ones on average. */
  readonly candidates: number;
  /** Environment steps taken so far. */
  readonly atStep: number;
  readonly policyVersion: number;
  /** What the reward model predicts per step for the untrained agent; null before its first fit. */
  readonly reference: number | null;
  readonly random: Random;
}

/** Tries to find a window before the pools are taken to hold none. */
const TRIES = 1_000;
/** Steps of a segment by which it is told from others, evenly spaced. */
const TELLING_STEPS = 5;
/** Queries that are chosen from one set of candidates: every one is held against every candidate. */
const MOST_AT_ONCE = 250;
/** Segments that are put in order, out of the three to six that a ranking may have. */
export const RANKED = 4;

export class Questions {
  readonly #pools: readonly TrajectoryPool[];
  readonly #shapes: Shapes;
  readonly #shownSize: number;
  readonly #coverage = new Coverage();
  #lastSegment: number;
  #lastQuery: number;

  /** @param shownSize how many numbers of an observation, from the first on, tell what is done, as `Task.shownSize` */
  constructor(
    pools: readonly TrajectoryPool[],
    shapes: Shapes,
    lastSegment: number,
    lastQuery: number,
    shownSize = shapes.pool.observationSize,
  ) {
    this.#pools = pools;
    this.#shapes = shapes;
    this.#shownSize = shownSize;
    this.#lastSegment = lastSegment;
    this.#lastQuery = lastQuery;
  }

  /** Up to `count` new queries of one kind. */
  ask(kind: AskableKind, count: number, ask: Ask): CutQuestion[] {
    const questions: CutQuestion[] = [];
    while (questions.length < count) {
      const wanted = Math.min(MOST_AT_ONCE, count - questions.length);
      const asked = this.#askAtOnce(kind, wanted, ask);
      questions.push(...asked);
      if (asked.length < wanted) break;
    }
    return questions;
  }

  #askAtOnce(kind: AskableKind, count: number, ask: Ask): CutQuestion[] {
    const drawn: (readonly Place[])[] = [];
    const wanted = isDrawn(ask) ? count : count * ask.candidates;
    for (let i = 0; i < wanted; i++) {
      const places = this.#draw(kind, ask.random);
      if (places === null) break;
      drawn.push(places);
    }
    return this.#choose(kind, drawn, count, ask).map((places) => this.#question(kind, places, ask));
  }

  #choose(
    kind: AskableKind,
    drawn: readonly (readonly Place[])[],
    count: number,
    ask: Ask,
  ): readonly (readonly Place[])[] {
    if (isDrawn(ask)) return drawn;
    const { selection, reference } = ask;
    const scores = reference === null ? drawn.map(() => 0) : this.#scores(kind, drawn, selection);
    const candidates = drawn.map((places, index): Candidate => ({ places, score: scores[index] }));
    if (selection !== "k-center") return best(candidates, count).map(({ places }) => places);
    // As in B-Pref, among the half that the ensemble disagrees about most.
    const half = best(candidates, reference === null ? drawn.length : Math.max(count, Math.ceil(drawn.length / 2)));
    const features = half.map(({ places }) => places.map((place) => this.#featuresOf(place)));
    return this.#coverage.choose(features, count).map((index) => half[index].places);
  }

  /** Takes these to be asked about, as they were before the run was resumed. */
  remember(segments: readonly Pick<Segment, "observations" | "actions">[]): void {
    for (const { observations, actions } of segments) this.#coverage.add(this.#features(observations, actions));
  }

  #featuresOf(place: Place): Float32Array {
    const { steps } = this.#shapes.evidence;
    const pool = this.#pools[place.thread];
    return this.#features(pool.observations(place, steps), pool.actions(place, steps));
  }

  /** What tells a segment from others: what was seen and done at a few of its steps. */
  #features(observations: Float32Array, actions: Float32Array): Float32Array {
    const { steps, observationSize, actionSize } = this.#shapes.evidence;
    const shown = this.#shownSize;
    const width = shown + actionSize;
    const features = new Float32Array(TELLING_STEPS * width);
    for (let i = 0; i < TELLING_STEPS; i++) {
      const t = Math.floor((i * (steps - 1)) / (TELLING_STEPS - 1));
      features.set(observations.subarray(t * observationSize, t * observationSize + shown), i * width);
      features.set(actions.subarray(t * actionSize, (t + 1) * actionSize), i * width + shown);
    }
    return features;
  }

  /** The latest steps of the first environment, as a clip, or null where there are too few of one episode. */
  latest(steps: number): Clip | null {
    const [pool] = this.#pools;
    const window = { environment: 0, start: pool.written - steps };
    return pool.holds(window, steps) ? this.#clip(pool, window, steps, 0) : null;
  }

  /** Mean disagreement of the ensemble about the comparisons among these questions, or null where there are none. */
  meanDisagreement(questions: readonly CutQuestion[]): number | null {
    const scores = questions
      .filter(({ query }) => query.kind === "comparison")
      .map(({ places: [left, right] }) => disagreement(this.#sums(left), this.#sums(right)));
    return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
  }

  #draw(kind: AskableKind, random: Random): readonly Place[] | null {
    if (isStrip(kind)) return this.#strip(kind, random);
    return this.#apart(kind === "ranking" ? RANKED : 2, random);
  }

  /** Windows that do not overlap. */
  #apart(count: number, random: Random): readonly Place[] | null {
    const length = this.#shapes.evidence.steps;
    const places: Place[] = [];
    for (let i = 0; i < TRIES && places.length < count; i++) {
      const place = this.#place(length, random);
      if (place === null) return null;
      const overlaps = places.some(
        (other) =>
          place.thread === other.thread &&
          place.environment === other.environment &&
          Math.abs(place.start - other.start) < length,
      );
      if (!overlaps) places.push(place);
    }
    return places.length < count ? null : places;
  }

  /** Windows that follow one another: as many as make a clip of the kind's length, or fewer where episodes are short. */
  #strip(kind: AskableKind, random: Random): readonly Place[] | null {
    const { evidence, stepSeconds, pool } = this.#shapes;
    const { steps } = evidence;
    let count = Math.min(stripSegments(kind, steps * stepSeconds), Math.floor(pool.capacity / steps));
    for (; count >= 1; count = Math.floor(count / 2)) {
      const place = this.#place(count * steps, random);
      if (place === null) continue;
      return Array.from({ length: count }, (_, index) => ({ ...place, start: place.start + index * steps }));
    }
    return null;
  }

  #place(length: number, random: Random): Place | null {
    const { environments, capacity } = this.#shapes.pool;
    for (let i = 0; i < TRIES; i++) {
      const thread = random.integer(this.#pools.length);
      const pool = this.#pools[thread];
      const kept = Math.min(pool.written, capacity);
      if (kept < length) return null;
      const place = {
        thread,
        environment: random.integer(environments),
        start: pool.written - kept + random.integer(kept - length + 1),
      };
      if (pool.holds(place, length)) return place;
    }
    return null;
  }

  /** How unsure the ensemble is about the answer to each of these. */
  #scores(kind: AskableKind, drawn: readonly (readonly Place[])[], selection: TrainingOptions["selection"]): number[] {
    const sums = drawn.map((places) => places.map((place) => this.#sums(place)));
    if (isStrip(kind)) return spread(sums);
    const unsure = selection === "entropy" ? entropy : disagreement;
    return sums.map((of) => meanOverPairs(of, unsure));
  }

  /** What each member predicts for a window in total. */
  #sums(place: Place): Float64Array {
    const { steps, members } = this.#shapes.evidence;
    const sums = new Float64Array(members);
    this.#pools[place.thread].sumPredictions(place, steps, sums);
    return sums;
  }

  #question(kind: AskableKind, places: readonly Place[], ask: Ask): CutQuestion {
    const { steps } = this.#shapes.evidence;
    const { poseStride } = this.#shapes;
    const segments = places.map((place, index) => {
      // Frames of a strip go on at the same rate from one window to the next.
      const passed = isStrip(kind) ? (index * steps) % poseStride : 0;
      return this.#cut(place, passed === 0 ? 0 : poseStride - passed, ask);
    });
    this.#lastQuery += 1;
    const { reference, atStep } = ask;
    const selection = reference === null ? "initial" : ask.selection;
    return {
      query: { id: this.#lastQuery, kind, segments: segments.map(({ id }) => id), selection, atStep },
      segments,
      places,
    };
  }

  /** @param firstFrame step within the window at which its first pose is taken */
  #cut(place: Place, firstFrame: number, { atStep, policyVersion, reference }: Ask): Segment {
    const { steps } = this.#shapes.evidence;
    const pool = this.#pools[place.thread];
    this.#lastSegment += 1;
    return {
      id: this.#lastSegment,
      atStep,
      policyVersion,
      length: steps,
      observations: pool.observations(place, steps),
      actions: pool.actions(place, steps),
      rewards:
        reference === null
          ? new Float32Array(steps).fill(Number.NaN)
          : pool.meanPredictions(place, steps).map((reward) => reward - reference),
      state: pool.state(place),
      clip: this.#clip(pool, place, steps, firstFrame),
    };
  }

  #clip(pool: TrajectoryPool, { environment, start }: Window, steps: number, firstFrame: number): Clip {
    const { poseStride, framesPerSecond } = this.#shapes;
    const shown = { environment, start: start + Math.min(firstFrame, steps - 1) };
    const length = Math.max(1, steps - firstFrame);
    return {
      framesPerSecond,
      frames: Math.ceil(length / poseStride),
      poses: pool.poses(shown, length, poseStride),
    };
  }
}

/** Whether queries are taken as they are drawn: before there is a reward model only how unlike they are tells them apart. */
function isDrawn({ selection, reference }: Ask): boolean {
  return selection === "random" || (reference === null && selection !== "k-center");
}
