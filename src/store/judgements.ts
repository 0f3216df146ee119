import { sql, type Kysely, type Selectable } from "kysely";
import type { Judgement } from "../feedback/judgement.ts";
import { comparisonsOf, segmentRow, toSegment } from "./comparisons.ts";
import type { Context } from "./context.ts";
import type { Tables } from "./schema.ts";
import type { JudgeResult, Store, TakeBackResult } from "./store.ts";

type JudgementMethods = Pick<
  Store,
  "ask" | "withdraw" | "judge" | "takeBack" | "openQueries" | "countOpenQueries" | "latestClip" | "lastJudgement"
>;

export function judgementMethods(context: Context): JudgementMethods {
  const { db } = context;
  return {
    async ask(run, { query, left, right }) {
      await context.write(async (transaction) => {
        await transaction
          .insertInto("segments")
          .values([left, right].map((segment) => segmentRow(run, segment)))
          .onConflict((conflict) => conflict.columns(["run", "id"]).doNothing())
          .execute();
        await transaction
          .insertInto("queries")
          .values({
            run,
            id: query.id,
            left_segment: query.left,
            right_segment: query.right,
            selection: query.selection,
            at_step: query.atStep,
            state: "open",
            reopened: 0,
          })
          .execute();
      });
    },

    async withdraw(run, query) {
      await context.write((transaction) =>
        transaction
          .updateTable("queries")
          .set({ state: "withdrawn" })
          .where("run", "=", run)
          .where("id", "=", query)
          .where("state", "=", "open")
          .execute(),
      );
    },

    judge: (run, judgement) => context.write((transaction) => judge(transaction, run, judgement)),

    takeBack: (run, judgement) => context.write((transaction) => takeBack(transaction, run, judgement)),

    async openQueries(run, limit) {
      const rows = await openQueries(db, run).selectAll().limit(limit).execute();
      return comparisonsOf(db, run, rows);
    },

    async countOpenQueries(run) {
      const { count } = await db
        .selectFrom("queries")
        .select((select) => select.fn.countAll<number>().as("count"))
        .where("run", "=", run)
        .where("state", "=", sql.lit("open"))
        .executeTakeFirstOrThrow();
      return count;
    },

    async latestClip(run) {
      const row = await db
        .selectFrom("segments")
        .selectAll()
        .where("run", "=", run)
        .orderBy("id", "desc")
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : toSegment(row).clip;
    },

    async lastJudgement(run, annotator) {
      let last = db
        .selectFrom("judgements")
        .select(["id", "query", "answer"])
        .where("run", "=", run)
        .where("taken_back_at", "is", null)
        .orderBy("sequence", "desc")
        .limit(1);
      if (annotator !== undefined) last = last.where("annotator", "=", annotator);
      return (await last.executeTakeFirst()) ?? null;
    },
  };
}

/** Open queries in the order in which they are to be asked. */
export function openQueries(db: Kysely<Tables>, run: string) {
  return (
    db
      .selectFrom("queries")
      .where("run", "=", run)
      // As a literal, so that the planner can see that the index on open queries applies.
      .where("state", "=", sql.lit("open"))
      .orderBy("reopened", "desc")
      .orderBy("id")
  );
}

export function toJudgement(row: Selectable<Tables["judgements"]>): Judgement {
  return {
    id: row.id,
    query: row.query,
    answer: row.answer,
    annotator: row.annotator,
    decisionMilliseconds: row.decision_milliseconds,
  };
}

