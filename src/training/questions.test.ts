import { expect, test } from "vitest";
import { Rollout } from "../agent/rollout.ts";
import type { Environment, Outcome } from "../environment/environment.ts";
import { Random } from "../environment/random.ts";
import type { RestorableEnvironment } from "../environment/restorable.ts";
import { ASKABLE, isStrip } from "../feedback/judgement.ts";
import { Questions, type Ask } from "./questions.ts";
import type { Shapes } from "./shared.ts";
import { mostSegments, mostSegmentsOfAll, stripSegments } from "./strips.ts";
import { TrajectoryPool } from "./trajectory-pool.ts";

const STEPS = 5;
const CAPACITY = 200;
const MEMBERS = 2;

/** Segments of half a second, of which every other step's pose is kept. */
const SHAPES: Shapes = {
  pool: {
    environments: 2,
    capacity: CAPACITY,
    observationSize: 1,
    actionSize: 1,
    poseSize: 7,
    stateSize: 1,
    members: MEMBERS,
  },
  evidence: {
    capacity: 100,
    segments: 100,
    mostSegments: 20,
    steps: STEPS,
    observationSize: 1,
    actionSize: 1,
    members: MEMBERS,
  },
  stepSeconds: 0.1,
  poseStride: 2,
  framesPerSecond: 5,
};

/**
 * A pool of that many steps, in which the step's number is everything: what was observed, done, posed, and the state
 * before it. The members agree but about steps 100 to 120.
 */
function filled(steps: number, episode = steps): Questions {
  const pool = new TrajectoryPool(new SharedArrayBuffer(TrajectoryPool.bytes(SHAPES.pool)), SHAPES.pool);
  for (let t = 0; t < steps; t++) {
    const rollout = new Rollout(1, 2, 1, 1);
    const environment: Partial<RestorableEnvironment> = {
      stateSize: 1,
      pose: (out) => void out.fill(t),
      state: (out) => void out.fill(t + 1),
      restore: () => {},
    };
    for (let e = 0; e < 2; e++) {
      rollout.observations[e] = t;
      rollout.taken[e] = -t;
      const outcome: Outcome = (t + 1) % episode === 0 ? "truncated" : "running";
      // Recording asks an environment for its pose and its state.
      pool.record(e, environment as Environment, rollout, e, outcome);
    }
    const apart = t >= 100 && t < 120 ? 1 : 0;
    pool.predict(rollout, [new Float32Array(2).fill(1 + apart), new Float32Array(2).fill(1 - apart)]);
  }
  return new Questions([pool], SHAPES, 10, 20);
}

const how = (more: Partial<Ask> = {}): Ask => ({
  selection: "random",
  candidates: 10,
  atStep: 77,
  policyVersion: 3,
  reference: 0.25,
  random: new Random(4),
  ...more,
});

test("queries and segments are numbered on, and say how they came to be", () => {
  const [first, second] = filled(150).ask("comparison", 2, how());
  expect(first.query).toEqual({ id: 21, kind: "comparison", segments: [11, 12], selection: "random", atStep: 77 });
  expect([second.query.id, second.query.segments]).toEqual([22, [13, 14]]);
  const [segment] = first.segments;
  const [place] = first.places;
  expect(segment).toMatchObject({ id: 11, atStep: 77, policyVersion: 3, length: STEPS });
  expect([...segment.observations]).toEqual([0, 1, 2, 3, 4].map((t) => place.start + t));
});

test("what was predicted is told relative to the untrained agent, and not at all before the first fit", () => {
  const rewardsOf = (reference: number | null) => {
    const [{ segments }] = filled(90).ask("comparison", 1, how({ reference }));
    return [...segments[0].rewards];
  };
  expect(rewardsOf(0.25)).toEqual(Array.from({ length: STEPS }, () => 0.75));
  expect(rewardsOf(null)).toEqual(Array.from({ length: STEPS }, () => Number.NaN));
});

test("segments that are compared or ranked never overlap", () => {
  // Room for four in one episode, so that almost all draws do.
  const questions = filled(30, 25);
  for (const kind of ["comparison", "ranking"] as const) {
    for (const { places } of questions.ask(kind, 30, how())) {
      expect(places).toHaveLength(kind === "ranking" ? 4 : 2);
      for (const [i, one] of places.entries()) {
        for (const other of places.slice(i + 1)) {
          if (one.environment === other.environment)
            expect(Math.abs(one.start - other.start)).toBeGreaterThanOrEqual(5);
        }
      }
    }
  }
});

test.each(ASKABLE.filter(isStrip))("windows of a strip of kind %s go on where the last one ended", (kind) => {
  const [{ segments, places }] = filled(CAPACITY).ask(kind, 1, how());
  expect(segments).toHaveLength(stripSegments(kind, 0.5));
  const [{ start }] = places;
  const seen = segments.flatMap(({ observations }) => [...observations]);
  expect(seen).toEqual(Array.from({ length: STEPS * segments.length }, (_, t) => start + t));
  // Poses come at a steady rate, from one window into the next too.
  const posed = segments.flatMap(({ clip }) => [...clip.poses].filter((_, i) => i % 7 === 0));
  expect(posed).toEqual(Array.from({ length: Math.ceil((STEPS * segments.length) / 2) }, (_, i) => start + 2 * i));
  for (const { clip } of segments) expect(clip.poses).toHaveLength(7 * clip.frames);
  // Where each window can be taken over from; the pool's oldest step has lost its state.
  const states = segments.map(({ state }, i) => state?.[0] ?? start + STEPS * i);
  expect(states).toEqual(segments.map((_, i) => start + STEPS * i));
  expect(segments.filter(({ state }) => state === null).length).toBeLessThanOrEqual(1);
});

