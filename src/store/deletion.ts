// Runs that people deleted. They are marked at first, so that it can be undone, and removed for good later.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { sql, type Kysely } from "kysely";
import type { Claims } from "./claims.ts";
import type { Context } from "./context.ts";
import type { Tables } from "./schema.ts";
import type { Store } from "./store.ts";

export function deletionMethods(
  context: Context,
  claims: Claims,
): Pick<Store, "deleteRun" | "restoreRun" | "purgeRuns"> {
  const { db, directory } = context;

  const purge = async (run: string): Promise<void> => {
    await context.write(async (transaction) => {
      // Tables that belong to a run name it in the column "run". That they point at each other is looked at in the end.
      await sql`pragma defer_foreign_keys = on`.execute(transaction);
      const { rows } = await sql<{ name: string }>`
        select tables.name from sqlite_master as tables, pragma_table_info(tables.name) as columns
        where tables.type = 'table' and columns.name = 'run'
      `.execute(transaction);
      for (const { name } of rows) await sql`delete from ${sql.table(name)} where run = ${run}`.execute(transaction);
      await transaction.updateTable("forks").set({ source: null }).where("source", "=", run).execute();
      await transaction.deleteFrom("runs").where("id", "=", run).execute();
    });
    await rm(join(directory, "checkpoints", run), { recursive: true, force: true });
    await rm(join(directory, "locks", `${run}.lock`), { force: true });
  };

  return {
    async deleteRun(run) {
      await context.write((transaction) =>
        transaction
          .insertInto("deletions")
          .values({ run, deleted_at: Date.now() })
          .onConflict((conflict) => conflict.column("run").doNothing())
          .execute(),
      );
    },

    async restoreRun(run) {
      await context.write((transaction) => transaction.deleteFrom("deletions").where("run", "=", run).execute());
    },

    async purgeRuns(before) {
      const rows = await db
        .selectFrom("deletions")
        .select("run")
        .where("deleted_at", "<=", before.getTime())
        .orderBy("deleted_at")
        .execute();
      const purged: string[] = [];
      for (const { run } of rows) {
        if (await claims.isHeld(run)) continue;
        await purge(run);
        purged.push(run);
      }
      return purged;
    },
  };
}

export async function createDeletions(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("deletions")
    .ifNotExists()
    .addColumn("run", "text", (column) => column.primaryKey().references("runs.id"))
    .addColumn("deleted_at", "integer", (column) => column.notNull())
    .execute();
}
