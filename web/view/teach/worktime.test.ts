import fc from "fast-check";
import { expect, test } from "vitest";
import { Worktime } from "./worktime.ts";

test("counts the time between answers, and no more of it than anyone looks at a clip", () => {
  const work = new Worktime();
  work.began(1_000);
  work.answered(4_000);
  work.answered(6_000);
  expect(work.milliseconds).toBe(5_000);
  work.answered(6_000 + 3_600_000);
  expect(work.milliseconds).toBe(65_000);
  expect(work.answers).toBe(3);
});

test("a pause is no work, and no part of the time that an answer took", () => {
  const work = new Worktime();
  work.began(0);
  work.pause(2_000);
  work.goOn(50_000);
  work.answered(51_000);
  expect(work.milliseconds).toBe(3_000);
  expect(work.pausedSince(0)).toBe(48_000);
  expect(work.pausedSince(3_000)).toBe(47_000);
  expect(work.pausedSince(50_000)).toBe(0);
});

test("the pace is that of the last twenty answers", () => {
  const work = new Worktime(600_000, 7);
  work.began(0);
  expect(work.pace).toBeNull();
  for (let i = 1; i <= 30; i++) work.answered(i * 30_000);
  for (let i = 1; i <= 20; i++) work.answered(900_000 + i * 2_000);
  expect(work.pace).toBeCloseTo(30);
  expect(work.answers).toBe(57);
});

test("time never runs backwards, whatever the clock does", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e6, max: 1e9, noNaN: true })), (times) => {
      const work = new Worktime();
      work.began(0);
      let before = 0;
      for (const time of times) {
        work.answered(time);
        expect(work.milliseconds).toBeGreaterThanOrEqual(before);
        before = work.milliseconds;
      }
      expect(before).toBeLessThanOrEqual(60_000 * times.length);
    }),
  );
});
