// All answers of a run, to be looked through, and one of them given anew.
import { sql, type Kysely, type Selectable } from "kysely";
import { isVolunteered, type Judgement, type Kind, type Query, type Selection } from "../feedback/judgement.ts";
import { problemOf } from "../feedback/kinds.ts";
import { probabilityOf, SURPRISING } from "../feedback/surprise.ts";
import type { Context } from "./context.ts";
import { findJudgement, findQuery, insertJudgement, isSame, shownBy, toJudgement } from "./judgements.ts";
import { questionsOf } from "./questions.ts";
import type { Tables } from "./schema.ts";
import type { Store } from "./store.ts";

/** Which answers are wanted; all of them where nothing is given. */
export interface AnswerFilter {
  readonly kind?: Kind | undefined;
  readonly annotator?: string | undefined;
  /** What was chosen, such as `left` or `good`, or how many stars were given. */
  readonly choice?: string | undefined;
  readonly selection?: Selection | undefined;
  /** Only those that the reward model held for unlikely. */
  readonly surprising?: boolean | undefined;
}

/** A judgement that stands, and what it was about. */
export interface GivenAnswer {
  readonly judgement: Judgement;
  readonly query: Query;
  readonly answered: Date;
  /** By what the reward model predicted before; null where it could not tell. */
  readonly probability: number | null;
}

export interface AnswersPage {
  /** Newest first. */
  readonly answers: readonly GivenAnswer[];
  /** Where the next page begins; null where there is none. */
  readonly next: number | null;
}

export type ReviseResult =
  /** On disk now: `before` no longer counts, and the new judgement does. */
  | { readonly outcome: "revised"; readonly before: Judgement }
  /** The same was on disk before. */
  | { readonly outcome: "known" }
  | { readonly outcome: "conflict" | "invalid"; readonly reason: string }
  | { readonly outcome: "unknown-judgement" };

/** Answers looked at for one page, so that a search for rare ones does not keep others waiting. */
const MOST_LOOKED_AT = 2_000;

export function answerMethods(
  context: Context,
): Pick<Store, "listAnswers" | "listAnnotators" | "findQuestion" | "findJudgement" | "revise"> {
  const { db } = context;
  return {
    async listAnswers(run, filter, before, limit) {
      const answers: GivenAnswer[] = [];
      let from = before ?? Number.MAX_SAFE_INTEGER;
      for (let seen = 0; seen < MOST_LOOKED_AT;) {
        const rows = await select(db, run, filter, from).limit(limit).execute();
        for (const answer of await withProbabilities(db, run, rows)) {
          if (answers.length === limit) return { answers, next: from };
          from = answer.sequence;
          if (filter.surprising !== true || (answer.probability ?? 1) < SURPRISING) answers.push(given(answer));
        }
        if (rows.length < limit) return { answers, next: null };
        seen += rows.length;
      }
      return { answers, next: from };
    },

    async listAnnotators(run) {
      const rows = await db
        .selectFrom("judgements")
        .select("annotator")
        .distinct()
        .where("run", "=", run)
        .where("taken_back_at", "is", null)
        .orderBy("annotator")
        .execute();
      return rows.map(({ annotator }) => annotator);
    },

    async findQuestion(run, query) {
      const row = await findQuery(db, run, query);
      return row === undefined ? null : (await questionsOf(db, run, [row]))[0];
    },

    async findJudgement(run, id) {
      const row = await findJudgement(db, run, id);
      return row === undefined ? null : toJudgement(row);
    },

    revise: (run, id, judgement) => context.write((transaction) => revise(transaction, run, id, judgement)),
  };
}

type Row = Selectable<Tables["judgements"]> & { readonly selection: Selection };

