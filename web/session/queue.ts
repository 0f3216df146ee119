// The questions that are ready to be answered, in line with those that are open on the server.
import { signal } from "@preact/signals";
import type { Kind } from "../../src/feedback/judgement.ts";
import type { Question } from "./question.ts";

export interface QueuePorts {
  /** Open questions of this kind, at most `limit`; null where none can be had now. May throw. */
  list(kind: Kind, limit: number, known: ReadonlyMap<number, Question>): Promise<readonly Question[] | null>;
  /** Asks for this many more questions of this kind. May throw. */
  ask(kind: Kind, count: number): Promise<void>;
  /** Answers under way, which the server may still list as open. */
  pending(): number;
}

/** Questions that are kept ready behind the one on the screen. */
const AHEAD = 3;
const MOST_LISTED = 20;
/** Milliseconds after which questions that did not come are asked for again. */
const ASK_AGAIN = 3_000;

export class Queue {
  /** The first is the one on the screen. */
  readonly questions = signal<readonly Question[]>([]);
  /** How the person wants to answer. */
  readonly kind = signal<Kind>("comparison");
  readonly #ports: QueuePorts;
  /** Answered on this page; the server may still list them as open. */
  readonly #answered = new Set<number>();
  /** Left for others, or for later. */
  readonly #skipped = new Set<number>();
  /** Taken back, and not yet listed as open again. */
  readonly #reopened = new Map<number, Question>();
  #loading = false;
  #loadAgain = false;
  #askedAt = -Infinity;

  constructor(ports: QueuePorts) {
    this.#ports = ports;
  }

  get first(): Question | undefined {
    return this.questions.peek()[0];
  }

  /** Forgets everything, for another run. */
  clear(): void {
    this.#answered.clear();
    this.#skipped.clear();
    this.#reopened.clear();
    this.#askedAt = -Infinity;
    this.questions.value = [];
  }

  /** From now on questions of this kind come up. */
  choose(kind: Kind): void {
    if (kind === this.kind.peek()) return;
    this.kind.value = kind;
    this.#askedAt = -Infinity;
    this.#reopened.clear();
    this.questions.value = [];
    this.load();
  }

  /** The question was answered, here or on an earlier visit: it comes up no more. */
  answered(query: number): void {
    this.#answered.add(query);
    this.#leave(query);
  }

  /** Leaves the question on the screen unanswered. */
  skip(): void {
    const { first } = this;
    if (first === undefined) return;
    this.#skipped.add(first.query);
    this.#leave(first.query);
  }

  isAnswered(query: number): boolean {
    return this.#answered.has(query);
  }

  /** Its answer was taken back. Comes to the screen at once where the question itself is known. */
  reopen(query: number, question: Question | null): void {
    this.#answered.delete(query);
    if (question === null || this.first?.query === query) return;
    this.#reopened.set(query, question);
    this.questions.value = [question, ...this.questions.peek().filter((other) => other.query !== query)];
  }

  /** What is reopened only here may be wrong; the server knows. */
  forgetReopened(): void {
    this.#reopened.clear();
    this.load();
  }

  /** Brings the questions in line with the server's. One request at a time; what comes in between asks once more. */
  load(): void {
    if (this.#loading) this.#loadAgain = true;
    else void this.#loadAll();
  }

  #leave(query: number): void {
    this.#reopened.delete(query);
    this.questions.value = this.questions.peek().filter((question) => question.query !== query);
    this.load();
  }

  async #loadAll(): Promise<void> {
    this.#loading = true;
    try {
      do {
        this.#loadAgain = false;
        await this.#loadOnce();
      } while (this.#loadAgain);
    } catch {
      // Whatever reopens the connection loads again.
    }
    this.#loading = false;
  }

  async #loadOnce(): Promise<void> {
    const kind = this.kind.peek();
    const known = new Map(this.questions.peek().map((question) => [question.query, question]));
    // Answers under way are still open on the server and come first in its list.
    const limit = Math.min(MOST_LISTED, 1 + AHEAD + this.#ports.pending() + this.#skipped.size);
    const listed = await this.#ports.list(kind, limit, known);
    if (listed === null || kind !== this.kind.peek()) return;
    const open = listed.filter(({ query }) => !this.#answered.has(query) && !this.#skipped.has(query));
    for (const { query } of open) this.#reopened.delete(query);
    const questions = [...this.#reopened.values(), ...open];
    const { first } = this;
    // What a person looks at stays where it is for as long as it is open.
    const stays = questions.find(({ query }) => query === first?.query);
    this.questions.value = stays === undefined ? questions : [stays, ...questions.filter((other) => other !== stays)];
    if (open.length <= AHEAD) await this.#askFor(kind, 1 + AHEAD - open.length);
  }

  /** Comparisons come by themselves, at the pace at which the run wants answers; other kinds are asked for. */
  async #askFor(kind: Kind, count: number): Promise<void> {
    const now = performance.now();
    if (kind === "comparison" || now - this.#askedAt < ASK_AGAIN) return;
    this.#askedAt = now;
    await this.#ports.ask(kind, count);
    // The run says when it has them; this is for those that come without a word.
    setTimeout(() => this.load(), ASK_AGAIN);
  }
}
