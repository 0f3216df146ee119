import type { Kysely, Selectable } from "kysely";
import { Value } from "typebox/value";
import type { Phase } from "../training/journal.ts";
import { TrainingOptions } from "../training/options.ts";
import type { Claims } from "./claims.ts";
import type { Context } from "./context.ts";
import { StoreError } from "./errors.ts";
import type { Tables } from "./schema.ts";
import type { Run, Store } from "./store.ts";

/** Phases that a run is in only while a process works on it. */
const AT_WORK: ReadonlySet<Phase> = new Set(["starting", "asking", "learning", "waiting", "evaluating"]);

/** Runs that an error message names at most. */
const NAMED_RUNS = 20;

type RunMethods = Pick<
  Store,
  "createRun" | "findRun" | "listRuns" | "listDeletedRuns" | "updateStatus" | "saveEvaluation"
>;

/** With what is kept of it in other tables. */
type RunRow = Selectable<Tables["runs"]> & {
  readonly source: string | null;
  readonly forked_at: number | null;
  readonly deleted_at: number | null;
};

function selectRuns(db: Kysely<Tables>) {
  return db
    .selectFrom("runs")
    .leftJoin("forks", "forks.run", "runs.id")
    .leftJoin("deletions", "deletions.run", "runs.id")
    .selectAll("runs")
    .select(["forks.source", "forks.at_step as forked_at", "deletions.deleted_at"]);
}

export function runMethods(context: Context, claims: Claims): RunMethods {
  const { db, directory } = context;

  const toRun = async (row: RunRow): Promise<Run> => {
    // Whoever holds a run has written so; looking at the lock itself opens a file.
    const held = row.process_id !== null && (await claims.isHeld(row.id));
    const phase = !held && AT_WORK.has(row.phase) ? "stopped" : row.phase;
    // Options that this version has and an earlier one did not take their defaults.
    const options: unknown = Value.Default(TrainingOptions, JSON.parse(row.options_json));
    if (!Value.Check(TrainingOptions, options)) {
      throw new StoreError("damaged", `The options of run ${row.id} in ${directory} cannot be read. Start a new run.`);
    }
    return {
      id: row.id,
      name: row.name,
      task: row.task,
      options,
      status: { phase, steps: row.steps, labels: row.labels, waitingFor: held ? row.waiting_for : null },
      created: new Date(row.created_at),
      heedVersion: row.heed_version,
      holder: held && row.process_id !== null ? { processId: row.process_id, address: row.process_address } : null,
      question: row.question,
      // Scene and evaluation were written below from values of these types.
      scene: row.scene_json === null ? null : JSON.parse(row.scene_json),
      stepSeconds: row.step_seconds,
      evaluation: row.evaluation_json === null ? null : JSON.parse(row.evaluation_json),
      forkedFrom: row.forked_at === null ? null : { run: row.source, steps: row.forked_at },
      deleted: row.deleted_at === null ? null : new Date(row.deleted_at),
    };
  };

  const findRun = async (idOrName: string): Promise<Run> => {
    const row = await selectRuns(db)
      .where((where) => where.or([where("runs.id", "=", idOrName), where("runs.name", "=", idOrName)]))
      .executeTakeFirst();
    if (row !== undefined) return toRun(row);
    const known = await db.selectFrom("runs").select("id").orderBy("created_at", "desc").limit(NAMED_RUNS).execute();
    throw new StoreError(
      "unknown-run",
      known.length === 0
        ? `There is no run "${idOrName}" in ${directory}: there are no runs yet. Start one with "heed teach".`
        : `There is no run "${idOrName}" in ${directory}. Known runs: ${known.map((run) => run.id).join(", ")}.`,
    );
  };

  return {
    findRun,

    async createRun(run) {
      const id = await context.write(async (transaction) => {
        const id = await freeId(transaction, run.task);
        const name = run.name ?? id;
        await checkName(transaction, name);
        await transaction
          .insertInto("runs")
          .values({
            id,
            name,
            task: run.task,
            options_json: JSON.stringify(run.options),
            phase: "starting",
            steps: 0,
            labels: 0,
            waiting_for: null,
            created_at: Date.now(),
            heed_version: context.heedVersion,
            process_id: null,
            process_address: null,
            scene_json: run.scene === null ? null : JSON.stringify(run.scene),
            question: run.question,
            step_seconds: run.stepSeconds,
            evaluation_json: null,
          })
          .execute();
        return id;
      });
      return findRun(id);
    },

    async listRuns() {
      const rows = await selectRuns(db)
        .where("deletions.deleted_at", "is", null)
        .orderBy("runs.created_at", "desc")
        .orderBy("runs.id", "desc")
        .execute();
      return Promise.all(rows.map(toRun));
    },

    async listDeletedRuns() {
      const rows = await selectRuns(db)
        .where("deletions.deleted_at", "is not", null)
        .orderBy("deletions.deleted_at", "desc")
        .orderBy("runs.id", "desc")
        .execute();
      return Promise.all(rows.map(toRun));
    },

    async updateStatus(run, status) {
      await context.write((transaction) =>
        transaction
          .updateTable("runs")
          .set({ phase: status.phase, steps: status.steps, waiting_for: status.waitingFor })
          .where("id", "=", run)
          .execute(),
      );
    },

    async saveEvaluation(run, evaluation) {
      await context.write((transaction) =>
        transaction
          .updateTable("runs")
          .set({ evaluation_json: JSON.stringify(evaluation) })
          .where("id", "=", run)
          .execute(),
      );
    },
  };
}

/** The task's name and the lowest number above all that were used with it. */
async function freeId(db: Kysely<Tables>, task: string): Promise<string> {
  // A task's name should be in kebab-case already; whatever it is, the id must be fit for a file name.
  const stem =
    task
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 48) || "run";
  const taken = await db
    .selectFrom("runs")
    .select(["id", "name"])
    .where((where) => where.or([where("id", "like", `${stem}-%`), where("name", "like", `${stem}-%`)]))
    .execute();
  const numbers = taken
    .flatMap((run) => [run.id, run.name])
    .map((name) => (name.startsWith(`${stem}-`) ? Number(name.slice(stem.length + 1)) : 0))
    .filter((number) => Number.isSafeInteger(number));
  return `${stem}-${Math.max(0, ...numbers) + 1}`;
}

async function checkName(db: Kysely<Tables>, name: string): Promise<void> {
  if (!/^[^\p{Cc}\p{Cs}]{1,64}$/u.test(name) || name.trim() !== name) {
    throw new StoreError(
      "bad-name",
      `${JSON.stringify(name)} cannot be the name of a run. Use 1 to 64 printable characters, with no space around them.`,
    );
  }
  const other = await db
    .selectFrom("runs")
    .select("id")
    .where((where) => where.or([where("id", "=", name), where("name", "=", name)]))
    .executeTakeFirst();
  if (other !== undefined) {
    throw new StoreError(
      "bad-name",
      `There is a run named "${name}" already (${other.id}). Go on with it ("heed resume ${other.id}") or choose another name.`,
    );
  }
}