function select(db: Kysely<Tables>, run: string, filter: AnswerFilter, before: number) {
  const { kind, annotator, choice, selection } = filter;
  let rows = db
    .selectFrom("judgements")
    .innerJoin("queries", (join) =>
      join.onRef("queries.run", "=", "judgements.run").onRef("queries.id", "=", "judgements.query"),
    )
    .selectAll("judgements")
    .select("queries.selection")
    .where("judgements.run", "=", run)
    .where("judgements.taken_back_at", "is", null)
    .where("judgements.sequence", "<", before)
    .orderBy("judgements.sequence", "desc");
  if (kind !== undefined) rows = rows.where("judgements.kind", "=", kind);
  if (annotator !== undefined) rows = rows.where("judgements.annotator", "=", annotator);
  if (selection !== undefined) rows = rows.where("queries.selection", "=", selection);
  if (choice !== undefined) {
    const said = sql`coalesce(json_extract(answer_json, '$.choice'), json_extract(answer_json, '$.stars'))`;
    rows = rows.where(sql<string>`cast(${said} as text)`, "=", choice);
  }
  return rows;
}

interface Weighed {
  readonly sequence: number;
  readonly row: Row;
  readonly query: Query;
  readonly probability: number | null;
}

async function withProbabilities(db: Kysely<Tables>, run: string, rows: readonly Row[]): Promise<Weighed[]> {
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map(({ query }) => query))];
  const queryRows = await db.selectFrom("queries").selectAll().where("run", "=", run).where("id", "in", ids).execute();
  const questions = new Map((await questionsOf(db, run, queryRows)).map((question) => [question.query.id, question]));
  return rows.map((row) => {
    const question = questions.get(row.query);
    if (question === undefined) throw new Error(`Query ${row.query} is missing from the database.`);
    const probability = probabilityOf(toJudgement(row).answer, question.segments);
    return { sequence: row.sequence, row, query: question.query, probability };
  });
}

function given({ row, query, probability }: Weighed): GivenAnswer {
  return { judgement: toJudgement(row), query, answered: new Date(row.answered_at), probability };
}

async function revise(db: Kysely<Tables>, run: string, id: string, judgement: Judgement): Promise<ReviseResult> {
  const before = await findJudgement(db, run, id);
  if (before === undefined) return { outcome: "unknown-judgement" };
  const known = await findJudgement(db, run, judgement.id);
  if (known !== undefined) {
    const repeated = known.taken_back_at === null && before.taken_back_at !== null;
    if (repeated && isSame(toJudgement(known), judgement)) return { outcome: "known" };
    const reason = `There is another judgement with the id ${judgement.id}. Send this one under a new id.`;
    return { outcome: "conflict", reason };
  }
  if (before.taken_back_at !== null) {
    return { outcome: "conflict", reason: `Judgement ${id} was taken back before, so there is nothing to revise.` };
  }
  if (isVolunteered(before.query)) {
    return { outcome: "conflict", reason: "What somebody showed can be taken back, but not answered otherwise." };
  }
  if (judgement.query !== before.query || judgement.answer.kind !== before.kind) {
    return {
      outcome: "invalid",
      reason: `Judgement ${id} answers query ${before.query} with an answer of kind ${before.kind}; so must its revision.`,
    };
  }
  const query = await findQuery(db, run, before.query);
  if (query === undefined) throw new Error(`Query ${before.query} is missing from the database.`);
  const problem = problemOf(before.kind, judgement.answer, await shownBy(db, run, query));
  if (problem !== null) return { outcome: "invalid", reason: problem };
  const own = await db
    .selectFrom("judgements")
    .select("id")
    .where("run", "=", run)
    .where("query", "=", before.query)
    .where("annotator", "=", judgement.annotator)
    .where("taken_back_at", "is", null)
    .where("id", "!=", id)
    .executeTakeFirst();
  if (own !== undefined) {
    const reason = `${judgement.annotator} has answered query ${before.query} too. Revise that answer, ${own.id}.`;
    return { outcome: "conflict", reason };
  }
  await db
    .updateTable("judgements")
    .set({ taken_back_at: Date.now() })
    .where("sequence", "=", before.sequence)
    .execute();
  await insertJudgement(db, run, judgement);
  return { outcome: "revised", before: toJudgement(before) };
}
