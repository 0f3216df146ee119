import { isDeepStrictEqual } from "node:util";
import { sql, type Kysely, type Selectable } from "kysely";
import { FIRST_VOLUNTEERED, isVolunteered, type Answer, type Judgement, type Kind } from "../feedback/judgement.ts";
import type { Context } from "./context.ts";
import { dropSecondOpinion, wantSecondOpinion } from "./opinions.ts";
import { problemOf } from "../feedback/kinds.ts";
import type { Shown } from "../feedback/kind.ts";
import { keepQuestion, questionsOf, toQuery, toSegment } from "./questions.ts";
import type { Tables } from "./schema.ts";
import type { JudgeResult, Store, TakeBackResult } from "./store.ts";

type JudgementMethods = Pick<
  Store,
  "ask" | "withdraw" | "judge" | "takeBack" | "openQueries" | "countOpenQueries" | "latestClip" | "lastJudgement"
>;

export function judgementMethods(context: Context): JudgementMethods {
  const { db } = context;
  return {
    ask: (run, question) => context.write((transaction) => keepQuestion(transaction, run, question, "open")),

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

    judge: (run, judgement, askAgain = false) =>
      context.write((transaction) => judge(transaction, run, judgement, askAgain)),

    takeBack: (run, judgement) => context.write((transaction) => takeBack(transaction, run, judgement)),

    async openQueries(run, limit, kind) {
      const rows = await openQueries(db, run, kind).selectAll().limit(limit).execute();
      return questionsOf(db, run, rows);
    },

    async countOpenQueries(run, kind) {
      const { count } = await openQueries(db, run, kind)
        .clearOrderBy()
        .select((select) => select.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return count;
    },

    async latestClip(run) {
      const row = await db
        .selectFrom("segments")
        .selectAll()
        .where("run", "=", run)
        .where("id", "<", FIRST_VOLUNTEERED)
        .orderBy("id", "desc")
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : toSegment(row).clip;
    },

    async lastJudgement(run, annotator) {
      let last = db
        .selectFrom("judgements")
        .select(["id", "query", "answer_json"])
        .where("run", "=", run)
        .where("taken_back_at", "is", null)
        // What a person brought answers no question that could come back to the screen.
        .where("query", "<", FIRST_VOLUNTEERED)
        .orderBy("sequence", "desc")
        .limit(1);
      if (annotator !== undefined) last = last.where("annotator", "=", annotator);
      const row = await last.executeTakeFirst();
      return row === undefined ? null : { id: row.id, query: row.query, answer: toAnswer(row) };
    },
  };
}

/** Open queries, of one kind or of all, in the order in which they are to be asked. */
export function openQueries(db: Kysely<Tables>, run: string, kind?: Kind) {
  const open = db
    .selectFrom("queries")
    .where("run", "=", run)
    // As a literal, so that the planner can see that the index on open queries applies.
    .where("state", "=", sql.lit("open"))
    .orderBy("reopened", "desc")
    .orderBy("id");
  return kind === undefined ? open : open.where("kind", "=", kind);
}

/** What `judge` wrote from an answer. */
function toAnswer({ answer_json }: Pick<Selectable<Tables["judgements"]>, "answer_json">): Answer {
  return JSON.parse(answer_json);
}

export function toJudgement(row: Selectable<Tables["judgements"]>): Judgement {
  return {
    id: row.id,
    query: row.query,
    answer: toAnswer(row),
    annotator: row.annotator,
    decisionMilliseconds: row.decision_milliseconds,
  };
}

async function judge(db: Kysely<Tables>, run: string, judgement: Judgement, askAgain: boolean): Promise<JudgeResult> {
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
  if (query.kind !== judgement.answer.kind) {
    return {
      outcome: "invalid",
      reason: `Query ${query.id} asks for an answer of kind ${query.kind}, not ${judgement.answer.kind}.`,
    };
  }
  if (query.state === "withdrawn") {
    return {
      outcome: "conflict",
      reason: `Query ${query.id} was withdrawn: its clips are out of date. Answer the next.`,
    };
  }
  const problem = problemOf(query.kind, judgement.answer, await shownBy(db, run, query));
  if (problem !== null) return { outcome: "invalid", reason: problem };
  const others = await annotatorsOf(db, run, query.id);
  if (others.includes(judgement.annotator) || (query.state === "answered" && isVolunteered(query.id))) {
    return { outcome: "conflict", reason: `Query ${query.id} has been answered. Take that answer back to change it.` };
  }
  await insertJudgement(db, run, judgement);
  if (others.length > 0) await dropSecondOpinion(db, run, query.id);
  else if (askAgain) await wantSecondOpinion(db, run, query, judgement.annotator);
  await db
    .updateTable("queries")
    .set({ state: "answered" })
    .where("run", "=", run)
    .where("id", "=", query.id)
    .execute();
  return { outcome: "stored", labels: await addLabels(db, run, 1) };
}

/** What whoever answers a query sees. All segments of a run have the same length. */
export async function shownBy(db: Kysely<Tables>, run: string, row: Selectable<Tables["queries"]>): Promise<Shown> {
  const { segments } = toQuery(row);
  const { length, step_seconds } = await db
    .selectFrom("segments")
    .innerJoin("runs", "runs.id", "segments.run")
    .select(["segments.length", "runs.step_seconds"])
    .where("segments.run", "=", run)
    .where("segments.id", "=", segments[0])
    .executeTakeFirstOrThrow();
  return { segments: segments.length, seconds: segments.length * length * step_seconds };
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
    await dropSecondOpinion(db, run, row.query);
    if ((await annotatorsOf(db, run, row.query)).length === 0) await reopen(db, run, row.query);
  }
  const query = await findQuery(db, run, row.query);
  const anew = (await annotatorsOf(db, run, row.query)).includes(row.annotator);
  if (query === undefined || anew || (query.state === "withdrawn") !== isVolunteered(row.query)) {
    const since = anew ? "answered anew" : "withdrawn";
    return {
      outcome: "conflict",
      reason: `Judgement ${id} was taken back before, and its query has been ${since} since.`,
    };
  }
  const [question] = await questionsOf(db, run, [query]);
  return {
    outcome: "taken-back",
    again,
    judgement: toJudgement(row),
    labels: again || isVolunteered(query.id) ? await countLabels(db, run) : await addLabels(db, run, -1),
    question,
  };
}

