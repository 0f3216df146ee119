// Runs that people deleted. They are marked at first, so that it can be undone, and removed for good later.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Kysely } from "kysely";
import type { Claims } from "./claims.ts";
import type { Context } from "./context.ts";
import type { Tables } from "./schema.ts";
import type { Store } from "./store.ts";

/** The tables that hold what belongs to a run, besides the run itself. None is kept when a run is removed. */
export const TABLES_OF_A_RUN = [
  "judgements",
  "second_opinions",
  "queries",
  "segments",
  "metrics",
  "history",
  "checkpoints",
  "forks",
  "deletions",
] as const satisfies readonly (keyof Tables)[];

export function deletionMethods(
  context: Context,
  claims: Claims,
): Pick<Store, "deleteRun" | "restoreRun" | "purgeRuns"> {
  const { db, directory } = context;

  const purge = async (run: string): Promise<void> => {
    await context.write(async (transaction) => {
      for (const table of TABLES_OF_A_RUN) await transaction.deleteFrom(table).where("run", "=", run).execute();
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
