// Several people's answers to one run: what each may answer, and what they said of the same queries.
import { sql, type Kysely } from "kysely";
import type { Choice, Kind, Question } from "../feedback/judgement.ts";
import type { Context } from "./context.ts";
import { questionsOf } from "./questions.ts";
import type { Tables } from "./schema.ts";

export interface AnnotatorPace {
  readonly annotator: string;
  /** Judgements of theirs that stand. */
  readonly answers: number;
  /** Milliseconds between an answer and the one before it, summed over those without a break between them. */
  readonly worked: number;
  /** Answers that those are the times of. */
  readonly paced: number;
}

/** A judgement of a query that others judged too. */
export interface SharedJudgement {
  readonly query: number;
  readonly kind: Kind;
  readonly annotator: string;
  readonly answer_json: string;
}

/** A comparison that was answered. */
export interface ComparisonVote {
  readonly query: number;
  readonly annotator: string;
  readonly choice: Choice;
  /** Sum of the rewards predicted for the left clip less that for the right one, when they were recorded. */
  readonly predicted: number | null;
}

export interface OpinionMethods {
  /**
   * Ids of queries that this person may answer, at most `limit`, in the order in which they are to be asked: those that
   * need a second opinion on somebody else's answer, then the open ones.
   * @param taken ids that are left out, since others are looking at them
   */
  queue(
    run: string,
    annotator: string,
    limit: number,
    kind?: Kind,
    taken?: readonly number[],
  ): Promise<readonly number[]>;
  /** Queries with their segments, in the order of the ids; those that the run does not have are left out. */
  findQuestions(run: string, ids: readonly number[]): Promise<readonly Question[]>;
  /** How much everybody answered, and how fast. Gaps of more than `pause` milliseconds are breaks. */
  annotatorPaces(run: string, pause: number): Promise<readonly AnnotatorPace[]>;
  /** The latest standing judgements of queries that two people or more judged, at most `limit`. */
  sharedJudgements(run: string, limit: number): Promise<readonly SharedJudgement[]>;
  /** The latest standing answers to comparisons, at most `limit`. */
  comparisonVotes(run: string, limit: number): Promise<readonly ComparisonVote[]>;
}

export function opinionMethods({ db }: Context): OpinionMethods {
  return {
    async queue(run, annotator, limit, kind, taken = []) {
      // Whoever waits for the next query asks this again and again: one statement, and nothing for Kysely to put together.
      // Ids as one value, so that the statement is the same however many there are.
      const others = sql`(SELECT value FROM json_each(${JSON.stringify(taken)}))`;
      const wanted = kind === undefined ? sql`` : sql`AND kind = ${kind}`;
      const { rows } = await sql<{ turn: number; id: number }>`
        SELECT * FROM (
          SELECT 0 AS turn, query AS id FROM second_opinions
          WHERE run = ${run} AND annotator <> ${annotator} AND query NOT IN ${others} ${wanted}
          ORDER BY query LIMIT ${limit}
        )
        UNION ALL SELECT * FROM (
          SELECT 1 AS turn, id FROM queries
          WHERE run = ${run} AND state = 'open' AND id NOT IN ${others} ${wanted}
          ORDER BY reopened DESC, id LIMIT ${limit}
        )`.execute(db);
      // SQL promises no order between the two.
      const inTurn = rows.toSorted((one, other) => one.turn - other.turn);
      return inTurn.slice(0, limit).map(({ id }) => id);
    },

    async findQuestions(run, ids) {
      if (ids.length === 0) return [];
      const rows = await db.selectFrom("queries").selectAll().where("run", "=", run).where("id", "in", ids).execute();
      const questions = await questionsOf(db, run, rows);
      const byId = new Map(questions.map((question) => [question.query.id, question]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },

    async annotatorPaces(run, pause) {
      const { rows } = await sql<AnnotatorPace>`
        SELECT annotator, count(*) AS answers,
          coalesce(sum(CASE WHEN gap <= ${pause} THEN gap END), 0) AS worked,
          count(CASE WHEN gap <= ${pause} THEN 1 END) AS paced
        FROM (
          SELECT annotator, answered_at - lag(answered_at) OVER (PARTITION BY annotator ORDER BY sequence) AS gap
          FROM judgements WHERE run = ${run} AND taken_back_at IS NULL
        )
        GROUP BY annotator ORDER BY answers DESC, annotator`.execute(db);
      return rows;
    },

    async sharedJudgements(run, limit) {
      const { rows } = await sql<SharedJudgement>`
        SELECT query, kind, annotator, answer_json FROM judgements
        WHERE run = ${run} AND taken_back_at IS NULL AND query IN (
          SELECT query FROM judgements WHERE run = ${run} AND taken_back_at IS NULL
          GROUP BY query HAVING count(*) > 1
        )
        ORDER BY sequence DESC LIMIT ${limit}`.execute(db);
      return rows;
    },

    async comparisonVotes(run, limit) {
      const { rows } = await sql<{
        query: number;
        annotator: string;
        choice: Choice;
        left_predicted: number | null;
        right_predicted: number | null;
      }>`
        SELECT j.query, j.annotator, json_extract(j.answer_json, '$.choice') AS choice,
          l.predicted AS left_predicted, r.predicted AS right_predicted
        FROM judgements j
        JOIN queries q ON q.run = j.run AND q.id = j.query
        JOIN segments l ON l.run = j.run AND l.id = json_extract(q.segments_json, '$[0]')
        JOIN segments r ON r.run = j.run AND r.id = json_extract(q.segments_json, '$[1]')
        WHERE j.run = ${run} AND j.kind = 'comparison' AND j.taken_back_at IS NULL
        ORDER BY j.sequence DESC LIMIT ${limit}`.execute(db);
      return rows.map(({ query, annotator, choice, left_predicted: left, right_predicted: right }) => ({
        query,
        annotator,
        choice,
        predicted: left === null || right === null ? null : left - right,
      }));
    },
  };
}

/** Has somebody else asked the same. */
export async function wantSecondOpinion(
  db: Kysely<Tables>,
  run: string,
  query: { readonly id: number; readonly kind: Kind },
  annotator: string,
): Promise<void> {
  await db
    .insertInto("second_opinions")
    .values({ run, query: query.id, kind: query.kind, annotator })
    .onConflict((conflict) => conflict.columns(["run", "query"]).doNothing())
    .execute();
}

/** Nobody else is asked any more: somebody was, or there is no first answer now. */
export async function dropSecondOpinion(db: Kysely<Tables>, run: string, query: number): Promise<void> {
  await db.deleteFrom("second_opinions").where("run", "=", run).where("query", "=", query).execute();
}

export async function createSecondOpinions(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("second_opinions")
    .ifNotExists()
    .addColumn("run", "text", (column) => column.notNull())
    .addColumn("query", "integer", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("annotator", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("second_opinions_key", ["run", "query"])
    .addForeignKeyConstraint("second_opinions_query", ["run", "query"], "queries", ["run", "id"])
    .execute();
}
