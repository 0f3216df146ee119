// What a run remembers of its agent: a clip and its measures at points along the run.
import type { Kysely, Selectable } from "kysely";
import type { Moment } from "../training/journal.ts";
import { fromBytes, toBytes } from "./bytes.ts";
import type { Context } from "./context.ts";
import type { Tables } from "./schema.ts";
import type { Store } from "./store.ts";

/** A moment without its clip. */
export type MomentSummary = Omit<Moment, "clip">;

const SUMMARY = ["at_step", "labels", "measures_json"] as const;

export function historyMethods(context: Context): Pick<Store, "remember" | "listHistory" | "findMoment"> {
  const { db } = context;
  return {
    async remember(run, { steps, labels, clip, measures }) {
      const values = {
        labels,
        frames_per_second: clip.framesPerSecond,
        frames: clip.frames,
        poses: toBytes(clip.poses),
        measures_json: JSON.stringify(measures),
      };
      await context.write((transaction) =>
        transaction
          .insertInto("history")
          .values({ run, at_step: steps, ...values })
          // A run that goes on from a checkpoint passes the same point again.
          .onConflict((conflict) => conflict.columns(["run", "at_step"]).doUpdateSet(values))
          .execute(),
      );
    },

    async listHistory(run) {
      const rows = await db
        .selectFrom("history")
        .select([...SUMMARY])
        .where("run", "=", run)
        .orderBy("at_step")
        .execute();
      return rows.map(toSummary);
    },

    async findMoment(run, steps) {
      const row = await db
        .selectFrom("history")
        .selectAll()
        .where("run", "=", run)
        .where("at_step", "=", steps)
        .executeTakeFirst();
      if (row === undefined) return null;
      const clip = { framesPerSecond: row.frames_per_second, frames: row.frames, poses: fromBytes(row.poses) };
      return { ...toSummary(row), clip };
    },
  };
}

function toSummary(row: Pick<Selectable<Tables["history"]>, (typeof SUMMARY)[number]>): MomentSummary {
  // Measures were written above from a value of this type.
  return { steps: row.at_step, labels: row.labels, measures: JSON.parse(row.measures_json) };
}

/** The moments that a run which goes on from a checkpoint at `steps` is going to pass again. */
export async function dropHistoryAfter(db: Kysely<Tables>, run: string, steps: number): Promise<void> {
  await db.deleteFrom("history").where("run", "=", run).where("at_step", ">", steps).execute();
}

export async function createHistory(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("history")
    .ifNotExists()
    .addColumn("run", "text", (column) => column.notNull().references("runs.id"))
    .addColumn("at_step", "integer", (column) => column.notNull())
    .addColumn("labels", "integer", (column) => column.notNull())
    .addColumn("frames_per_second", "real", (column) => column.notNull())
    .addColumn("frames", "integer", (column) => column.notNull())
    .addColumn("poses", "blob", (column) => column.notNull())
    .addColumn("measures_json", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("history_key", ["run", "at_step"])
    .execute();
}
