// Kysely over Node's own SQLite.
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import {
  CompiledQuery,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  type SqliteStatement,
} from "kysely";
import { StoreError } from "./errors.ts";

/** Statements that are kept ready, since preparing one costs more than running it. */
const MOST_PREPARED = 300;

/** Milliseconds to wait for another process that is writing. */
const BUSY_TIMEOUT = 5_000;

/**
 * Opens the database file, which is made where there is none: write-ahead log, and foreign keys enforced. A commit
 * outlives the process at once, and a power cut once the log is synced, see `log.ts`. Throws a StoreError where the file cannot be written or is no database.
 */
export function openSqlite(file: string): DatabaseSync {
  return explained(file, () => {
    const database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: BUSY_TIMEOUT });
    try {
      database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** Kysely's dialect for a database that `openSqlite` opened. `file` is its name in error messages. */
export function sqliteDialect(database: DatabaseSync, file: string): SqliteDialect {
  const prepared = new Map<string, SqliteStatement>();
  const prepare = (sql: string): SqliteStatement => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    // Statements with lists in them are hardly ever the same twice.
    if (prepared.size >= MOST_PREPARED) prepared.clear();
    const fresh = (): SqliteStatement => explained(file, () => adaptStatement(database.prepare(sql), file));
    // One that is gone through row by row may be begun again meanwhile, and so is nobody else's.
    const statement = { ...fresh(), iterate: (parameters: readonly unknown[]) => fresh().iterate(parameters) };
    prepared.set(sql, statement);
    return statement;
  };
  const adapted: SqliteDatabase = {
    prepare,
    close: () => {
      prepared.clear();
      database.close();
    },
  };
  return new NodeSqliteDialect(database, adapted);
}

function adaptStatement(statement: ReturnType<DatabaseSync["prepare"]>, file: string): SqliteStatement {
  // Kysely types parameters as unknown; the tables' types let nothing else reach it than what SQLite takes.
  const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => explained(file, () => statement.all(...values(parameters))),
    run: (parameters) => explained(file, () => statement.run(...values(parameters))),
    iterate: (parameters) => explained(file, () => statement.iterate(...values(parameters))),
  };
}

class NodeSqliteDriver extends SqliteDriver {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync, adapted: SqliteDatabase) {
    super({ database: adapted });
    this.#database = database;
  }

  /**
   * Takes the write lock at once. A transaction that first reads and then writes would fail, without waiting, where
   * another process wrote in between.
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }

  /** On a full or failing disk SQLite has rolled back already, and would call a second time an error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

class NodeSqliteDialect extends SqliteDialect {
  readonly #driver: () => Driver;

  constructor(database: DatabaseSync, adapted: SqliteDatabase) {
    super({ database: adapted });
    this.#driver = () => new NodeSqliteDriver(database, adapted);
  }

  override createDriver(): Driver {
    return this.#driver();
  }
}

// SQLite's primary result codes, https://www.sqlite.org/rescode.html
const BUSY = 5;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** Runs `work`, and says what SQLite's error means for `file` where a user can do something about it. */
export function explained<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    switch (resultCode(error)) {
      case BUSY:
        throw new StoreError("busy", `${file} is being written by another process. Try again when that one is done.`, {
          cause: error,
        });
      case READONLY:
      case CANTOPEN:
        throw new StoreError(
          "unwritable",
          `${file} cannot be written. Give yourself write permission to it and its directory, or choose another data directory with --data.`,
          { cause: error },
        );
      case IOERR:
      case FULL:
        throw new StoreError(
          "unwritable",
          `${file} cannot be written: the disk is full or failing. Free some space, or choose another data directory with --data.`,
          { cause: error },
        );
      case CORRUPT:
      case NOTADB:
        throw new StoreError(
          "damaged",
          `${file} is not a heed database, or it is damaged. Put back a copy of it, or choose another data directory with --data.`,
          { cause: error },
        );
      default:
        throw error;
    }
  }
}

/** The primary result code of an error of node:sqlite, or undefined for any other error. */
export function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}
