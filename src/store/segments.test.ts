import { afterEach, beforeEach, expect, test } from "vitest";
import { comparison, newRun, segment, temporaryDirectory } from "../../test/store-fixture.ts";
import { openStore } from "./open.ts";
import type { Store } from "./store.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let store: Store;
let run: string;
beforeEach(async () => {
  directory = temporaryDirectory();
  store = await openStore(directory.path, "0.1.0");
  run = (await store.createRun(newRun())).id;
  // Query 2 was recorded before the reward model's first fit; of the others, the higher the id the more was predicted.
  for (const id of [1, 2, 3]) {
    const { query, segments } = comparison(id);
    const rewards = new Float32Array(2).fill(Number.NaN);
    await store.ask(run, { query, segments: id === 2 ? segments.map((one) => ({ ...one, rewards })) : segments });
  }
});
afterEach(async () => {
  await store.close();
  directory[Symbol.dispose]();
});

const ids = (segments: readonly { readonly id: number }[]): number[] => segments.map(({ id }) => id);

test("the latest segments come first", async () => {
  expect(ids(await store.latestSegments(run, 4))).toEqual([6, 5, 4, 3]);
});

test("the best and the worst are those of which most and least was predicted, if anything was", async () => {
  expect(ids(await store.extremeSegments(run, "best", 10))).toEqual([6, 5, 2, 1]);
  expect(ids(await store.extremeSegments(run, "worst", 2))).toEqual([1, 2]);
});

test("a segment is found by its id, and only in its run", async () => {
  expect(await store.findSegment(run, 5)).toEqual(segment(5));
  expect(await store.findSegment(run, 7)).toBe(null);
  const other = await store.createRun(newRun());
  expect(await store.findSegment(other.id, 5)).toBe(null);
  expect(await store.latestSegments(other.id, 5)).toEqual([]);
});
