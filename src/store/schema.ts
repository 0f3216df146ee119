// The tables, and how they come to be in a new file.
import type { DatabaseSync } from "node:sqlite";
import { sql, type ColumnType, type Generated, type Kysely } from "kysely";
import type { Kind, Query } from "../feedback/judgement.ts";
import type { Phase } from "../training/journal.ts";
import { createDeletions } from "./deletion.ts";
import { StoreError } from "./errors.ts";
import { createForks } from "./fork.ts";
import { createHistory } from "./history.ts";
import { migrateFrom1 } from "./migrate.ts";
import { createSecondOpinions } from "./opinions.ts";
import { createPeople } from "./people.ts";
import type { Role } from "./roles.ts";

/** Counted up with every change of the tables. Kept in the file as `user_version`. */
export const SCHEMA_VERSION = 2;

/** "heed" in ASCII: tells a database of heed from anybody else's. Kept in the file as `application_id`. */
const APPLICATION_ID = 0x68656564;

/** Bytes: little-endian 32-bit floats, see `bytes.ts`. */
type Blob = ColumnType<Uint8Array, Uint8Array, never>;

/** JSON in columns whose name ends in `_json`. Times are milliseconds since 1970. */
export interface Tables {
  about: { key: string; value: string };
  runs: {
    id: string;
    name: string;
    task: string;
    options_json: string;
    phase: Phase;
    steps: number;
    /** How many of its judgements stand. */
    labels: number;
    waiting_for: string | null;
    created_at: number;
    heed_version: string;
    process_id: number | null;
    process_address: string | null;
    scene_json: string | null;
    question: string;
    step_seconds: number;
    evaluation_json: string | null;
  };
  segments: {
    run: string;
    id: number;
    at_step: number;
    policy_version: number;
    length: number;
    observations: Blob;
    actions: Blob;
    /** Null where nothing was predicted yet. */
    rewards: ColumnType<Uint8Array | null, Uint8Array | null, never>;
    state: ColumnType<Uint8Array | null, Uint8Array | null, never>;
    /** Sum of the rewards; null where nothing was predicted yet. */
    predicted: number | null;
    frames_per_second: number;
    frames: number;
    poses: Blob;
  };
  queries: {
    run: string;
    id: number;
    kind: Kind;
    /** Ids of its segments, in order. */
    segments_json: string;
    selection: Query["selection"];
    at_step: number;
    state: "open" | "answered" | "withdrawn";
    /** 0, or above that of all queries that were open when its answer was taken back: the highest is asked first. */
    reopened: number;
  };
  judgements: {
    sequence: Generated<number>;
    run: string;
    id: string;
    query: number;
    kind: Kind;
    answer_json: string;
    annotator: string;
    decision_milliseconds: number | null;
    answered_at: number;
    taken_back_at: number | null;
  };
  /** How the agent did at points of its run: a clip, and what the task measures in it. */
  history: {
    run: string;
    at_step: number;
    labels: number;
    frames_per_second: number;
    frames: number;
    poses: ColumnType<Uint8Array, Uint8Array, Uint8Array>;
    measures_json: string;
  };
  metrics: { run: string; line: number; steps: number; metrics_json: string };
  /** Runs that go on from a checkpoint of another; `source` is null once that one is removed. */
  forks: { run: string; source: string | null; at_step: number };
  /** Runs that were deleted and can still be brought back. */
  deletions: { run: string; deleted_at: number };
  checkpoints: { sequence: Generated<number>; run: string; steps: number; file: string; sha256: string };
  /** Queries that somebody else is to be asked too, with who answered first. */
  second_opinions: { run: string; query: number; kind: Kind; annotator: string };
  /** Who may come in over a network. Hashes are those of secrets that are kept nowhere. */
  people: {
    id: string;
    name: string;
    role: Role;
    invitation_hash: string;
    /** When the latest invitation was last exchanged for a token. */
    invitation_opened_at: number | null;
    /** When that token was first used, which uses the invitation up. */
    joined_at: number | null;
    token_hash: string | null;
    created_at: number;
    expires_at: number | null;
    revoked_at: number | null;
  };
}

/**
 * Makes sure that the file holds the tables of this version. Throws a StoreError for a file of a newer version and for
 * a database that is not heed's.
 */
export async function prepareSchema(
  database: DatabaseSync,
  db: Kysely<Tables>,
  file: string,
  heedVersion: string,
): Promise<void> {
  // A table that others point at cannot be made anew while that is enforced, and it can be changed here only.
  database.exec("PRAGMA foreign_keys = OFF");
  try {
    await prepareWithin(database, db, file, heedVersion);
  } finally {
    database.exec("PRAGMA foreign_keys = ON");
  }
}

