import { expect, test } from "vitest";
import { Random } from "../environment/random.ts";
import { KINDS } from "../feedback/judgement.ts";
import type { Segment } from "../feedback/segment.ts";
import { Evidence, type EvidenceShape } from "./evidence.ts";

const SHAPE: EvidenceShape = {
  capacity: 4_000,
  segments: 100,
  mostSegments: 3,
  steps: 2,
  observationSize: 2,
  actionSize: 1,
  members: 3,
};

function segment(id: number, length = SHAPE.steps): Segment {
  return {
    id,
    atStep: 0,
    policyVersion: 0,
    length,
    observations: Float32Array.from({ length: length * 2 }, (_, i) => id * 100 + i),
    actions: Float32Array.from({ length }, (_, i) => -id * 100 - i),
    rewards: new Float32Array(length),
    state: null,
    clip: { framesPerSecond: 60, frames: 0, poses: new Float32Array() },
  };
}

const evidence = (shape = SHAPE) => new Evidence(new SharedArrayBuffer(Evidence.bytes(shape)), shape);

/** Enters an answer of one number to a comparison of two segments. */
function enter(kept: Evidence, judgement: string, query: number, leftShare: number | null, weight?: number): void {
  const answer = leftShare === null ? null : [leftShare];
  kept.enter(judgement, query, "comparison", [segment(1), segment(2)], answer, new Random(1), weight);
}

test("rows are kept as observation, then action, segment after segment", () => {
  const kept = evidence();
  enter(kept, "a", 7, 1);
  expect([...kept.rows.subarray(0, 12)]).toEqual([100, 101, -100, 102, 103, -101, 200, 201, -200, 202, 203, -201]);
});

test("a judgement counts until it is taken back, and one that says nothing never does", () => {
  const kept = evidence();
  enter(kept, "a", 7, 1);
  expect([kept.stands(0), kept.has("a")]).toEqual([true, true]);
  kept.takeBack("a");
  expect([kept.stands(0), kept.has("a")]).toEqual([false, false]);
  enter(kept, "b", 7, null);
  expect([kept.stands(0), kept.has("b")]).toEqual([false, true]);
  kept.takeBack("nobody");
});

test("judgements of all kinds lie side by side, each with its own segments and numbers", () => {
  const kept = evidence();
  enter(kept, "a", 1, 0.25);
  kept.enter("b", 2, "ranking", [segment(3), segment(4), segment(5)], [2, 0, 1], new Random(2));
  kept.enter("c", 3, "stop", [segment(6)], [1.5, 10], new Random(3));
  expect([0, 1, 2].map((slot) => KINDS[kept.kind(slot)])).toEqual(["comparison", "ranking", "stop"]);
  expect([0, 1, 2].map((slot) => [kept.firstSegment(slot), kept.segmentCount(slot)])).toEqual([
    [0, 2],
    [2, 3],
    [5, 1],
  ]);
  const numbers = (slot: number, count: number) => [...kept.answers.subarray(kept.answerAt(slot)).subarray(0, count)];
  expect([numbers(0, 1), numbers(1, 3), numbers(2, 2)]).toEqual([[0.25], [2, 0, 1], [1.5, 10]]);
});

test("several people may judge one query, whose segments are kept once", () => {
  const kept = evidence();
  enter(kept, "a", 7, 1);
  enter(kept, "b", 7, 0);
  expect([kept.used, kept.segmentsUsed]).toEqual([2, 2]);
  expect(kept.firstSegment(1)).toBe(0);
});

test("a judgement counts as much as it is said to, and not at all with weight 0", () => {
  const kept = evidence();
  enter(kept, "a", 7, 1, 0.5);
  expect(kept.weight(0)).toBe(0.5);
  kept.setWeight("a", 0);
  expect(kept.stands(0)).toBe(false);
  kept.setWeight("nobody", 1);
});

test("another thread's view sees the same", () => {
  const buffer = new SharedArrayBuffer(Evidence.bytes(SHAPE));
  const writer = new Evidence(buffer, SHAPE);
  const reader = new Evidence(buffer, SHAPE);
  enter(writer, "a", 1, 0.5);
  expect([reader.used, reader.stands(0), reader.answers[reader.answerAt(0)]]).toEqual([1, true, 0.5]);
});

test("each member holds out 1/e of the judgements, and sees each once on average", () => {
  const kept = evidence();
  for (let judgement = 0; judgement < SHAPE.capacity; judgement++) {
    kept.enter(String(judgement), 1, "comparison", [segment(1), segment(2)], [1], new Random(judgement));
  }
  for (let member = 0; member < SHAPE.members; member++) {
    const counts = Array.from({ length: SHAPE.capacity }, (_, slot) => kept.count(slot, member));
    const heldOut = counts.filter((count) => count === 0).length / SHAPE.capacity;
    const mean = counts.reduce((sum, count) => sum + count, 0) / SHAPE.capacity;
    // Four standard errors.
    expect(Math.abs(heldOut - Math.exp(-1))).toBeLessThan(4 * Math.sqrt(0.2325 / SHAPE.capacity));
    expect(Math.abs(mean - 1)).toBeLessThan(4 / Math.sqrt(SHAPE.capacity));
  }
});

test("what does not fit is refused in words, and what was taken back makes room", () => {
  const small = evidence({ ...SHAPE, capacity: 1, segments: 3 });
  expect(() => small.enter("a", 1, "stop", [segment(1, 3)], [1], new Random(1))).toThrow("has 3 steps");
  const four = [1, 2, 3, 4].map((id) => segment(id));
  expect(() => small.enter("a", 1, "ranking", four, [1], new Random(1))).toThrow("about 3 segments at most");
  enter(small, "a", 1, 1);
  expect([small.hasRoom(0), small.hasRoom(1)]).toEqual([false, false]);
  expect(() => enter(small, "b", 1, 1)).toThrow("room for 1 judgements");
  small.takeBack("a");
  expect([small.hasRoom(1), small.hasRoom(2)]).toEqual([true, false]);
  enter(small, "b", 1, 1);
  expect(small.used).toBe(1);
  expect(() => enter(evidence({ ...SHAPE, segments: 1 }), "a", 1, 1)).toThrow("room for 1 segments");
});
