import { join, resolve } from "node:path";
import { Kysely } from "kysely";
import { answerMethods } from "./answers.ts";
import { Checkpoints } from "./checkpoints.ts";
import { Claims } from "./claims.ts";
import { Context, writesTo } from "./context.ts";
import { deletionMethods } from "./deletion.ts";
import { makeDirectory } from "./directory.ts";
import { StoreError } from "./errors.ts";
import { exportMethods } from "./export.ts";
import { forkMethods } from "./fork.ts";
import { historyMethods } from "./history.ts";
import { judgementMethods } from "./judgements.ts";
import { Log } from "./log.ts";
import { metricsMethods } from "./metrics.ts";
import { opinionMethods } from "./opinions.ts";
import { peopleMethods } from "./people.ts";
import { resumeMethods } from "./resume.ts";
import { runMethods } from "./runs.ts";
import { segmentMethods } from "./segments.ts";
import { volunteerMethods } from "./volunteer.ts";
import { prepareSchema, type Tables } from "./schema.ts";
import { openSqlite, sqliteDialect } from "./sqlite.ts";
import type { Store } from "./store.ts";

/**
 * Opens a data directory, which is made where there is none. `heedVersion` is this program's version, kept with what it
 * writes. Throws a StoreError where the directory cannot be written (`unwritable`), was written by a newer heed
 * (`newer`), or its database is damaged or another program's (`damaged`).
 */
export async function openStore(directory: string, heedVersion: string): Promise<Store> {
  const absolute = resolve(directory);
  makeDataDirectory(absolute);
  const file = join(absolute, "heed.sqlite");
  const database = openSqlite(file);
  const writes = writesTo(file);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database, file) });
  try {
    await writes.add(() => prepareSchema(database, db, file, heedVersion));
  } catch (error) {
    database.close();
    throw error;
  }
  const log = new Log(file);
  return assemble(new Context(db, writes, log, absolute, heedVersion), log);
}

function assemble(context: Context, log: Log): Store {
  const claims = new Claims(context);
  const checkpoints = new Checkpoints(context);
  const runs = runMethods(context, claims);
  const deletions = deletionMethods(context, claims);
  return {
    directory: context.directory,
    heedVersion: context.heedVersion,
    ...runs,
    ...claims.methods(),
    ...judgementMethods(context),
    ...volunteerMethods(context),
    ...segmentMethods(context),
    ...exportMethods(context),
    ...metricsMethods(context),
    ...historyMethods(context),
    ...answerMethods(context),
    ...opinionMethods(context),
    ...peopleMethods(context),
    ...checkpoints.methods(),
    ...resumeMethods(context, checkpoints, runs),
    ...deletions,
    ...forkMethods(context, checkpoints, runs, deletions),
    async close() {
      await checkpoints.idle();
      await context.idle();
      await claims.releaseAll();
      await log.close();
      await context.db.destroy();
    },
  };
}

function makeDataDirectory(directory: string): void {
  try {
    makeDirectory(directory);
  } catch (cause) {
    throw new StoreError(
      "unwritable",
      `The data directory ${directory} cannot be made: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        "Choose another one with --data.",
      { cause },
    );
  }
}
