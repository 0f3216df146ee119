import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Kind } from "../../src/feedback/judgement.ts";
import type { Question } from "./question.ts";
import { Queue } from "./queue.ts";

const question = (query: number, kind: Kind): Question => ({
  query,
  kind,
  selection: "random",
  atStep: 0,
  clips: [],
  segments: [],
  steps: [],
});

/** A queue over a server on which these queries are open, and what it was asked for. */
function serving(open: Partial<Record<Kind, number[]>>) {
  const asked: [Kind, number][] = [];
  const queue = new Queue({
    list: (kind, limit, known) =>
      Promise.resolve((open[kind] ?? []).slice(0, limit).map((id) => known.get(id) ?? question(id, kind))),
    ask: (kind, count) => {
      asked.push([kind, count]);
      return Promise.resolve();
    },
    pending: () => 0,
  });
  return { queue, asked, open };
}

const ids = (queue: Queue): number[] => queue.questions.peek().map(({ query }) => query);

/** Lets everything that is under way come to its end. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what is on the screen stays there while it is open, and goes once it is answered or withdrawn", async () => {
  const { queue, open } = serving({ comparison: [1, 2, 3, 4, 5, 6] });
  queue.load();
  await settle();
  expect(ids(queue)).toEqual([1, 2, 3, 4]);
  open.comparison = [7, 1, 2, 3];
  queue.load();
  await settle();
  expect(ids(queue)[0]).toBe(1);
  // The server has not heard of the answer yet.
  queue.answered(1);
  await settle();
  expect(ids(queue)).not.toContain(1);
  open.comparison = [8, 9];
  queue.load();
  await settle();
  expect(ids(queue)).toEqual([8, 9]);
});

test("what is taken back comes to the screen at once, and stays there until the server lists it again", async () => {
  const { queue, open } = serving({ comparison: [1, 2, 3, 4, 5] });
  queue.load();
  await settle();
  const first = queue.first ?? null;
  queue.answered(1);
  open.comparison = [2, 3, 4, 5];
  await settle();
  queue.reopen(1, first);
  queue.load();
  await settle();
  expect(ids(queue)[0]).toBe(1);
  queue.answered(1);
  await settle();
  expect(ids(queue)).toEqual([2, 3, 4, 5]);
});

test("what is skipped comes up no more, and is made up for by others", async () => {
  const { queue } = serving({ comparison: [1, 2, 3, 4, 5, 6] });
  queue.load();
  await settle();
  queue.skip();
  await settle();
  expect(ids(queue)).toEqual([2, 3, 4, 5]);
});

test("questions of another kind are asked for where there are too few, and not again before a while", async () => {
  const { queue, asked, open } = serving({ comparison: [1, 2, 3, 4], rating: [] });
  queue.load();
  await settle();
  queue.choose("rating");
  await settle();
  queue.load();
  await settle();
  expect(asked).toEqual([["rating", 4]]);
  expect(ids(queue)).toEqual([]);
  open.rating = [11, 12];
  await vi.advanceTimersByTimeAsync(3_000);
  expect(ids(queue)).toEqual([11, 12]);
  expect(asked).toEqual([
    ["rating", 4],
    ["rating", 2],
  ]);
  queue.choose("comparison");
  await settle();
  expect(ids(queue)).toEqual([1, 2, 3, 4]);
  expect(asked).toHaveLength(2);
});

test("a list that fails leaves what is there, and the next one is taken", async () => {
  let fails = true;
  const queue = new Queue({
    list: () => (fails ? Promise.reject(new Error("away")) : Promise.resolve([question(1, "comparison")])),
    ask: () => Promise.resolve(),
    pending: () => 0,
  });
  queue.load();
  await settle();
  fails = false;
  queue.load();
  await settle();
  expect(ids(queue)).toEqual([1]);
});
