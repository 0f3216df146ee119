// One process at a time works on a run. The proof is a lock on a file that the operating system drops when the process
// ends, however it ends; a process id would prove nothing after a restart or from inside another container.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Context } from "./context.ts";
import { StoreError } from "./errors.ts";
import { explained } from "./sqlite.ts";
import type { Store } from "./store.ts";

/** Milliseconds to wait for the lock: longer than another process takes to look whether it is held. */
const PATIENCE = 500;

export class Claims {
  readonly #context: Context;
  readonly #directory: string;
  /** The open lock of each run that this store claimed. */
  readonly #locks = new Map<string, DatabaseSync>();

  constructor(context: Context) {
    this.#context = context;
    this.#directory = join(context.directory, "locks");
  }

  async isHeld(run: string): Promise<boolean> {
    if (this.#locks.has(run)) return true;
    if (!existsSync(this.#file(run))) return false;
    const lock = this.#open(run, 0);
    try {
      // Reading needs a shared lock, which an exclusive one refuses.
      lock.prepare("SELECT 1 FROM sqlite_master").all();
      return false;
    } catch {
      return true;
    } finally {
      lock.close();
    }
  }

  methods(): Pick<Store, "claim" | "announce" | "release"> {
    return {
      claim: async (run) => {
        if (this.#locks.has(run)) return;
        const lock = this.#open(run, PATIENCE);
        try {
          lock.exec("BEGIN EXCLUSIVE");
        } catch (cause) {
          lock.close();
          throw await this.#heldError(run, cause);
        }
        this.#locks.set(run, lock);
        await this.#record(run, process.pid, null);
      },
      announce: (run, address) => this.#record(run, process.pid, address),
      release: (run) => this.#release(run),
    };
  }

  async releaseAll(): Promise<void> {
    for (const run of this.#locks.keys()) await this.#release(run);
  }

  async #release(run: string): Promise<void> {
    const lock = this.#locks.get(run);
    if (lock === undefined) return;
    await this.#record(run, null, null);
    this.#locks.delete(run);
    lock.close();
  }

  async #heldError(run: string, cause: unknown): Promise<StoreError> {
    const row = await this.#context.db
      .selectFrom("runs")
      .select(["process_id", "process_address"])
      .where("id", "=", run)
      .executeTakeFirst();
    const holder = row?.process_id ? `Process ${row.process_id}` : "Another process";
    const where = row?.process_address ? `, and shows it at ${row.process_address}` : "";
    return new StoreError(
      "run-held",
      `${holder} works on run ${run} already${where}. Stop that process first, or look at the run with "heed watch ${run}".`,
      { cause },
    );
  }

  async #record(run: string, processId: number | null, address: string | null): Promise<void> {
    await this.#context.write((transaction) =>
      transaction
        .updateTable("runs")
        .set({ process_id: processId, process_address: address })
        .where("id", "=", run)
        .execute(),
    );
  }

  /** An empty SQLite database that is only ever locked: the one lock that Node offers on every system. */
  #open(run: string, timeout: number): DatabaseSync {
    return explained(this.#file(run), () => {
      mkdirSync(this.#directory, { recursive: true });
      return new DatabaseSync(this.#file(run), { timeout });
    });
  }

  #file(run: string): string {
    return join(this.#directory, `${run}.lock`);
  }
}
