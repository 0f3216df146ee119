// Who is looking at which open query, so that two people do not answer the same one by accident. A lease is a courtesy,
// not a right: it only steers what is handed out, and an answer counts without one.

/** Milliseconds that a query is kept for a person from when they last showed that they are there. */
export const LEASE = 60_000;

interface Lease {
  readonly person: string;
  until: number;
}

/** The leases on one run's queries. They live in memory: after a restart everybody asks anew. */
export class Leases {
  readonly #now: () => number;
  readonly #byQuery = new Map<number, Lease>();
  readonly #byPerson = new Map<string, Set<number>>();
  /** Until when everybody is taken to be there. */
  readonly #there = new Map<string, number>();

  /** @param now milliseconds of a clock that never jumps, unlike the time of day */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * Up to `limit` of the open queries for this person, leased to them from now: first what they hold already, so that
   * what is on their screen stays there, then what nobody holds, in the order given. What they held and do not get again
   * is free.
   * @param open ids of the queries that the person may answer, in the order in which they are to be answered
   */
  take(person: string, open: readonly number[], limit: number): number[] {
    const now = this.#now();
    const held: number[] = [];
    const free: number[] = [];
    for (const query of open) {
      const holder = this.#holder(query, now);
      if (holder === person) held.push(query);
      else if (holder === undefined && free.length < limit) free.push(query);
    }
    const taken = new Set([...held, ...free].slice(0, limit));
    this.release(person);
    this.#there.set(person, this.#now() + LEASE);
    for (const query of taken) this.#give(person, query);
    return open.filter((query) => taken.has(query));
  }

  /** The person is still there: what they hold stays theirs. Returns how many queries that is. */
  renew(person: string): number {
    const until = this.#now() + LEASE;
    this.#there.set(person, until);
    let held = 0;
    for (const query of this.#byPerson.get(person) ?? []) {
      const lease = this.#byQuery.get(query);
      // One that ran out may be somebody else's by now, or nobody's.
      if (lease === undefined || this.#holder(query) !== person) continue;
      lease.until = until;
      held += 1;
    }
    return held;
  }

  /** Frees one query, or all that the person holds, who has left. */
  release(person: string, query?: number): void {
    if (query === undefined) this.#there.delete(person);
    const own = this.#byPerson.get(person);
    if (own === undefined) return;
    for (const id of query === undefined ? [...own] : [query]) this.#drop(person, id);
  }

  /** What this person took back, or looks at for another reason, is theirs unless somebody holds it. */
  hold(person: string, query: number): void {
    if (this.#holder(query) === undefined) this.#give(person, query);
  }

  /** Whether anybody but this person was there within the last minute and did not leave. */
  othersThan(person: string): boolean {
    for (const [other, until] of this.#there) {
      if (until <= this.#now()) this.#there.delete(other);
      else if (other !== person) return true;
    }
    return false;
  }

  #holder(query: number, now: number = this.#now()): string | undefined {
    const lease = this.#byQuery.get(query);
    if (lease === undefined) return undefined;
    if (lease.until > now) return lease.person;
    this.#drop(lease.person, query);
    return undefined;
  }

  #give(person: string, query: number): void {
    this.#byQuery.set(query, { person, until: this.#now() + LEASE });
    const own = this.#byPerson.get(person);
    if (own === undefined) this.#byPerson.set(person, new Set([query]));
    else own.add(query);
  }

  #drop(person: string, query: number): void {
    const own = this.#byPerson.get(person);
    if (own === undefined || !own.delete(query)) return;
    this.#byQuery.delete(query);
    if (own.size === 0) this.#byPerson.delete(person);
  }
}
