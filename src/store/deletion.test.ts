import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { comparison, judgement, metrics, newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import { openStore } from "./open.ts";
import type { Store } from "./store.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let store: Store;
beforeEach(async () => {
  directory = temporaryDirectory();
  store = await openStore(directory.path, "0.1.0");
});
afterEach(async () => {
  await store.close();
  directory[Symbol.dispose]();
});

/** A run with something in every table that a run fills. */
async function fullRun(): Promise<string> {
  const { id } = await store.createRun(newRun());
  await store.claim(id);
  await store.ask(id, comparison(1));
  await store.ask(id, comparison(2));
  await store.judge(id, judgement("a", 1));
  await store.addMetrics(id, metrics(20));
  const clip = comparison(1).segments[0].clip;
  await store.remember(id, { steps: 0, labels: 0, clip, measures: {} });
  const tensors = new Map([["weights", { shape: [1], data: Float32Array.of(1) }]]);
  await store.saveCheckpoint(id, { steps: 20, labels: 1, tensors, state: { asked: 2 } });
  await store.release(id);
  return id;
}

/** How many rows tell of the run, by table. */
function rowsOf(run: string): Record<string, number> {
  const database = new DatabaseSync(join(directory.path, "heed.sqlite"), { readOnly: true });
  try {
    const tables = database
      .prepare(
        `select m.name, c.name as key from sqlite_master m, pragma_table_info(m.name) c
         where m.type = 'table' and (c.name = 'run' or (m.name = 'runs' and c.name = 'id'))`,
      )
      .all();
    const counts = tables.map(({ name, key }) => {
      const row = database
        .prepare(`select count(*) as count from "${String(name)}" where "${String(key)}" = ?`)
        .get(run);
      return [String(name), Number(row?.["count"])] as const;
    });
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  } finally {
    database.close();
  }
}

const ids = async (runs: Promise<readonly { id: string }[]>): Promise<string[]> => (await runs).map(({ id }) => id);

test("a deleted run is listed apart, and comes back whole", async () => {
  const kept = await fullRun();
  const gone = await fullRun();
  const before = await store.findRun(gone);
  await store.deleteRun(gone);
  await store.deleteRun(gone);
  expect(await ids(store.listRuns())).toEqual([kept]);
  expect(await ids(store.listDeletedRuns())).toEqual([gone]);
  expect((await store.findRun(gone)).deleted).toBeInstanceOf(Date);
  await store.restoreRun(gone);
  await store.restoreRun(gone);
  expect(await store.findRun(gone)).toEqual(before);
  expect(await ids(store.listRuns())).toEqual([gone, kept]);
});

test("what is purged leaves nothing behind, and takes nothing of others along", async () => {
  const kept = await fullRun();
  const gone = await fullRun();
  const rows = rowsOf(kept);
  // Otherwise the test would not see what is left behind.
  expect(Object.keys(rows).sort()).toEqual(
    expect.arrayContaining(["checkpoints", "history", "judgements", "metrics", "queries", "runs", "segments"]),
  );
  await store.deleteRun(gone);
  expect(await store.purgeRuns(new Date(Date.now() - 60_000))).toEqual([]);
  expect(await store.purgeRuns(new Date())).toEqual([gone]);
  expect(await store.purgeRuns(new Date())).toEqual([]);
  expect(rowsOf(gone)).toEqual({});
  expect(existsSync(join(directory.path, "checkpoints", gone))).toBe(false);
  expect(rowsOf(kept)).toEqual(rows);
  expect(readdirSync(join(directory.path, "checkpoints", kept))).toHaveLength(1);
  await expect(store.findRun(gone)).rejects.toThrow(/Known runs/);
});

test("a run that somebody works on is not purged", async () => {
  const run = await fullRun();
  await store.claim(run);
  await store.deleteRun(run);
  expect(await store.purgeRuns(new Date())).toEqual([]);
  await store.release(run);
  expect(await store.purgeRuns(new Date())).toEqual([run]);
});

test("a fork outlives the run that it came from", async () => {
  const source = await fullRun();
  const { options } = await store.findRun(source);
  const fork = await store.forkRun(source, { steps: 20, options });
  await store.deleteRun(source);
  await store.purgeRuns(new Date());
  expect((await store.findRun(fork.id)).forkedFrom).toEqual({ run: null, steps: 20 });
  await store.claim(fork.id);
  expect((await store.resume(fork.id)).start.judged).toHaveLength(1);
});
