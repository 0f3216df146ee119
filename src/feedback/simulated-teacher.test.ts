import { expect, test } from "vitest";
import { Random } from "../environment/random.ts";
import { compare } from "./comparison.ts";
import { ASKABLE, type AskableKind } from "./judgement.ts";
import { SimulatedTeacher } from "./simulated-teacher.ts";
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

const STEP_SECONDS = 0.05;
/** Segments of ten steps of the same reward each. */
const constant = (...rewards: readonly number[]) => rewards.map((reward) => new Float32Array(10).fill(reward));

/** A teacher who has seen clips of returns all around 0, and what it answers then. */
function answered<K extends AskableKind>(
  kind: K,
  rewards: readonly Float32Array[],
  options: Partial<TeacherOptions> = {},
) {
  const teacher = new SimulatedTeacher({ ...ORACLE, ...options }, STEP_SECONDS);
  const random = new Random(5);
  for (let i = 0; i < 200; i++) teacher.answer("good-bad", constant(random.normal()), 0, random);
  return teacher.answer(kind, rewards, 0, random);
}

test("what is above the usual is good and has many stars, what is below is bad and has few", () => {
  const choice = (reward: number) => answered("good-bad", constant(reward, reward));
  expect(choice(0.5)).toEqual({ kind: "good-bad", choice: "good" });
  expect(choice(-0.5)).toEqual({ kind: "good-bad", choice: "bad" });
  const stars = [-2, -0.5, 0, 0.5, 2].map((reward) => answered("rating", constant(reward)));
  expect(stars).toEqual([1, 2, 3, 4, 5].map((stars) => ({ kind: "rating", stars })));
});

test("clips are ranked by their returns", () => {
  expect(answered("ranking", constant(0.1, 0.7, -1, 0.3))).toEqual({ kind: "ranking", order: [1, 3, 0, 2] });
});

test("parts that stand out are brushed, and at least one is", () => {
  expect(answered("critique", constant(0, 2, -2))).toEqual({
    kind: "critique",
    parts: [
      { from: 0.5, to: 1, good: true },
      { from: 1, to: 1.5, good: false },
    ],
  });
  expect(answered("critique", constant(0.2, 0.1))).toMatchObject({ parts: [{ from: 0, good: true }] });
});

test("keys are pressed a little after what stands out", () => {
  const answer = answered("live", constant(0, 0, 3, 0, 0, -3, 0, 0));
  if (answer.kind !== "live") throw new Error(`An answer of kind ${answer.kind} was given.`);
  const pressed = (good: boolean) => answer.presses.filter((press) => press.good === good).map(({ at }) => at);
  // The third segment lasts from 1 to 1.5 s, the sixth from 2.5 to 3 s.
  expect(pressed(true)).toEqual([1.5, 2]);
  expect(pressed(false)).toEqual([3, 3.5]);
});

test("a clip is stopped when it becomes unbearable, or else at its worst", () => {
  const at = (...rewards: readonly number[]) => {
    const answer = answered("stop", constant(...rewards));
    return answer.kind === "stop" ? answer.at : Number.NaN;
  };
  expect(at(0, 0, -9, -9, -9, -9)).toBeLessThan(1.5);
  expect(at(0, 0, 0.2, 0.2, -0.3, -0.3)).toBeCloseTo(3, 9);
});

test("what was good remains good when the agent has become better", () => {
  const teacher = new SimulatedTeacher(ORACLE, STEP_SECONDS);
  const random = new Random(5);
  for (let i = 0; i < 100; i++) teacher.answer("good-bad", constant(random.normal()), 0, random);
  for (let i = 0; i < 30; i++) teacher.answer("good-bad", constant(5 + random.normal()), 0, random);
  // What was usual at first is 0, what is now is 5.
  expect(teacher.answer("good-bad", constant(2), 0, random)).toEqual({ kind: "good-bad", choice: "good" });
});

test.each(ASKABLE)("a teacher who errs in every %s answers another way round than one who never does", (kind) => {
  const rewards = constant(...(kind === "comparison" ? [2, -2] : [2, 1, -2, 0]));
  const slip = answered(kind, rewards, { mistake: 1 });
  // A stop cannot be turned round.
  if (kind === "stop") expect(slip).toEqual(answered(kind, rewards));
  else expect(slip).not.toEqual(answered(kind, rewards));
});
