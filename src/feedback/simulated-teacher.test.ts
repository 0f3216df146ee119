import { expect, test } from "vitest";
import { Random } from "../environment/random.ts";
import { compare } from "./comparison.ts";
import type { TeacherOptions } from "./simulated.ts";

const ORACLE: TeacherOptions = { myopia: 1, mistake: 0, skip: 0, equal: 0 };
const ROUNDS = 4_000;

function share(
  answer: string,
  options: Partial<TeacherOptions>,
  left: number[],
  right: number[],
  average = 10,
): number {
  const random = new Random(11);
  let count = 0;
  for (let i = 0; i < ROUNDS; i++)
    count += compare(left, right, average, { ...ORACLE, ...options }, random) === answer ? 1 : 0;
  return count / ROUNDS;
}

/** Four standard errors of a share that is measured in ROUNDS draws. */
const tolerance = (probability: number) => 4 * Math.sqrt((probability * (1 - probability)) / ROUNDS);

test("the oracle always prefers the higher return, and finds the same return equal", () => {
  expect(share("left", {}, [1, 2], [1, 1])).toBe(1);
  expect(share("right", {}, [1, 1], [1, 2])).toBe(1);
  expect(share("equal", {}, [2, 1], [1, 2])).toBe(1);
});

test("a teacher of limited rationality follows Boltzmann", () => {
  const expected = 1 / (1 + Math.exp(-0.5 * 2));
  const found = share("left", { rationality: 0.5 }, [3, 0], [1, 0]);
  expect(Math.abs(found - expected)).toBeLessThan(tolerance(expected));
});

test("a myopic teacher judges by the end", () => {
  expect(share("left", {}, [10, 0], [0, 5])).toBe(1);
  expect(share("right", { myopia: 0.4 }, [10, 0], [0, 5])).toBe(1);
});

test("mistakes come as often as they are said to", () => {
  const found = share("right", { mistake: 0.2 }, [2], [1]);
  expect(Math.abs(found - 0.2)).toBeLessThan(tolerance(0.2));
});

test("a teacher skips where neither clip is good enough, and finds close ones equal", () => {
  expect(share("cannot-tell", { skip: 0.5 }, [4], [3])).toBe(1);
  expect(share("left", { skip: 0.5 }, [6], [3])).toBe(1);
  expect(share("equal", { equal: 0.5 }, [6], [3])).toBe(1);
  expect(share("left", { equal: 0.5 }, [9], [3])).toBe(1);
  // A negative average makes thresholds that nothing falls under.
  expect(share("left", { skip: 0.5, equal: 0.5 }, [-1], [-2], -10)).toBe(1);
});
