// Asking: cuts segments from what the threads did of late, and pairs them into queries worth an answer.
import { best, disagreement } from "../feedback/selection.ts";
import type { Query, Question } from "../feedback/judgement.ts";
import type { Clip, Segment } from "../feedback/segment.ts";
import type { Random } from "../environment/random.ts";
import type { Shapes } from "./shared.ts";
import type { TrajectoryPool, Window } from "./trajectory-pool.ts";

/** A window of one thread's pool. */
export interface Place extends Window {
  readonly thread: number;
}

interface Candidate {
  readonly left: Place;
  readonly right: Place;
  readonly score: number;
}

/** A question with the places that its segments were cut from. */
export interface CutQuestion extends Question {
  readonly places: readonly Place[];
}

/** Tries to find a window before the pools are taken to hold none. */
const TRIES = 1_000;

export class Questions {
  readonly #pools: readonly TrajectoryPool[];
  readonly #shapes: Shapes;
  #lastSegment: number;
  #lastQuery: number;

  constructor(pools: readonly TrajectoryPool[], shapes: Shapes, lastSegment: number, lastQuery: number) {
    this.#pools = pools;
    this.#shapes = shapes;
    this.#lastSegment = lastSegment;
    this.#lastQuery = lastQuery;
  }

  /**
   * Up to `count` new queries. By disagreement, each is the best of `candidates` random pairs on average.
   * @param atStep environment steps taken so far
   */
  ask(
    count: number,
    selection: Query["selection"],
    candidates: number,
    atStep: number,
    policyVersion: number,
    random: Random,
  ): CutQuestion[] {
    const drawn: Candidate[] = [];
    const wanted = selection === "disagreement" ? count * candidates : count;
    for (let i = 0; i < wanted; i++) {
      const pair = this.#pair(random);
      if (pair === null) break;
      drawn.push({ ...pair, score: selection === "disagreement" ? this.#disagreement(pair.left, pair.right) : 0 });
    }
    return best(drawn, count).map(({ left, right }) => {
      const places = [left, right];
      const segments = places.map((place) => this.#cut(place, atStep, policyVersion));
      this.#lastQuery += 1;
      const ids = segments.map(({ id }) => id);
      return {
        query: { id: this.#lastQuery, kind: "comparison", segments: ids, selection, atStep },
        segments,
        places,
      };
    });
  }

  /** The latest steps of the first environment, as a clip, or null where there are too few of one episode. */
  latest(steps: number): Clip | null {
    const [pool] = this.#pools;
    const window = { environment: 0, start: pool.written - steps };
    return pool.holds(window, steps) ? this.#clip(pool, window, steps) : null;
  }

  /** Mean disagreement of the ensemble about these questions, or null where there are none. */
  meanDisagreement(questions: readonly CutQuestion[]): number | null {
    const scores = questions.map(({ places: [left, right] }) => this.#disagreement(left, right));
    return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
  }

  #pair(random: Random): { left: Place; right: Place } | null {
    const length = this.#shapes.evidence.steps;
    const left = this.#place(random);
    if (left === null) return null;
    for (let i = 0; i < TRIES; i++) {
      const right = this.#place(random);
      if (right === null) return null;
      const same = left.thread === right.thread && left.environment === right.environment;
      if (!same || Math.abs(left.start - right.start) >= length) return { left, right };
    }
    return null;
  }

  #place(random: Random): Place | null {
    const length = this.#shapes.evidence.steps;
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

  #disagreement(left: Place, right: Place): number {
    const { steps, members } = this.#shapes.evidence;
    const sums = [left, right].map((place) => {
      const of = new Float64Array(members);
      this.#pools[place.thread].sumPredictions(place, steps, of);
      return of;
    });
    return disagreement(sums[0], sums[1]);
  }

  #cut(place: Place, atStep: number, policyVersion: number): Segment {
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
      rewards: new Float32Array(steps).fill(Number.NaN),
      state: pool.state(place),
      clip: this.#clip(pool, place, steps),
    };
  }

  #clip(pool: TrajectoryPool, window: Window, steps: number): Clip {
    const { poseStride, framesPerSecond } = this.#shapes;
    return {
      framesPerSecond,
      frames: Math.ceil(steps / poseStride),
      poses: pool.poses(window, steps, poseStride),
    };
  }
}
