// Hands queries out to people, and sees to it that some are asked of two.
import type { Kind } from "../feedback/judgement.ts";
import type { Store } from "../store/store.ts";
import { Leases } from "./leases.ts";

/** Share of queries that are asked of a second person where there are several. */
export const TWICE = 0.1;

/** Multiples of it modulo 1 fall evenly: of any few queries in a row, the share asked twice is about the wanted one. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

export class Desk {
  readonly #store: Pick<Store, "queue">;
  readonly #twice: number;
  readonly #leases = new Map<string, Leases>();

  /** @param twice share of queries, 0 to 1, that a second person is asked too */
  constructor(store: Pick<Store, "queue">, twice: number) {
    this.#store = store;
    this.#twice = twice;
  }

  /** Ids of up to `limit` queries for this person, theirs for a while, in the order in which they are to be answered. */
  async handOut(run: string, person: string, limit: number, kind?: Kind): Promise<readonly number[]> {
    const queue = await this.#store.queue(run, person, kind);
    return this.leases(run).take(person, queue, limit);
  }

  /** Whether this query, which the person answers now, is to be asked of somebody else too. */
  wantsSecondOpinion(run: string, query: number, person: string): boolean {
    return (query * GOLDEN) % 1 < this.#twice && this.leases(run).othersThan(person);
  }

  leases(run: string): Leases {
    const leases = this.#leases.get(run) ?? new Leases();
    this.#leases.set(run, leases);
    return leases;
  }
}
