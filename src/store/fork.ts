// A new run that goes on from a checkpoint of another one, with the evidence that was there by then.
import { sql, type Kysely, type RawBuilder } from "kysely";
import { FIRST_VOLUNTEERED } from "../feedback/judgement.ts";
import type { Checkpoints } from "./checkpoints.ts";
import type { Context } from "./context.ts";
import { StoreError } from "./errors.ts";
import type { Tables } from "./schema.ts";
import type { Store } from "./store.ts";

export function forkMethods(
  context: Context,
  checkpoints: Checkpoints,
  { createRun, findRun, updateStatus }: Pick<Store, "createRun" | "findRun" | "updateStatus">,
  { deleteRun, restoreRun }: Pick<Store, "deleteRun" | "restoreRun">,
): Pick<Store, "listCheckpoints" | "forkRun"> {
  return {
    listCheckpoints: (run) => checkpoints.steps(run),

    async forkRun(source, { steps, ...fork }) {
      const checkpoint = await checkpoints.loadAt(source, steps);
      if (checkpoint === null) {
        const known = await checkpoints.steps(source);
        throw new StoreError(
          "no-checkpoint",
          known.length === 0
            ? `Run ${source} has no checkpoint yet to fork from. There is one a minute while it learns, and one when it is paused.`
            : `Run ${source} has no sound checkpoint at ${steps} steps. There are checkpoints at ${known.join(", ")}.`,
        );
      }
      const { task, question, scene, stepSeconds } = await findRun(source);
      const run = await createRun({ task, question, scene, stepSeconds, ...fork });
      // Until everything is there it counts as deleted, so that nothing half made stays behind where this is cut short.
      await deleteRun(run.id);
      await context.write(async (transaction) => {
        await copyEvidence(transaction, source, run.id, steps);
        await transaction.insertInto("forks").values({ run: run.id, source, at_step: steps }).execute();
      });
      await checkpoints.save(run.id, checkpoint);
      await updateStatus(run.id, { phase: "stopped", steps, labels: 0, waitingFor: null });
      await restoreRun(run.id);
      return findRun(run.id);
    },
  };
}

/** Copies what was asked until `steps` and answered, the answers that stand, and what was written down by then. */
async function copyEvidence(db: Kysely<Tables>, source: string, target: string, steps: number): Promise<void> {
  const judged = sql`id in (select query from judgements where run = ${source} and taken_back_at is null)`;
  const shown = sql`id in (
    select value from queries, json_each(queries.segments_json) where queries.run = ${target}
  )`;
  await copyRows(db, "queries", source, target, sql`at_step <= ${steps} and ${judged}`);
  await copyRows(db, "segments", source, target, shown);
  const standing = sql`taken_back_at is null and query in (select id from queries where run = ${target})`;
  await copyRows(db, "judgements", source, target, standing);
  await copyRows(db, "metrics", source, target, sql`steps <= ${steps}`);
  await copyRows(db, "history", source, target, sql`at_step <= ${steps}`);
  const { labels } = await db
    .selectFrom("judgements")
    .select((select) => select.fn.countAll<number>().as("labels"))
    .where("run", "=", target)
    .where("query", "<", FIRST_VOLUNTEERED)
    .executeTakeFirstOrThrow();
  await db.updateTable("runs").set({ labels }).where("id", "=", target).execute();
}

async function copyRows(
  db: Kysely<Tables>,
  table: "queries" | "segments" | "judgements" | "metrics" | "history",
  source: string,
  target: string,
  condition: RawBuilder<unknown>,
): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(db);
  // The sequence is the database's own count; rows are copied in its order.
  const columns = rows.map(({ name }) => name).filter((name) => name !== "run" && name !== "sequence");
  const names = sql.join(columns.map((name) => sql.ref(name)));
  await sql`
    insert into ${sql.table(table)} (run, ${names})
    select ${target}, ${names} from ${sql.table(table)} where run = ${source} and ${condition} order by rowid
  `.execute(db);
}

export async function createForks(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("forks")
    .ifNotExists()
    .addColumn("run", "text", (column) => column.primaryKey().references("runs.id"))
    .addColumn("source", "text", (column) => column.references("runs.id"))
    .addColumn("at_step", "integer", (column) => column.notNull())
    .execute();
}
