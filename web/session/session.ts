// What the page knows of the run, and what a person can do to it. Views read the signals and call the methods.
import { signal } from "@preact/signals";
import type { Scene } from "../../src/environment/scene.ts";
import type { Answer } from "../../src/feedback/judgement.ts";
import type * as api from "../../src/server/api.ts";
import type { Metrics, Status } from "../../src/training/journal.ts";
import { decodeClip, type PlayableClip } from "../clips/clip.ts";
import { listen } from "./events.ts";
import { browserStorage, type Entry, Outbox } from "./outbox.ts";
import { Refusal, request, Unreachable } from "./request.ts";

/** Two clips to compare, ready to be drawn. */
export interface Pair {
  readonly query: number;
  readonly left: PlayableClip;
  readonly right: PlayableClip;
}

/** Pairs that are kept ready behind the one on the screen. */
const PAIRS_AHEAD = 3;
const MOST_METRICS = 1_000;
const REFRESH_PAUSE = 1_000;

export class Session {
  readonly run = signal<api.RunView | null>(null);
  readonly status = signal<Status | null>(null);
  /** Null until the first contact. */
  readonly connected = signal<boolean | null>(null);
  /** The first is the one on the screen. */
  readonly pairs = signal<readonly Pair[]>([]);
  readonly agent = signal<PlayableClip | null>(null);
  readonly metrics = signal<readonly Metrics[]>([]);
  /** Things done that the server has not acknowledged. */
  readonly pending = signal(0);
  /** What happened last, in a sentence. */
  readonly notice = signal("");

  #outbox: Outbox | null = null;
  /** Queries answered on this page; the server may still list them as open. */
  readonly #answered = new Set<number>();
  /** Answers that can be taken back, the last one last; the pair is null where only its number is known. */
  #given: { readonly id: string; readonly query: number; readonly pair: Pair | null }[] = [];
  /** Pairs taken back that the server has not yet listed as open again. */
  readonly #reopened = new Map<number, Pair>();
  #loading = false;
  #loadAgain = false;

  start(): void {
    listen({
      opened: () => void this.#refresh(),
      lost: () => (this.connected.value = false),
      received: (name, data) => this.#receive(name, data),
    });
  }