async function judge(db: Kysely<Tables>, run: string, judgement: Judgement): Promise<JudgeResult> {
  const known = await findJudgement(db, run, judgement.id);
  if (known !== undefined) {
    if (known.taken_back_at !== null) {
      return { outcome: "conflict", reason: `Judgement ${judgement.id} was taken back. Answer again under a new id.` };
    }
    if (isSame(toJudgement(known), judgement)) return { outcome: "known", labels: await countLabels(db, run) };
    return {
      outcome: "conflict",
      reason: `There is another judgement with the id ${judgement.id}. Send this one under a new id.`,
    };
  }
  const query = await findQuery(db, run, judgement.query);
  if (query === undefined) return { outcome: "unknown-query" };
  if (query.state === "withdrawn") {
    return {
      outcome: "conflict",
      reason: `Query ${query.id} was withdrawn: its clips are out of date. Answer the next.`,
    };
  }
  if (query.state === "answered") {
    return { outcome: "conflict", reason: `Query ${query.id} has been answered. Take that answer back to change it.` };
  }
  await db
    .insertInto("judgements")
    .values({
      run,
      id: judgement.id,
      query: judgement.query,
      answer: judgement.answer,
      annotator: judgement.annotator,
      decision_milliseconds: judgement.decisionMilliseconds,
      answered_at: Date.now(),
      taken_back_at: null,
    })
    .execute();
  await db
    .updateTable("queries")
    .set({ state: "answered" })
    .where("run", "=", run)
    .where("id", "=", query.id)
    .execute();
  return { outcome: "stored", labels: await addLabels(db, run, 1) };
}

async function takeBack(db: Kysely<Tables>, run: string, id: string): Promise<TakeBackResult> {
  const row = await findJudgement(db, run, id);
  if (row === undefined) return { outcome: "unknown-judgement" };
  const again = row.taken_back_at !== null;
  if (!again) {
    await db
      .updateTable("judgements")
      .set({ taken_back_at: Date.now() })
      .where("sequence", "=", row.sequence)
      .execute();
    await db
      .updateTable("queries")
      .set((update) => ({
        state: "open",
        reopened: update
          .selectFrom("queries as others")
          .select((max) => sql<number>`coalesce(${max.fn.max("others.reopened")}, 0) + 1`.as("next"))
          .where("others.run", "=", run)
          .where("others.state", "=", sql.lit("open")),
      }))
      .where("run", "=", run)
      .where("id", "=", row.query)
      .execute();
  }
  const query = await findQuery(db, run, row.query);
  if (query?.state !== "open") {
    const since = query?.state === "answered" ? "answered anew" : "withdrawn";
    return {
      outcome: "conflict",
      reason: `Judgement ${id} was taken back before, and its query has been ${since} since.`,
    };
  }
  const [comparison] = await comparisonsOf(db, run, [query]);
  return {
    outcome: "taken-back",
    again,
    judgement: toJudgement(row),
    labels: again ? await countLabels(db, run) : await addLabels(db, run, -1),
    comparison,
  };
}

function isSame(a: Judgement, b: Judgement): boolean {
  return (
    a.query === b.query &&
    a.answer === b.answer &&
    a.annotator === b.annotator &&
    a.decisionMilliseconds === b.decisionMilliseconds
  );
}

function findJudgement(db: Kysely<Tables>, run: string, id: string) {
  return db.selectFrom("judgements").selectAll().where("run", "=", run).where("id", "=", id).executeTakeFirst();
}

function findQuery(db: Kysely<Tables>, run: string, id: number) {
  return db.selectFrom("queries").selectAll().where("run", "=", run).where("id", "=", id).executeTakeFirst();
}

/** How many judgements stand. */
async function countLabels(db: Kysely<Tables>, run: string): Promise<number> {
  const { labels } = await db.selectFrom("runs").select("labels").where("id", "=", run).executeTakeFirstOrThrow();
  return labels;
}

/** How many judgements stand, after adding `change` to it. */
async function addLabels(db: Kysely<Tables>, run: string, change: -1 | 1): Promise<number> {
  const { labels } = await db
    .updateTable("runs")
    .set((update) => ({ labels: update("labels", "+", change) }))
    .where("id", "=", run)
    .returning("labels")
    .executeTakeFirstOrThrow();
  return labels;
}
