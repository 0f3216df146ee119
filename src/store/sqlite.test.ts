import { join } from "node:path";
import { Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../test/store-fixture.ts";
import { openSqlite, sqliteDialect } from "./sqlite.ts";

test("a commit reaches the disk before it returns, and foreign keys are enforced", async () => {
  using directory = temporaryDirectory();
  const database = openSqlite(join(directory.path, "x.sqlite"));
  const setting = (name: string): unknown => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  expect(setting("journal_mode")).toBe("wal");
  // 1 is NORMAL, https://www.sqlite.org/pragma.html#pragma_synchronous: `log.ts` syncs the log.
  expect(setting("synchronous")).toBe(1);
  expect(setting("foreign_keys")).toBe(1);
  database.close();
});

test("a full disk is called that, and what was under way is undone", async () => {
  using directory = temporaryDirectory();
  const file = join(directory.path, "x.sqlite");
  const database = openSqlite(file);
  const db = new Kysely<{ notes: { text: string } }>({ dialect: sqliteDialect(database, file) });
  await sql`CREATE TABLE notes (text TEXT)`.execute(db);
  await db.insertInto("notes").values({ text: "before" }).execute();
  // SQLite gives the same error at its own limit as at the disk's.
  database.exec("PRAGMA max_page_count = 4");
  const writing = db.transaction().execute(async (transaction) => {
    for (;;)
      await transaction
        .insertInto("notes")
        .values({ text: "x".repeat(1_000) })
        .execute();
  });
  await expect(writing).rejects.toMatchObject({
    code: "unwritable",
    message: expect.stringMatching(/x\.sqlite .*the disk is full/),
  });
  expect(await db.selectFrom("notes").selectAll().execute()).toEqual([{ text: "before" }]);
  await db.destroy();
});