test("where episodes are short a strip is shorter, down to one window, and none is made of nothing", () => {
  expect(filled(60, 20).ask("rating", 1, how())[0].segments).toHaveLength(3);
  expect(filled(60, 6).ask("live", 1, how())[0].segments).toHaveLength(1);
  expect(filled(60, 4).ask("live", 3, how())).toEqual([]);
  expect(filled(3).ask("comparison", 3, how())).toEqual([]);
});

test("by disagreement the query is about what the members disagree on", () => {
  for (const kind of ["comparison", "ranking", "good-bad"] as const) {
    const asked = filled(CAPACITY).ask(kind, 4, how({ selection: "disagreement", candidates: 30 }));
    expect(asked).toHaveLength(4);
    for (const { places } of asked) {
      expect(places.some(({ start }) => start + STEPS > 100 && start < 120)).toBe(true);
    }
  }
});

test("by entropy the query may also be about what all members take to be equally good", () => {
  // The members agree about everything but steps 100 to 120, and there they take their differences to be certain.
  const asked = filled(CAPACITY).ask("comparison", 4, how({ selection: "entropy", candidates: 30 }));
  expect(asked.map(({ query }) => query.selection)).toEqual(["entropy", "entropy", "entropy", "entropy"]);
  for (const kind of ["ranking", "rating"] as const) {
    expect(filled(CAPACITY).ask(kind, 2, how({ selection: "entropy" }))).toHaveLength(2);
  }
});

test.each(["comparison", "ranking", "live"] as const)(
  "k-center asks %s about what is unlike the last queries",
  (kind) => {
    const starts = (selection: Ask["selection"]) => {
      const questions = filled(CAPACITY);
      const asked = Array.from({ length: 6 }, () =>
        questions.ask(kind, 1, how({ selection, reference: null, candidates: 30, random: new Random(5) })),
      ).flat();
      for (const { query } of asked) expect(query.selection).toBe("initial");
      return asked.map(({ places: [{ start }] }) => start);
    };
    // Each time from the same candidates: what was asked is not asked again.
    expect(new Set(starts("k-center")).size).toBe(6);
    expect(new Set(starts("disagreement")).size).toBe(1);
  },
);

test("k-center goes on from what was asked before a restart", () => {
  const again = (remembered: boolean) => {
    const [questions, resumed] = [filled(CAPACITY), filled(CAPACITY)];
    const ask = (of: Questions) =>
      of.ask("comparison", 1, how({ selection: "k-center", reference: null, candidates: 30, random: new Random(5) }));
    const [first] = ask(questions);
    if (remembered) resumed.remember(first.segments);
    return [ask(resumed), ask(questions)].map(([{ places }]) => places);
  };
  const [told, expected] = again(true);
  expect(told).toEqual(expected);
  const [untold, other] = again(false);
  expect(untold).not.toEqual(other);
});

test("more queries than are chosen at once are all asked, and none where there is nothing to ask about", () => {
  const many = filled(CAPACITY).ask("comparison", 600, how({ selection: "k-center", reference: null, candidates: 2 }));
  expect(new Set(many.map(({ query }) => query.id)).size).toBe(600);
  expect(filled(STEPS - 1).ask("comparison", 600, how({ selection: "k-center" }))).toEqual([]);
});

test("k-center chooses among the half that the members disagree about most", () => {
  for (let seed = 0; seed < 20; seed++) {
    // Half of two is the one that would have been asked by disagreement, though it was asked before.
    const [one, other] = (["k-center", "disagreement"] as const).map((selection) => {
      const questions = filled(CAPACITY);
      const again = () => questions.ask("comparison", 1, how({ selection, candidates: 2, random: new Random(seed) }));
      return [again(), again()].flatMap(([{ places }]) => places);
    });
    expect(one).toEqual(other);
  }
});

test("only comparisons have a mean disagreement", () => {
  const questions = filled(CAPACITY);
  expect(questions.meanDisagreement(questions.ask("rating", 2, how()))).toBe(null);
  expect(questions.meanDisagreement(questions.ask("comparison", 2, how()))).toBeGreaterThanOrEqual(0);
  expect(questions.meanDisagreement([])).toBe(null);
});

test("strips have as many windows as fit their length, and never none or too many", () => {
  expect([stripSegments("rating", 0.5), stripSegments("live", 0.5), stripSegments("rating", 9)]).toEqual([6, 20, 1]);
  expect(stripSegments("live", 0.008)).toBe(40);
  expect(mostSegments(["comparison", "ranking"], 0.5)).toBe(6);
  expect(mostSegmentsOfAll(0.5)).toBe(20);
});
