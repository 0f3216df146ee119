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
   * Ids of all queries that this person may answer, in the order in which they are to be asked: those that need a second
   * opinion on somebody else's answer, then the open ones. Cheap where nothing was written since it was last called.
   */
  queue(run: string, annotator: string, kind?: Kind): Promise<readonly number[]>;
  /** Queries with their segments, in the order of the ids; those that the run does not have are left out. */
  findQuestions(run: string, ids: readonly number[]): Promise<readonly Question[]>;
  /** How much everybody answered, and how fast. Gaps of more than `pause` milliseconds are breaks. */
  annotatorPaces(run: string, pause: number): Promise<readonly AnnotatorPace[]>;
  /** The latest standing judgements of queries that two people or more judged, at most `limit`. */
  sharedJudgements(run: string, limit: number): Promise<readonly SharedJudgement[]>;
  /** The latest standing answers to comparisons, at most `limit`. */
  comparisonVotes(run: string, limit: number): Promise<readonly ComparisonVote[]>;
}

/** A query that somebody is to answer. */
interface Awaiting {
  readonly id: number;
  readonly kind: Kind;
  /** Who answered it first, and is not asked for the second opinion; null where nobody has. */
  readonly first: string | null;
}

/** What each run has to answer, kept for as long as nothing is written: whoever waits looks again and again. */
class Queues {
  readonly #db: Kysely<Tables>;
  #written = "";
  readonly #byRun = new Map<string, readonly Awaiting[]>();

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async of(run: string): Promise<readonly Awaiting[]> {
    const written = await this.#lastWritten();
    if (written !== this.#written) {
      this.#written = written;
      this.#byRun.clear();
    }
    const known = this.#byRun.get(run);
    if (known !== undefined) return known;
    const awaiting = await this.#read(run);
    // What was written while it was read may be missing from it.
    if (written === this.#written) this.#byRun.set(run, awaiting);
    return awaiting;
  }

  /** Changes with every write to the file: the first half by this connection, the second by any other. */
  async #lastWritten(): Promise<string> {
    const { rows } = await sql<{ own: number; others: number }>`
      SELECT total_changes() AS own, data_version AS others FROM pragma_data_version`.execute(this.#db);
    return rows.map(({ own, others }) => `${own} ${others}`).join();
  }

  async #read(run: string): Promise<readonly Awaiting[]> {
    const { rows } = await sql<Awaiting>`
      SELECT id, kind, first FROM (
        SELECT 0 AS turn, 0 AS reopened, query AS id, kind, annotator AS first
        FROM second_opinions WHERE run = ${run}
        UNION ALL
        SELECT 1, reopened, id, kind, NULL FROM queries WHERE run = ${run} AND state = 'open'
      )
      ORDER BY turn, reopened DESC, id`.execute(this.#db);
    return rows;
  }
}

export function opinionMethods({ db }: Context): OpinionMethods {
  const queues = new Queues(db);
  return {
    async queue(run, annotator, kind) {
      const awaiting = await queues.of(run);
      return awaiting
        .filter((query) => query.first !== annotator && (kind === undefined || query.kind === kind))
        .map(({ id }) => id);
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