/** Puts a query before all others that are open; what was brought unasked is not asked for again. */
async function reopen(db: Kysely<Tables>, run: string, id: number): Promise<void> {
  const query = db.updateTable("queries").where("run", "=", run).where("id", "=", id);
  if (isVolunteered(id)) {
    await query.set({ state: "withdrawn" }).execute();
    return;
  }
  await query
    .set((update) => ({
      state: "open",
      reopened: update
        .selectFrom("queries as others")
        .select((max) => sql<number>`coalesce(${max.fn.max("others.reopened")}, 0) + 1`.as("next"))
        .where("others.run", "=", run)
        .where("others.state", "=", sql.lit("open")),
    }))
    .execute();
}

/** Whose judgements of a query stand. */
async function annotatorsOf(db: Kysely<Tables>, run: string, query: number): Promise<string[]> {
  const rows = await db
    .selectFrom("judgements")
    .select("annotator")
    .where("run", "=", run)
    .where("query", "=", query)
    .where("taken_back_at", "is", null)
    .execute();
  return rows.map(({ annotator }) => annotator);
}

/** Writes a judgement of now. */
export async function insertJudgement(db: Kysely<Tables>, run: string, judgement: Judgement): Promise<void> {
  await db
    .insertInto("judgements")
    .values({
      run,
      id: judgement.id,
      query: judgement.query,
      kind: judgement.answer.kind,
      answer_json: JSON.stringify(judgement.answer),
      annotator: judgement.annotator,
      decision_milliseconds: judgement.decisionMilliseconds,
      answered_at: Date.now(),
      taken_back_at: null,
    })
    .execute();
}

export function isSame(a: Judgement, b: Judgement): boolean {
  return (
    a.query === b.query &&
    isDeepStrictEqual(a.answer, b.answer) &&
    a.annotator === b.annotator &&
    a.decisionMilliseconds === b.decisionMilliseconds
  );
}

export function findJudgement(db: Kysely<Tables>, run: string, id: string) {
  return db.selectFrom("judgements").selectAll().where("run", "=", run).where("id", "=", id).executeTakeFirst();
}

export function findQuery(db: Kysely<Tables>, run: string, id: number) {
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
