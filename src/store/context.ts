// What the parts of the store share.
import type { Kysely, Transaction } from "kysely";
import { InOrder } from "./in-order.ts";
import type { Tables } from "./schema.ts";

/**
 * The writes to each database file of this process, one after the other. A second store on the same file would
 * otherwise block the thread on a lock that only this thread can release.
 */
const writesByFile = new Map<string, InOrder>();

export function writesTo(file: string): InOrder {
  const writes = writesByFile.get(file) ?? new InOrder();
  writesByFile.set(file, writes);
  return writes;
}

export class Context {
  readonly db: Kysely<Tables>;
  readonly directory: string;
  readonly heedVersion: string;
  readonly #writes: InOrder;

  constructor(db: Kysely<Tables>, writes: InOrder, directory: string, heedVersion: string) {
    this.db = db;
    this.#writes = writes;
    this.directory = directory;
    this.heedVersion = heedVersion;
  }

  /** Runs `work` in a transaction of its own, after those of all earlier calls. */
  write<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#writes.add(() => this.db.transaction().execute(work));
  }

  /** Resolves when the writes asked for so far are done. */
  idle(): Promise<void> {
    return this.#writes.idle();
  }
}
