import { afterEach, beforeEach, expect, test } from "vitest";
import { newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import type { Checkpoint, Moment } from "../training/journal.ts";
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

const moment = (steps: number, more: Partial<Moment> = {}): Moment => ({
  steps,
  labels: steps / 100,
  clip: { framesPerSecond: 62.5, frames: 2, poses: Float32Array.from({ length: 14 }, (_, i) => steps + i / 3) },
  measures: { backflips: steps / 1_000 },
  ...more,
});

test("moments are listed by steps without their clips, and found with them after a restart", async () => {
  for (const steps of [2_000, 0, 1_000]) await store.remember(run, moment(steps));
  await store.close();
  store = await openStore(directory.path, "0.1.0");
  expect(await store.listHistory(run)).toEqual([
    { steps: 0, labels: 0, measures: { backflips: 0 } },
    { steps: 1_000, labels: 10, measures: { backflips: 1 } },
    { steps: 2_000, labels: 20, measures: { backflips: 2 } },
  ]);
  expect(await store.findMoment(run, 1_000)).toEqual(moment(1_000));
  expect(await store.findMoment(run, 1_001)).toBe(null);
});

test("one run's history is not another's", async () => {
  await store.remember(run, moment(1_000));
  const other = await store.createRun(newRun());
  expect(await store.listHistory(other.id)).toEqual([]);
  expect(await store.findMoment(other.id, 1_000)).toBe(null);
});

test("a moment that is passed again takes the place of the first", async () => {
  await store.remember(run, moment(1_000));
  const later = moment(1_000, { labels: 77, measures: {} });
  await store.remember(run, later);
  expect(await store.listHistory(run)).toHaveLength(1);
  expect(await store.findMoment(run, 1_000)).toEqual(later);
});

test("a run that goes on drops what is later than its checkpoint", async () => {
  for (const steps of [0, 1_000, 2_000]) await store.remember(run, moment(steps));
  const checkpoint: Checkpoint = { steps: 1_500, labels: 10, tensors: new Map(), state: {} };
  await store.saveCheckpoint(run, checkpoint);
  await store.resume(run);
  expect((await store.listHistory(run)).map(({ steps }) => steps)).toEqual([0, 1_000]);
});
