import type { Kysely } from "kysely";
import { FIRST_VOLUNTEERED } from "../feedback/judgement.ts";
import type { Start } from "../training/training.ts";
import type { Checkpoints } from "./checkpoints.ts";
import type { Context } from "./context.ts";
import { dropHistoryAfter } from "./history.ts";
import { openQueries, toJudgement } from "./judgements.ts";
import { questionsOf } from "./questions.ts";
import type { Tables } from "./schema.ts";
import type { Store } from "./store.ts";

export function resumeMethods(
  context: Context,
  checkpoints: Checkpoints,
  { findRun }: Pick<Store, "findRun">,
): Pick<Store, "resume"> {
  return {
    async resume(run) {
      await checkpoints.removeLeftovers(run);
      const { checkpoint, warnings } = await checkpoints.load(run);
      const steps = checkpoint?.steps ?? 0;
      await context.write(async (transaction) => {
        await transaction.deleteFrom("metrics").where("run", "=", run).where("steps", ">", steps).execute();
        await dropHistoryAfter(transaction, run, steps);
      });
      return {
        start: { options: (await findRun(run)).options, checkpoint, ...(await evidence(context, run)) },
        warnings,
      };
    },
  };
}

async function evidence({ db }: Context, run: string): Promise<Omit<Start, "options" | "checkpoint">> {
  const judgements = await db
    .selectFrom("judgements")
    .selectAll()
    .where("run", "=", run)
    .where("taken_back_at", "is", null)
    .orderBy("sequence")
    .execute();
  const answered = await db
    .selectFrom("queries")
    .selectAll()
    .where("run", "=", run)
    .where("state", "=", "answered")
    .execute();
  const questions = new Map((await questionsOf(db, run, answered)).map((question) => [question.query.id, question]));
  const open = await openQueries(db, run).selectAll().execute();
  return {
    judged: judgements.map((row) => {
      const question = questions.get(row.query);
      if (question === undefined) throw new Error(`Query ${row.query} is missing from the database.`);
      return { ...question, judgement: toJudgement(row) };
    }),
    open: await questionsOf(db, run, open),
    lastSegment: await lastId(db, run, "segments"),
    lastQuery: await lastId(db, run, "queries"),
  };
}

async function lastId(db: Kysely<Tables>, run: string, table: "segments" | "queries"): Promise<number> {
  const { last } = await db
    .selectFrom(table)
    .select((select) => select.fn.max("id").as("last"))
    .where("run", "=", run)
    .where("id", "<", FIRST_VOLUNTEERED)
    .executeTakeFirstOrThrow();
  return last ?? 0;
}
