import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { comparison, judgement, metrics, newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import type { Checkpoint } from "../training/journal.ts";
import { StoreError } from "./errors.ts";
import { openStore } from "./open.ts";
import type { Store } from "./store.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let store: Store;
let source: string;
beforeEach(async () => {
  directory = temporaryDirectory();
  store = await openStore(directory.path, "0.1.0");
  source = (await store.createRun(newRun())).id;
  await store.claim(source);
});
afterEach(async () => {
  await store.close();
  directory[Symbol.dispose]();
});

const checkpoint = (steps: number, value = steps): Checkpoint => ({
  steps,
  labels: 1,
  tensors: new Map([["weights", { shape: [1], data: Float32Array.of(value) }]]),
  state: { asked: value },
});

const failure = async (fork: Promise<unknown>): Promise<StoreError> => {
  const error = await fork.catch((error: unknown) => error);
  if (!(error instanceof StoreError)) throw new Error(`Expected a StoreError, got ${String(error)}.`);
  return error;
};

test("a fork has the checkpoint, and what was asked until then and answered", async () => {
  // Asked at 10, 20, 30, 40 and 50 steps.
  for (let id = 1; id <= 5; id++) await store.ask(source, comparison(id));
  await store.judge(source, judgement("a", 1));
  await store.judge(source, judgement("b", 2));
  await store.takeBack(source, "b");
  await store.judge(source, judgement("c", 2, { annotator: "Ana" }));
  await store.judge(source, judgement("d", 5));
  for (const steps of [10, 30, 50]) {
    await store.addMetrics(source, metrics(steps));
    await store.saveCheckpoint(source, checkpoint(steps));
  }
  expect(await store.listCheckpoints(source)).toEqual([50, 30, 10]);
  const { options } = await store.findRun(source);

  const fork = await store.forkRun(source, { steps: 30, name: "another way", options: { ...options, labels: 77 } });
  expect(fork).toMatchObject({
    id: "hopper-backflip-2",
    name: "another way",
    task: "hopper-backflip",
    question: newRun().question,
    options: { ...options, labels: 77 },
    status: { phase: "stopped", steps: 30, labels: 2 },
    forkedFrom: { run: source, steps: 30 },
    deleted: null,
    evaluation: null,
  });
  expect(await store.listMetrics(fork.id, 10)).toEqual([metrics(10), metrics(30)]);
  await store.claim(fork.id);
  const { start, warnings } = await store.resume(fork.id);
  expect(warnings).toEqual([]);
  expect(start.checkpoint).toEqual(checkpoint(30));
  expect(start.judged).toEqual([
    { ...comparison(1), judgement: judgement("a", 1) },
    { ...comparison(2), judgement: judgement("c", 2, { annotator: "Ana" }) },
  ]);
  expect(start.open).toEqual([]);
  expect([start.lastQuery, start.lastSegment]).toEqual([2, 4]);

  // The two go their own ways.
  await store.judge(source, judgement("e", 3));
  await store.ask(fork.id, comparison(3));
  expect((await store.resume(source)).start.judged).toHaveLength(4);
  expect((await store.resume(fork.id)).start.judged).toHaveLength(2);
});

test("of two checkpoints at the same steps the later one counts", async () => {
  await store.saveCheckpoint(source, checkpoint(10, 1));
  await store.saveCheckpoint(source, checkpoint(10, 2));
  expect(await store.listCheckpoints(source)).toEqual([10]);
  const { id } = await store.forkRun(source, { steps: 10, options: newRun().options });
  expect((await store.loadCheckpoint(id)).checkpoint).toEqual(checkpoint(10, 2));
});

test("where there is no sound checkpoint nothing is made, and the reason is said", async () => {
  const { options } = newRun();
  expect(await failure(store.forkRun(source, { steps: 0, options }))).toMatchObject({
    code: "no-checkpoint",
    message: expect.stringContaining("no checkpoint yet"),
  });
  await store.saveCheckpoint(source, checkpoint(10));
  expect((await failure(store.forkRun(source, { steps: 11, options }))).message).toContain("checkpoints at 10.");
  for (const file of readdirSync(join(directory.path, "checkpoints", source))) {
    rmSync(join(directory.path, "checkpoints", source, file));
  }
  expect((await failure(store.forkRun(source, { steps: 10, options }))).code).toBe("no-checkpoint");
  await store.saveCheckpoint(source, checkpoint(20));
  expect((await failure(store.forkRun(source, { steps: 20, name: source, options }))).code).toBe("bad-name");
  expect(await store.listRuns()).toHaveLength(1);
  expect(await store.listDeletedRuns()).toEqual([]);
});
