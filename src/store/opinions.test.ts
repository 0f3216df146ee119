import { afterEach, beforeEach, expect, test } from "vitest";
import { chosen, comparison, judgement, newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import { openStore } from "./open.ts";
import type { Store } from "./store.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let store: Store;
let run: string;
beforeEach(async () => {
  directory = temporaryDirectory();
  store = await openStore(directory.path, "0.1.0");
  ({ id: run } = await store.createRun(newRun()));
  await Promise.all([1, 2, 3, 4].map((id) => store.ask(run, comparison(id))));
});
afterEach(async () => {
  await store.close();
  directory[Symbol.dispose]();
});

test("the queue holds what needs a second opinion first, for others", async () => {
  await store.judge(run, judgement("a", 3, { annotator: "Ana" }), true);
  expect(await store.queue(run, "Ana")).toEqual([1, 2, 4]);
  expect(await store.queue(run, "Ben")).toEqual([3, 1, 2, 4]);
  expect(await store.queue(run, "Ben", "comparison")).toEqual([3, 1, 2, 4]);
  expect(await store.queue(run, "Ben", "rating")).toEqual([]);
  expect((await store.findQuestions(run, [4, 99, 3])).map(({ query }) => query.id)).toEqual([4, 3]);
});

test("the queue has what was just written, here or by another process", async () => {
  expect(await store.queue(run, "Ana")).toEqual([1, 2, 3, 4]);
  await store.withdraw(run, 2);
  expect(await store.queue(run, "Ana")).toEqual([1, 3, 4]);
  const other = await openStore(directory.path, "0.1.0");
  await other.ask(run, comparison(5));
  expect(await store.queue(run, "Ana")).toEqual([1, 3, 4, 5]);
  // Looks that overlap with a write: none of them is taken for what there is afterwards.
  await Promise.all([store.queue(run, "Ana"), other.withdraw(run, 1), store.queue(run, "Ben"), store.withdraw(run, 3)]);
  expect(await store.queue(run, "Ben")).toEqual([4, 5]);
  await other.close();
});

test("a second opinion is wanted until it is there, or there is no first one any more", async () => {
  await store.judge(run, judgement("a", 1, { annotator: "Ana" }), true);
  await store.judge(run, judgement("b", 1, { annotator: "Ben" }), true);
  expect(await store.queue(run, "Cleo")).toEqual([2, 3, 4]);
  await store.judge(run, judgement("c", 2, { annotator: "Ana" }), true);
  await store.takeBack(run, "c");
  expect(await store.queue(run, "Ben")).toEqual([2, 3, 4]);
});

test("a run goes on with every opinion, and its query is asked again only when none is left", async () => {
  await store.judge(run, judgement("a", 1, { annotator: "Ana" }), true);
  await store.judge(run, judgement("b", 1, { annotator: "Ben", answer: chosen("right") }));
  await store.takeBack(run, "a");
  let { start } = await store.resume(run);
  expect(start.judged.map(({ judgement: { id } }) => id)).toEqual(["b"]);
  expect(start.open.map(({ query }) => query.id)).toEqual([2, 3, 4]);
  await store.takeBack(run, "b");
  ({ start } = await store.resume(run));
  expect([start.judged.length, start.open.map(({ query }) => query.id)]).toEqual([0, [1, 2, 3, 4]]);
});

test("what was said of the same, how fast, and what was predicted", async () => {
  for (const [name, query, choice] of [
    ["Ana", 1, "left"],
    ["Ben", 1, "right"],
    ["Ana", 2, "equal"],
  ] as const) {
    await store.judge(run, judgement(`${name}-${query}`, query, { annotator: name, answer: chosen(choice) }));
  }
  expect(await store.sharedJudgements(run, 9)).toMatchObject([
    { query: 1, kind: "comparison", annotator: "Ben" },
    { query: 1, kind: "comparison", annotator: "Ana" },
  ]);
  expect(await store.annotatorPaces(run, 60_000)).toMatchObject([
    { annotator: "Ana", answers: 2, paced: 1 },
    { annotator: "Ben", answers: 1, paced: 0, worked: 0 },
  ]);
  const votes = await store.comparisonVotes(run, 2);
  expect(votes.map(({ query, choice }) => [query, choice])).toEqual([
    [2, "equal"],
    [1, "right"],
  ]);
  // The fixture's left clip has 0.3 of reward less than the right one.
  expect(votes[0].predicted).toBeCloseTo(-0.3, 5);
});
