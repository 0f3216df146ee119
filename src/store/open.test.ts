import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { comparison, judgement, newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import { openStore } from "./open.ts";

test("a directory that cannot be made is named", async () => {
  using directory = temporaryDirectory();
  const file = join(directory.path, "a-file");
  writeFileSync(file, "");
  await expect(openStore(join(file, "data"), "0.1.0")).rejects.toMatchObject({
    code: "unwritable",
    message: expect.stringMatching(/a-file.data .*--data/),
  });
});

test.skipIf(process.platform !== "linux")(
  "so is one where the system makes none, without waiting for ever",
  async () => {
    await expect(openStore("/proc/heed/data", "0.1.0")).rejects.toMatchObject({ code: "unwritable" });
  },
);

test("a directory is made with those above it, by several at once", async () => {
  using directory = temporaryDirectory();
  for (let round = 0; round < 10; round++) {
    const deep = join(directory.path, `round-${round}`, "a", "b", "c");
    const stores = await Promise.all([1, 2, 3].map(() => openStore(deep, "0.1.0")));
    expect(stores[0].directory).toBe(deep);
    for (const store of stores) await store.close();
  }
});

test("a database that cannot be opened for writing is named", async () => {
  using directory = temporaryDirectory();
  // A directory in the file's place stops even the superuser, whom permissions do not.
  mkdirSync(join(directory.path, "heed.sqlite"));
  await expect(openStore(directory.path, "0.1.0")).rejects.toMatchObject({
    code: "unwritable",
    message: expect.stringContaining("heed.sqlite"),
  });
});

test("data of a newer version is refused with the version that it needs, and left alone", async () => {
  using directory = temporaryDirectory();
  await (await openStore(directory.path, "7.1.0")).close();
  const file = join(directory.path, "heed.sqlite");
  const database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 99");
  database.close();
  const before = readFileSync(file);
  await expect(openStore(directory.path, "0.1.0")).rejects.toMatchObject({
    code: "newer",
    message: expect.stringMatching(/heed 7\.1\.0 .*version 99.*this is heed 0\.1\.0/),
  });
  expect(readFileSync(file).equals(before)).toBe(true);
});

test.each([
  ["text", Buffer.from("not a database at all ".repeat(500))],
  ["a cut header", Buffer.from("SQLite format 3\0rest is gone")],
])("%s in the database's place is refused and left alone", async (_what, bytes) => {
  using directory = temporaryDirectory();
  const file = join(directory.path, "heed.sqlite");
  writeFileSync(file, bytes);
  await expect(openStore(directory.path, "0.1.0")).rejects.toMatchObject({
    code: "damaged",
    message: expect.stringContaining(file),
  });
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test("another program's database is refused and left alone", async () => {
  using directory = temporaryDirectory();
  const file = join(directory.path, "heed.sqlite");
  const database = new DatabaseSync(file);
  database.exec("CREATE TABLE recipes (name TEXT)");
  database.close();
  await expect(openStore(directory.path, "0.1.0")).rejects.toMatchObject({
    code: "damaged",
    message: expect.stringContaining("another program"),
  });
});

test("a truncated database is called damaged when its pages are read", async () => {
  using directory = temporaryDirectory();
  const store = await openStore(directory.path, "0.1.0");
  const { id } = await store.createRun(newRun());
  for (let query = 1; query <= 200; query++) {
    await store.ask(id, comparison(query));
    await store.judge(id, judgement(`j${query}`, query));
  }
  await store.close();
  const file = join(directory.path, "heed.sqlite");
  truncateSync(file, 64 * 1024);
  const opening = (async () => {
    const damaged = await openStore(directory.path, "0.1.0");
    try {
      await damaged.resume(id);
    } finally {
      await damaged.close();
    }
  })();
  await expect(opening).rejects.toMatchObject({ code: "damaged", message: expect.stringContaining(file) });
});

test("several stores may open a new directory at once", async () => {
  using directory = temporaryDirectory();
  const stores = await Promise.all([1, 2, 3].map(() => openStore(directory.path, "0.1.0")));
  const ids = await Promise.all(stores.map(async (store) => (await store.createRun(newRun())).id));
  expect(new Set(ids).size).toBe(3);
  for (const store of stores) await store.close();
});
