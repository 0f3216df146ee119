import * as files from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { comparison, judgement, newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import { openStore } from "./open.ts";

// What the store does with its log, seen from outside: the handle that it opens.
const synced = vi.hoisted(() => ({ asked: 0, failing: false, waiting: null as Promise<void> | null }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof files>();
  return {
    ...real,
    async open(path: string, flags?: string) {
      const handle = await real.open(path, flags);
      if (!path.endsWith("-wal")) return handle;
      const datasync = handle.datasync.bind(handle);
      handle.datasync = async () => {
        synced.asked += 1;
        await synced.waiting;
        if (synced.failing) throw Object.assign(new Error("EIO: i/o error, fdatasync"), { code: "EIO" });
        return datasync();
      };
      return handle;
    },
  };
});

test("a write is acknowledged when the disk has the log, and not before", async () => {
  using directory = temporaryDirectory();
  const store = await openStore(directory.path, "0.1.0");
  const { id: run } = await store.createRun(newRun());
  await Promise.all([1, 2, 3].map((id) => store.ask(run, comparison(id))));
  const before = synced.asked;
  const disk = Promise.withResolvers<void>();
  synced.waiting = disk.promise;
  let acknowledged = 0;
  const answers = [1, 2, 3].map(async (query) => {
    await store.judge(run, judgement(`j${query}`, query));
    acknowledged += 1;
  });
  await vi.waitFor(() => expect(synced.asked).toBe(before + 1));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(acknowledged).toBe(0);
  disk.resolve();
  await Promise.all(answers);
  // The disk was asked once for all three.
  expect([acknowledged, synced.asked]).toEqual([3, before + 1]);
  synced.waiting = null;
  await store.close();
});

test("a disk that fails to sync is told of, and a write that is sent again is known", async () => {
  using directory = temporaryDirectory();
  const store = await openStore(directory.path, "0.1.0");
  const { id: run } = await store.createRun(newRun());
  await store.ask(run, comparison(1));
  synced.failing = true;
  await expect(store.judge(run, judgement("a", 1))).rejects.toMatchObject({
    code: "unwritable",
    message: expect.stringContaining(`${join(directory.path, "heed.sqlite-wal")} cannot be brought to the disk`),
  });
  synced.failing = false;
  expect(await store.judge(run, judgement("a", 1))).toMatchObject({ outcome: "known", labels: 1 });
  await store.close();
});
