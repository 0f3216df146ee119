// What the parts of the store share.
import type { Kysely, Transaction } from "kysely";
import { InOrder } from "./in-order.ts";
import type { Tables } from "./schema.ts";

export class Context {
  readonly db: Kysely<Tables>;
  readonly directory: string;
  readonly heedVersion: string;
  readonly #writes = new InOrder();

  constructor(db: Kysely<Tables>, directory: string, heedVersion: string) {
    this.db = db;
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
