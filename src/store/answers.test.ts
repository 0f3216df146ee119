import { afterEach, beforeEach, expect, test } from "vitest";
import { chosen, comparison, judgement, newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import type { Question } from "../feedback/judgement.ts";
import type { AnswerFilter } from "./answers.ts";
import { openStore } from "./open.ts";
import type { Store } from "./store.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let store: Store;
let run: string;
beforeEach(async () => {
  directory = temporaryDirectory();
  store = await openStore(directory.path, "0.1.0");
  run = (await store.createRun(newRun())).id;
  await store.claim(run);
});
afterEach(async () => {
  await store.close();
  directory[Symbol.dispose]();
});

/** A comparison of whose left clip so much more reward was predicted than of its right one. */
function predicted(id: number, difference: number): Question {
  const { query, segments } = comparison(id);
  const [left, right] = segments;
  return {
    query,
    segments: [
      { ...left, rewards: Float32Array.of(difference, 0) },
      { ...right, rewards: new Float32Array(2) },
    ],
  };
}

const ids = async (filter: AnswerFilter = {}, limit = 100): Promise<string[]> => {
  const { answers } = await store.listAnswers(run, filter, null, limit);
  return answers.map(({ judgement }) => judgement.id);
};

async function answered(count: number): Promise<void> {
  for (let id = 1; id <= count; id++) {
    await store.ask(run, predicted(id, id % 2 === 0 ? 5 : -5));
    await store.judge(run, judgement(`j${id}`, id, { annotator: id % 3 === 0 ? "Ben" : "Ana" }));
  }
}

test("answers that stand come newest first, a page at a time, each once", async () => {
  await answered(7);
  await store.takeBack(run, "j5");
  const seen: string[] = [];
  let before: number | null = null;
  const sizes: number[] = [];
  do {
    const page = await store.listAnswers(run, {}, before, 4);
    seen.push(...page.answers.map(({ judgement }) => judgement.id));
    sizes.push(page.answers.length);
    before = page.next;
  } while (before !== null);
  expect(seen).toEqual(["j7", "j6", "j4", "j3", "j2", "j1"]);
  expect(sizes).toEqual([4, 2]);
});

test("an answer is listed with its query, its time and how likely it was", async () => {
  await answered(1);
  const { answers, next } = await store.listAnswers(run, {}, null, 100);
  expect(next).toBe(null);
  expect(answers).toMatchObject([{ judgement: judgement("j1", 1, { annotator: "Ana" }), query: comparison(1).query }]);
  expect(answers[0].probability).toBeCloseTo(0.9 / (1 + Math.exp(5)) + 0.05, 6);
  expect(Math.abs(answers[0].answered.getTime() - Date.now())).toBeLessThan(600_000);
});

test("filters leave what passes all of them", async () => {
  await answered(6);
  await store.ask(run, predicted(7, 0));
  await store.judge(run, judgement("j7", 7, { answer: chosen("right") }));
  expect(await ids({ annotator: "Ben" })).toEqual(["j6", "j3"]);
  expect(await ids({ surprising: true })).toEqual(["j5", "j3", "j1"]);
  expect(await ids({ surprising: true, annotator: "Ana" })).toEqual(["j5", "j1"]);
  expect(await ids({ choice: "right" })).toEqual(["j7"]);
  expect(await ids({ kind: "rating" })).toEqual([]);
  expect(await ids({ kind: "comparison", selection: "random" })).toHaveLength(7);
  expect(await ids({ selection: "disagreement" })).toEqual([]);
  expect(await store.listAnnotators(run)).toEqual(["Ana", "Ben", "person"]);
});

test("rare answers are found page by page too", async () => {
  await answered(9);
  const found: string[] = [];
  let before: number | null = null;
  do {
    const page = await store.listAnswers(run, { surprising: true }, before, 2);
    found.push(...page.answers.map(({ judgement }) => judgement.id));
    before = page.next;
  } while (before !== null);
  expect(found).toEqual(["j9", "j7", "j5", "j3", "j1"]);
});

test("a query is found with its clips, answered or not", async () => {
  await answered(1);
  await store.ask(run, comparison(2));
  expect((await store.findQuestion(run, 1))?.query.id).toBe(1);
  expect(await store.findQuestion(run, 2)).toEqual(comparison(2));
  expect(await store.findQuestion(run, 3)).toBe(null);
});

test("a revision takes the place of the answer, counts once, and is safe to repeat", async () => {
  await answered(2);
  const anew = judgement("k1", 1, { answer: chosen("equal"), annotator: "Ana" });
  expect(await store.revise(run, "j1", anew)).toEqual({
    outcome: "revised",
    before: judgement("j1", 1, { annotator: "Ana" }),
  });
  expect(await store.revise(run, "j1", anew)).toEqual({ outcome: "known" });
  expect(await ids()).toEqual(["k1", "j2"]);
  expect(await store.openQueries(run, 10)).toEqual([]);
  expect((await store.findRun(run)).status.labels).toBe(2);
  expect((await store.resume(run)).start.judged.map(({ judgement }) => judgement)).toEqual([
    judgement("j2", 2, { annotator: "Ana" }),
    anew,
  ]);
});

test("a revision that contradicts what is there changes nothing", async () => {
  await answered(3);
  await store.takeBack(run, "j3");
  const refused = [
    ["j9", judgement("k", 1), "unknown-judgement"],
    ["j3", judgement("k", 3), "conflict"],
    ["j1", judgement("j2", 1), "conflict"],
    ["j1", judgement("k", 2), "invalid"],
    ["j1", judgement("k", 1, { answer: { kind: "rating", stars: 3 } }), "invalid"],
  ] as const;
  for (const [id, anew, outcome] of refused) {
    expect(await store.revise(run, id, anew), `${id} by ${anew.id}`).toMatchObject({ outcome });
  }
  expect(await ids()).toEqual(["j2", "j1"]);
  const { query, segments } = comparison(4);
  await store.ask(run, { query: { ...query, kind: "ranking" }, segments });
  await store.judge(run, judgement("j4", 4, { answer: { kind: "ranking", order: [1, 0] } }));
  const twice = judgement("k", 4, { answer: { kind: "ranking", order: [1, 1] } });
  expect(await store.revise(run, "j4", twice)).toMatchObject({ outcome: "invalid" });
});
