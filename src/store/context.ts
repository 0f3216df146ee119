// What the parts of the store share.
import { setImmediate as turn } from "node:timers/promises";
import type { Kysely, Transaction } from "kysely";
import { InOrder } from "./in-order.ts";
import type { Log } from "./log.ts";
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

/** A write that waits for its turn. */
interface Waiting {
  /** Does it, and returns what tells whoever asked for it that the disk has it. */
  readonly attempt: (transaction: Transaction<Tables>) => Promise<() => void>;
  readonly reject: (error: unknown) => void;
}

export class Context {
  readonly db: Kysely<Tables>;
  readonly directory: string;
  readonly heedVersion: string;
  readonly #writes: InOrder;
  readonly #log: Log;
  #waiting: Waiting[] = [];

  constructor(db: Kysely<Tables>, writes: InOrder, log: Log, directory: string, heedVersion: string) {
    this.db = db;
    this.#writes = writes;
    this.#log = log;
    this.directory = directory;
    this.heedVersion = heedVersion;
  }

  /**
   * Runs `work` after that of all earlier calls, whole or not at all, and resolves when the disk has it. It may be begun
   * a second time, after the first was undone.
   */
  write<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const attempt = async (transaction: Transaction<Tables>): Promise<() => void> => {
        const result = await work(transaction);
        return () => resolve(result);
      };
      this.#waiting.push({ attempt, reject });
      if (this.#waiting.length === 1) void this.#writes.add(() => this.#writeWaiting());
    });
  }

  /**
   * Whatever is to be written now goes into one transaction: bringing it to the disk takes far longer than writing it
   * does, and many people may answer at once.
   */
  async #writeWaiting(): Promise<void> {
    // Requests that have arrived already come to their writes first.
    await turn();
    const together = this.#waiting;
    this.#waiting = [];
    const settle = await this.#commit(together);
    try {
      await this.#log.sync();
      for (const done of settle) done();
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  }

  /** Returns what tells of those that are done; whoever asked for the others has been told already. */
  async #commit(together: readonly Waiting[]): Promise<(() => void)[]> {
    const settle: (() => void)[] = [];
    try {
      await this.db.transaction().execute(async (transaction) => {
        for (const { attempt } of together) settle.push(await attempt(transaction));
      });
      return settle;
    } catch (error) {
      if (together.length === 1) {
        together[0].reject(error);
        return [];
      }
      // One of them cannot be done, and undid all; each for itself shows which.
      const each: (() => void)[] = [];
      for (const one of together) each.push(...(await this.#commit([one])));
      return each;
    }
  }

  /** Resolves when the writes asked for so far are done. */
  idle(): Promise<void> {
    return this.#writes.idle();
  }
}
