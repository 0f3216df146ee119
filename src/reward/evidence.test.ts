import { expect, test } from "vitest";
import { Random } from "../environment/random.ts";
import type { Segment } from "../feedback/segment.ts";
import { Evidence, type EvidenceShape } from "./evidence.ts";

const SHAPE: EvidenceShape = { capacity: 4_000, steps: 2, observationSize: 2, actionSize: 1, members: 3 };

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

test("rows are kept as observation, then action, left segment first", () => {
  const kept = evidence();
  kept.add(7, segment(1), segment(2), new Random(1));
  expect([...kept.rows.subarray(0, 12)]).toEqual([100, 101, -100, 102, 103, -101, 200, 201, -200, 202, 203, -201]);
});

test("an answer counts until it is taken back, and cannot tell never does", () => {
  const kept = evidence();
  kept.add(7, segment(1), segment(2), new Random(1));
  expect(kept.isOpen(7)).toBe(true);
  expect(kept.answer(0)).toBe(null);
  kept.judge(7, "left");
  expect(kept.answer(0)).toBe("left");
  expect(kept.isOpen(7)).toBe(false);
  kept.takeBack(7);
  expect(kept.answer(0)).toBe(null);
  kept.judge(7, "cannot-tell");
  expect(kept.answer(0)).toBe(null);
  expect(kept.isOpen(7)).toBe(false);
});

test("a softer answer is kept to 24 bits, and is another than none", () => {
  const kept = evidence();
  kept.add(7, segment(1), segment(2), new Random(1));
  for (const share of [0, 0.3, 0.5, 1]) {
    kept.judge(7, share);
    expect(kept.answer(0)).toBeCloseTo(share, 7);
    expect(kept.isOpen(7)).toBe(false);
  }
});

test("another thread's view sees the same", () => {
  const buffer = new SharedArrayBuffer(Evidence.bytes(SHAPE));
  const writer = new Evidence(buffer, SHAPE);
  const reader = new Evidence(buffer, SHAPE);
  writer.add(1, segment(1), segment(2), new Random(1));
  writer.judge(1, "equal");
  expect(reader.used).toBe(1);
  expect(reader.answer(0)).toBe("equal");
});

test("each member holds out 1/e of the judgements, and sees each once on average", () => {
  const kept = evidence();
  for (let query = 0; query < SHAPE.capacity; query++) kept.add(query, segment(1), segment(2), new Random(query));
  for (let member = 0; member < SHAPE.members; member++) {
    const counts = Array.from({ length: SHAPE.capacity }, (_, slot) => kept.count(slot, member));
    const heldOut = counts.filter((count) => count === 0).length / SHAPE.capacity;
    const mean = counts.reduce((sum, count) => sum + count, 0) / SHAPE.capacity;
    // Four standard errors.
    expect(Math.abs(heldOut - Math.exp(-1))).toBeLessThan(4 * Math.sqrt(0.2325 / SHAPE.capacity));
    expect(Math.abs(mean - 1)).toBeLessThan(4 / Math.sqrt(SHAPE.capacity));
  }
});

test("what does not fit is refused in words", () => {
  const small = evidence({ ...SHAPE, capacity: 1 });
  expect(() => small.add(1, segment(1, 3), segment(2), new Random(1))).toThrow("has 3 steps");
  expect(() => small.judge(9, "left")).toThrow("query 9");
  const full = evidence({ ...SHAPE, capacity: 1 });
  full.add(1, segment(1), segment(2), new Random(1));
  expect(() => full.add(2, segment(1), segment(2), new Random(1))).toThrow("room for 1 comparisons");
});
