import fc from "fast-check";
import { expect, test } from "vitest";
import { Coverage } from "./coverage.ts";

/** Questions about one segment that has one feature. */
const line = (...values: number[]) => values.map((value) => [[value]]);

test("what is farthest from all that was asked comes next", () => {
  const coverage = new Coverage();
  // The first is as good as any; 10 is farthest from 0, and 4 from both.
  expect(coverage.choose(line(0, 1, 4, 10), 3)).toEqual([0, 3, 2]);
  // Asked about so far: 0, 10 and 4.
  expect(coverage.choose(line(9, 5, 7), 1)).toEqual([2]);
});

test("a question is as far as its segments are on average", () => {
  const coverage = new Coverage();
  coverage.choose([[[0], [0]]], 1);
  const near = [[1], [5]];
  const far = [[4], [4]];
  expect(coverage.choose([near, far], 1)).toEqual([1]);
});

test("features count by how they spread, and those that never change not at all", () => {
  const coverage = new Coverage();
  coverage.choose([[[0, 0, 7]]], 1);
  // Thousands where thousands are usual are no more than ones where ones are.
  const candidates = [[[3000, 0, 7]], [[0, 4, 7]], [[-3000, 0, 7]], [[0, -1, 7]]];
  expect(coverage.choose(candidates, 1)).toEqual([1]);
});

test("what was asked longest ago is forgotten first", () => {
  const coverage = new Coverage(2);
  for (const value of [0, 10, 20]) coverage.add([value]);
  // 0 is forgotten, 10 is not.
  expect(coverage.choose(line(0.5, 9.5), 1)).toEqual([0]);
  const remembering = new Coverage(3);
  for (const value of [0, 10, 20]) remembering.add([value]);
  expect(remembering.choose(line(1, 11.5), 1)).toEqual([1]);
});

test("candidates are chosen once each, as many as there are", () => {
  const features = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 2 });
  const questions = fc.array(fc.array(features, { minLength: 2, maxLength: 2 }), { maxLength: 8 });
  fc.assert(
    fc.property(questions, questions, fc.integer({ min: 0, max: 10 }), (before, now, count) => {
      const coverage = new Coverage();
      coverage.choose(before, before.length);
      const chosen = coverage.choose(now, count);
      expect(chosen).toHaveLength(Math.min(count, now.length));
      expect(new Set(chosen).size).toBe(chosen.length);
      for (const index of chosen) expect(now[index]).toBeDefined();
    }),
  );
});