  /** Answers the pair on the screen and brings up the next at once. */
  answer(answer: Answer, decisionMilliseconds: number | null): void {
    const run = this.run.peek();
    const [pair, ...rest] = this.pairs.peek();
    if (run === null || run.answerTo !== null || pair === undefined || this.#outbox === null) return;
    const id = crypto.randomUUID();
    const judgement = { id, run: run.id, query: pair.query, answer };
    this.#answered.add(pair.query);
    this.#reopened.delete(pair.query);
    this.#given.push({ id, query: pair.query, pair });
    this.pairs.value = rest;
    this.notice.value = ANSWERED[answer];
    this.#outbox.add({
      kind: "judge",
      judgement: decisionMilliseconds === null ? judgement : { ...judgement, decisionMilliseconds },
    });
    void this.#loadPairs();
  }

  /** Takes back the last answer, this page's or, after a reload, the one that the server holds. */
  async takeBack(): Promise<void> {
    const outbox = this.#outbox;
    if (this.run.peek()?.answerTo !== null || outbox === null) return;
    const last = this.#given.pop() ?? (await this.#lastOnServer(outbox));
    if (last === null) return;
    this.#answered.delete(last.query);
    if (last.pair !== null) this.#reopen(last.pair);
    this.notice.value = "Taken back. Here is the pair again.";
    outbox.add({ kind: "take-back", id: last.id });
  }

  async #lastOnServer(outbox: Outbox): Promise<{ id: string; query: number; pair: null } | null> {
    try {
      await outbox.emptied();
      const { judgement } = await request<api.LastJudgementView>("GET", "/judgements/last");
      if (judgement !== null) return { id: judgement.id, query: judgement.query, pair: null };
      this.notice.value = "There is no answer to take back.";
    } catch {
      this.notice.value = "The last answer cannot be taken back until the server can be reached.";
    }
    return null;
  }

  async #refresh(): Promise<void> {
    try {
      const run = await request<api.RunView>("GET", "/run");
      const before = this.run.peek();
      // Another run, or the page of another version, is served here now: begin afresh. What was not sent is kept.
      if (before !== null && (before.id !== run.id || before.version !== run.version)) return location.reload();
      // The scene stays the same object, so that the views keep what they made of it.
      this.run.value = before?.scene ? { ...run, scene: before.scene } : run;
      this.status.value = run.status;
      this.connected.value = true;
      this.#outbox ??= this.#openOutbox(run.id);
      this.#outbox.retryNow();
      void this.#loadPairs();
      this.metrics.value = (await request<api.MetricsView>("GET", "/metrics")).metrics;
      this.#showAgent((await request<api.AgentView>("GET", "/agent")).clip);
    } catch (error) {
      if (error instanceof Refusal) this.notice.value = error.message;
      else setTimeout(() => void this.#refresh(), REFRESH_PAUSE);
    }
  }

  #openOutbox(run: string): Outbox {
    const outbox = new Outbox(run, browserStorage(), {
      send: (entry) => this.#send(entry),
      refused: (entry, reason) => this.#refused(entry, reason),
      changed: (pending) => (this.pending.value = pending),
    });
    for (const entry of outbox.entries) {
      if (entry.kind === "judge") {
        this.#answered.add(entry.judgement.query);
        this.#given.push({ id: entry.judgement.id, query: entry.judgement.query, pair: null });
      } else {
        for (const { query } of this.#given.filter(({ id }) => id === entry.id)) this.#answered.delete(query);
        this.#given = this.#given.filter(({ id }) => id !== entry.id);
      }
    }
    return outbox;
  }

  async #send(entry: Entry): Promise<void> {
    // A server that comes back may serve another run; which one is asked first.
    if (this.connected.peek() !== true) throw new Unreachable("The server is away.");
    const status = this.status.peek();
    if (entry.kind === "judge") {
      const { labels } = await request<api.JudgedView>("POST", "/judgements", entry.judgement);
      if (status !== null) this.status.value = { ...status, labels };
      return;
    }
    const path = `/judgements/${encodeURIComponent(entry.id)}`;
    const { labels, query } = await request<api.TakenBackView>("DELETE", path);
    if (status !== null) this.status.value = { ...status, labels };
    const scene = this.run.peek()?.scene;
    // The person may have answered it again while this was under way.
    if (scene && !this.#answered.has(query.id)) this.#reopen(decodePair(query, scene));
  }

  #refused(entry: Entry, reason: string): void {
    const id = entry.kind === "judge" ? entry.judgement.id : entry.id;
    this.#given = this.#given.filter((given) => given.id !== id);
    this.#reopened.clear();
    this.notice.value = entry.kind === "judge" ? `Your answer does not count: ${reason}` : `Not taken back: ${reason}`;
    void this.#loadPairs();
  }

  #receive(name: string, data: unknown): void {
    // The server makes events by the same types.
    if (name === "status") this.#follow(data as Status);
    else if (name === "metrics") this.metrics.value = thinned([...this.metrics.peek(), data as Metrics]);
    else if (name === "agent") this.#showAgent(data as api.PosesView);
    else if (name === "queries") void this.#loadPairs();
  }

  #follow(status: Status): void {
    const turned = status.phase !== this.status.peek()?.phase;
    this.status.value = status;
    const run = this.run.peek();
    // A run that has just begun has no scene yet; one that is over takes no more answers.
    if (turned && run !== null && (run.scene === null || isOver(status))) void this.#refresh();
  }

  #showAgent(clip: api.PosesView | null): void {
    const scene = this.run.peek()?.scene;
    if (clip !== null && scene) this.agent.value = decodeClip(clip, scene);
  }

  /** Brings `pairs` in line with the open queries. One request at a time; what comes in between asks once more. */
  async #loadPairs(): Promise<void> {
    if (this.#loading) {
      this.#loadAgain = true;
      return;
    }
    this.#loading = true;
    try {
      do {
        this.#loadAgain = false;
        await this.#loadPairsOnce();
      } while (this.#loadAgain);
    } catch {
      // Whatever reopens the connection loads again.
    }
    this.#loading = false;
  }

  async #loadPairsOnce(): Promise<void> {
    const run = this.run.peek();
    if (run === null || run.answerTo !== null || run.scene === null) return;
    const { scene } = run;
    // Answers under way are still open on the server and come first in its list.
    const limit = Math.min(20, 1 + PAIRS_AHEAD + this.pending.peek());
    const { queries } = await request<api.QueriesView>("GET", `/queries?limit=${limit}`);
    const known = new Map(this.pairs.peek().map((pair) => [pair.query, pair]));
    const open = queries.filter(({ id }) => !this.#answered.has(id));
    for (const { id } of open) this.#reopened.delete(id);
    const listed = open.map((query) => known.get(query.id) ?? decodePair(query, scene));
    const pairs = [...this.#reopened.values(), ...listed];
    const [current] = this.pairs.peek();
    // What a person looks at stays where it is for as long as it is open.
    const stays = pairs.find(({ query }) => query === current?.query);
    this.pairs.value = stays === undefined ? pairs : [stays, ...pairs.filter((pair) => pair !== stays)];
  }

  /** Brings a pair to the screen that was taken back, unless it is there already. */
  #reopen(pair: Pair): void {
    if (this.pairs.peek()[0]?.query === pair.query) return;
    this.#reopened.set(pair.query, pair);
    this.pairs.value = [pair, ...this.pairs.peek().filter(({ query }) => query !== pair.query)];
  }
}

const ANSWERED: Readonly<Record<Answer, string>> = {
  left: "You preferred the left one.",
  right: "You preferred the right one.",
  equal: "You found them equally good.",
  "cannot-tell": "You could not tell.",
};

function isOver({ phase }: Status): boolean {
  return phase === "finished" || phase === "stopped" || phase === "failed";
}

function decodePair(query: api.QueryView, scene: Scene): Pair {
  return { query: query.id, left: decodeClip(query.left, scene), right: decodeClip(query.right, scene) };
}

/** Every other of the older lines goes once there are too many; the curve keeps its shape and its end. */
function thinned(metrics: readonly Metrics[]): readonly Metrics[] {
  if (metrics.length <= MOST_METRICS) return metrics;
  return metrics.filter((_, index) => index % 2 === 0 || index > metrics.length - 50);
}