async function prepareWithin(
  database: DatabaseSync,
  db: Kysely<Tables>,
  file: string,
  heedVersion: string,
): Promise<void> {
  // The write lock, so that two processes that open a new directory at once do not both make the tables.
  await db.transaction().execute(async (transaction) => {
    const version = pragma(database, "user_version");
    if (pragma(database, "application_id") === APPLICATION_ID) {
      if (version > SCHEMA_VERSION) throw newerError(database, file, version, heedVersion);
      if (version === 1) migrateFrom1(database);
      if (version < SCHEMA_VERSION) {
        database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
        await transaction.updateTable("about").set({ value: heedVersion }).where("key", "=", "heed_version").execute();
      }
      await createHistory(transaction);
      await createForks(transaction);
      await createDeletions(transaction);
      await createPeople(transaction);
      await createSecondOpinions(transaction);
      return;
    }
    const { tables } = await transaction
      .selectFrom(sql<{ name: string }>`sqlite_master`.as("master"))
      .select((select) => select.fn.countAll<number>().as("tables"))
      .executeTakeFirstOrThrow();
    if (version !== 0 || tables !== 0) {
      throw new StoreError(
        "damaged",
        `${file} is a database of another program. Choose another data directory with --data.`,
      );
    }
    await createTables(transaction, heedVersion);
    await createHistory(transaction);
    await createForks(transaction);
    await createDeletions(transaction);
    await createPeople(transaction);
    await createSecondOpinions(transaction);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION};`);
  });
}

function newerError(database: DatabaseSync, file: string, version: number, heedVersion: string): StoreError {
  const row = database.prepare("SELECT value FROM about WHERE key = 'heed_version'").get();
  const needed = typeof row?.["value"] === "string" ? row["value"] : "a newer version";
  return new StoreError(
    "newer",
    `${file} was written by heed ${needed} (data version ${version}); this is heed ${heedVersion}, which reads data ` +
      `version ${SCHEMA_VERSION}. Install heed ${needed} or newer, or choose another data directory with --data.`,
  );
}

function pragma(database: DatabaseSync, name: "user_version" | "application_id"): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

async function createTables(db: Kysely<Tables>, heedVersion: string): Promise<void> {
  await db.schema
    .createTable("about")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
  await db.insertInto("about").values({ key: "heed_version", value: heedVersion }).execute();

  await db.schema
    .createTable("runs")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull().unique())
    .addColumn("task", "text", (column) => column.notNull())
    .addColumn("options_json", "text", (column) => column.notNull())
    .addColumn("phase", "text", (column) => column.notNull())
    .addColumn("steps", "integer", (column) => column.notNull())
    .addColumn("labels", "integer", (column) => column.notNull())
    .addColumn("waiting_for", "text")
    .addColumn("created_at", "integer", (column) => column.notNull())
    .addColumn("heed_version", "text", (column) => column.notNull())
    .addColumn("process_id", "integer")
    .addColumn("process_address", "text")
    .addColumn("scene_json", "text")
    .addColumn("question", "text", (column) => column.notNull())
    .addColumn("step_seconds", "real", (column) => column.notNull())
    .addColumn("evaluation_json", "text")
    .execute();

  await db.schema
    .createTable("segments")
    .addColumn("run", "text", (column) => column.notNull().references("runs.id"))
    .addColumn("id", "integer", (column) => column.notNull())
    .addColumn("at_step", "integer", (column) => column.notNull())
    .addColumn("policy_version", "integer", (column) => column.notNull())
    .addColumn("length", "integer", (column) => column.notNull())
    .addColumn("observations", "blob", (column) => column.notNull())
    .addColumn("actions", "blob", (column) => column.notNull())
    .addColumn("rewards", "blob")
    .addColumn("state", "blob")
    .addColumn("predicted", "real")
    .addColumn("frames_per_second", "real", (column) => column.notNull())
    .addColumn("frames", "integer", (column) => column.notNull())
    .addColumn("poses", "blob", (column) => column.notNull())
    .addPrimaryKeyConstraint("segments_key", ["run", "id"])
    .execute();
  await db.schema
    .createIndex("segments_predicted")
    .on("segments")
    .columns(["run", "predicted"])
    .where(sql.ref("predicted"), "is not", null)
    .execute();

  await db.schema
    .createTable("queries")
    .addColumn("run", "text", (column) => column.notNull().references("runs.id"))
    .addColumn("id", "integer", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("segments_json", "text", (column) => column.notNull())
    .addColumn("selection", "text", (column) => column.notNull())
    .addColumn("at_step", "integer", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull().check(sql`state in ('open', 'answered', 'withdrawn')`))
    .addColumn("reopened", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("queries_key", ["run", "id"])
    .execute();
  await db.schema
    .createIndex("queries_open")
    .on("queries")
    .columns(["run", "reopened desc", "id"])
    .where(sql.ref("state"), "=", sql.lit("open"))
    .execute();

  await db.schema
    .createTable("judgements")
    .addColumn("sequence", "integer", (column) => column.primaryKey().autoIncrement())
    .addColumn("run", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("query", "integer", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("answer_json", "text", (column) => column.notNull())
    .addColumn("annotator", "text", (column) => column.notNull())
    .addColumn("decision_milliseconds", "real")
    .addColumn("answered_at", "integer", (column) => column.notNull())
    .addColumn("taken_back_at", "integer")
    .addUniqueConstraint("judgements_id", ["run", "id"])
    .addForeignKeyConstraint("judgements_query", ["run", "query"], "queries", ["run", "id"])
    .execute();
  await db.schema
    .createIndex("judgements_standing")
    .unique()
    .on("judgements")
    .columns(["run", "query", "annotator"])
    .where(sql.ref("taken_back_at"), "is", null)
    .execute();

  await db.schema
    .createIndex("judgements_latest")
    .on("judgements")
    .columns(["run", "sequence"])
    .where(sql.ref("taken_back_at"), "is", null)
    .execute();

  await db.schema
    .createTable("metrics")
    .addColumn("run", "text", (column) => column.notNull().references("runs.id"))
    .addColumn("line", "integer", (column) => column.notNull())
    .addColumn("steps", "integer", (column) => column.notNull())
    .addColumn("metrics_json", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("metrics_key", ["run", "line"])
    .execute();

  await db.schema
    .createTable("checkpoints")
    .addColumn("sequence", "integer", (column) => column.primaryKey().autoIncrement())
    .addColumn("run", "text", (column) => column.notNull().references("runs.id"))
    .addColumn("steps", "integer", (column) => column.notNull())
    .addColumn("file", "text", (column) => column.notNull())
    .addColumn("sha256", "text", (column) => column.notNull())
    .addUniqueConstraint("checkpoints_file", ["run", "file"])
    .execute();
}
