// What the page knows of the run, and what a person can do to it. Views read the signals and call the methods.
import { signal } from "@preact/signals";
import type { Answer, Kind } from "../../src/feedback/judgement.ts";
import type * as api from "../../src/server/api.ts";
import type { RunsView } from "../../src/server/runs-api.ts";
import type { Metrics, Status } from "../../src/training/journal.ts";
import { decodeClip, type PlayableClip } from "../clips/clip.ts";
import { listen } from "./events.ts";
import { annotatorPart, withAnnotator } from "./me.ts";
import { browserStorage, type Entry, Outbox } from "./outbox.ts";
import { decodeQuestion, type Question } from "./question.ts";
import { Queue } from "./queue.ts";
import { Refusal, request, Unreachable } from "./request.ts";

const MOST_METRICS = 1_000;
const REFRESH_PAUSE = 1_000;

export class Session {
  readonly run = signal<api.RunView | null>(null);
  readonly status = signal<Status | null>(null);
  /** Whether the server has said that it has no such run. */
  readonly missing = signal(false);
  /** Null until the first contact. */
  readonly connected = signal<boolean | null>(null);
  readonly queue = new Queue({
    list: (kind, limit, known) => this.#listQuestions(kind, limit, known),
    ask: (kind, count) => request("POST", this.path("/queries"), { kind, count }),
    pending: () => this.pending.peek(),
  });
  readonly agent = signal<PlayableClip | null>(null);
  readonly metrics = signal<readonly Metrics[]>([]);
  /** Counts up whenever one more moment of the agent has been remembered. */
  readonly remembered = signal(0);
  /** Things done that the server has not acknowledged. */
  readonly pending = signal(0);
  /** Who answers here, as the server knows them. */
  readonly person = signal("person");
  /** What happened last, in a sentence. */
  readonly notice = signal("");

  /** The id of the run that the page is about. */
  #id: string | null = null;
  #stopListening = (): void => {};
  /** By run: what was answered in one goes on being sent while the page is about another. */
  readonly #outboxes = new Map<string, Outbox>();
  /** Answers that can be taken back, the last one last; the question is null where only its number is known. */
  #given: { readonly id: string; readonly query: number; readonly question: Question | null }[] = [];

  /** Opens the run that the server puts first, or else the newest. Gives back its id, or null where there is none. */
  async start(): Promise<string | null> {
    for (;;) {
      try {
        const { current, runs } = await request<RunsView>("GET", "/runs");
        const id = current ?? runs.at(0)?.id ?? null;
        if (id !== null) this.open(id);
        else this.connected.value = true;
        return id;
      } catch (error) {
        if (error instanceof Refusal) this.notice.value = error.message;
        this.connected.value = false;
        await new Promise((resolve) => setTimeout(resolve, REFRESH_PAUSE));
      }
    }
  }

  /** Makes the page about this run. */
  open(id: string): void {
    if (id === this.#id) return;
    this.#stopListening();
    this.#id = id;
    this.#given = [];
    this.queue.clear();
    this.run.value = null;
    this.status.value = null;
    this.connected.value = null;
    this.missing.value = false;
    this.agent.value = null;
    this.metrics.value = [];
    this.pending.value = 0;
    this.notice.value = "";
    this.#stopListening = listen(id, {
      opened: () => void this.#refresh(id),
      lost: () => void this.#lost(id),
      received: (name, data) => this.#receive(name, data),
    });
  }

  get #outbox(): Outbox | null {
    return this.run.peek() === null || this.#id === null ? null : (this.#outboxes.get(this.#id) ?? null);
  }

  /** Answers the question on the screen and brings up the next at once. `told` says what was answered, in a sentence. */
  answer(answer: Answer, decisionMilliseconds: number | null, told: string): void {
    const run = this.run.peek();
    const question = this.queue.first;
    const outbox = this.#outbox;
    if (run === null || run.answerTo !== null || question === undefined || outbox === null) return;
    const id = crypto.randomUUID();
    const judgement = { id, query: question.query, answer, ...annotatorPart(this.person.peek()) };
    this.#given.push({ id, query: question.query, question });
    this.notice.value = told;
    outbox.add({
      kind: "judge",
      judgement: decisionMilliseconds === null ? judgement : { ...judgement, decisionMilliseconds },
    });
    this.queue.answered(question.query);
  }

  /** Takes back the last answer, this page's or, after a reload, the one that the server holds. */
  async takeBack(): Promise<void> {
    const outbox = this.#outbox;
    if (this.run.peek()?.answerTo !== null || outbox === null) return;
    const id = this.#id;
    const last = this.#given.pop() ?? (await this.#lastOnServer(outbox));
    if (last === null || this.#id !== id) return;
    this.queue.reopen(last.query, last.question);
    this.notice.value = "Taken back. Here it is again.";
    outbox.add({ kind: "take-back", id: last.id });
  }

  async #lastOnServer(outbox: Outbox): Promise<{ id: string; query: number; question: null } | null> {
    try {
      await outbox.emptied();
      const { judgement } = await request<api.LastJudgementView>(
        "GET",
        withAnnotator(this.path("/judgements/last"), this.person.peek()),
      );
      if (judgement !== null) return { id: judgement.id, query: judgement.query, question: null };
      this.notice.value = "There is no answer to take back.";
    } catch {
      this.notice.value = "The last answer cannot be taken back until the server can be reached.";
    }
    return null;
  }

  /** Where the questions that were handed out here are kept or given back; null where nobody is asked anything. */
  leases(): string | null {
    if (this.run.peek()?.answerTo !== null || this.connected.peek() !== true) return null;
    return withAnnotator(this.path("/leases"), this.person.peek());
  }

  /** An address of the run that the page is about. */
  path(rest: string, id: string | null = this.#id): string {
    return `/runs/${encodeURIComponent(id ?? "")}${rest}`;
  }

  async #refresh(id: string | null = this.#id): Promise<void> {
    try {
      const run = await request<api.RunView>("GET", this.path("", id));
      if (id !== this.#id) return;
      const before = this.run.peek();
      // The page of another version is served here now: begin afresh. What was not sent is kept.
      if (before !== null && before.version !== run.version) return location.reload();
      // The scene stays the same object, so that the views keep what they made of it.
      this.run.value = before?.scene ? { ...run, scene: before.scene } : run;
      this.status.value = run.status;
      this.connected.value = true;
      this.missing.value = false;
      if (before === null) this.#takeUp(run.id);
      for (const outbox of this.#outboxes.values()) outbox.retryNow();
      this.queue.load();
      const { metrics } = await request<api.MetricsView>("GET", this.path("/metrics", id));
      if (id === this.#id) this.metrics.value = metrics;
      const { clip } = await request<api.AgentView>("GET", this.path("/agent", id));
      if (id === this.#id) this.#showAgent(clip);
    } catch (error) {
      if (id !== this.#id) return;
      if (error instanceof Refusal) this.notice.value = error.message;
      else setTimeout(() => void this.#refresh(id), REFRESH_PAUSE);
    }
  }

  /** A stream does not say why it ended or does not open: there may be no such run. */
  async #lost(id: string): Promise<void> {
    this.connected.value = false;
    try {
      await request<api.RunView>("GET", this.path("", id));
    } catch (error) {
      if (id !== this.#id || !(error instanceof Refusal) || error.status !== 404) return;
      // A server that came back with other runs shows its own.
      if (this.run.peek() !== null) return void (await this.start());
      this.missing.value = true;
      this.notice.value = error.message;
    }
  }

  /** Opens the run's outbox, or takes it up again, and knows from it what was done here before. */
  #takeUp(run: string): void {
    const outbox =
      this.#outboxes.get(run) ??
      new Outbox(run, browserStorage(), {
        send: (entry) => this.#send(run, entry),
        refused: (entry, reason) => this.#refused(run, entry, reason),
        changed: (pending) => {
          if (run === this.#id) this.pending.value = pending;
        },
      });
    this.#outboxes.set(run, outbox);
    this.pending.value = outbox.entries.length;
    for (const entry of outbox.entries) {
      if (entry.kind === "judge") {
        this.queue.answered(entry.judgement.query);
        this.#given.push({ id: entry.judgement.id, query: entry.judgement.query, question: null });
      } else {
        for (const { query } of this.#given.filter(({ id }) => id === entry.id)) this.queue.reopen(query, null);
        this.#given = this.#given.filter(({ id }) => id !== entry.id);
      }
    }
  }

  async #send(run: string, entry: Entry): Promise<void> {
    // A server that comes back may hold other runs; whether it has this one is asked first.
    if (run !== this.#id) await this.#mustKnow(run);
    else if (this.connected.peek() !== true) throw new Unreachable("The server is away.");
    const status = this.status.peek();
    if (entry.kind === "judge") {
      const { labels } = await request<api.JudgedView>("POST", this.path("/judgements", run), entry.judgement);
      if (status !== null && run === this.#id) this.status.value = { ...status, labels };
      return;
    }
    const path = this.path(`/judgements/${encodeURIComponent(entry.id)}`, run);
    const { labels, query } = await request<api.TakenBackView>("DELETE", path);
    if (run !== this.#id) return;
    if (status !== null) this.status.value = { ...status, labels };
    const scene = this.run.peek()?.scene;
    // The person may have answered it again while this was under way.
    if (scene && !this.queue.isAnswered(query.id)) this.queue.reopen(query.id, decodeQuestion(query, scene));
  }

  async #mustKnow(run: string): Promise<void> {
    try {
      await request<api.RunView>("GET", this.path("", run));
    } catch (cause) {
      throw new Unreachable("The server has no such run now.", { cause });
    }
  }

  #refused(run: string, entry: Entry, reason: string): void {
    if (run !== this.#id) return;
    const id = entry.kind === "judge" ? entry.judgement.id : entry.id;
    this.#given = this.#given.filter((given) => given.id !== id);
    this.notice.value = entry.kind === "judge" ? `Your answer does not count: ${reason}` : `Not taken back: ${reason}`;
    this.queue.forgetReopened();
  }

  #receive(name: string, data: unknown): void {
    // The server makes events by the same types.
    if (name === "status") this.#follow(data as Status);
    else if (name === "metrics") this.metrics.value = thinned([...this.metrics.peek(), data as Metrics]);
    else if (name === "agent") this.#showAgent(data as api.PosesView);
    else if (name === "queries") this.queue.load();
    else if (name === "history") this.remembered.value += 1;
  }

  #follow(status: Status): void {
    const before = this.status.peek();
    const turned = status.phase !== before?.phase;
    this.status.value = status;
    const run = this.run.peek();
    if (!turned || run === null) return;
    // A run that has just begun has no scene yet; one that is over takes no more answers, until it is resumed.
    if (run.scene === null || isOver(status) || (before !== null && isOver(before))) void this.#refresh();
  }

  #showAgent(clip: api.PosesView | null): void {
    const scene = this.run.peek()?.scene;
    if (clip !== null && scene) this.agent.value = decodeClip(clip, scene);
  }

  async #listQuestions(
    kind: Kind,
    limit: number,
    known: ReadonlyMap<number, Question>,
  ): Promise<readonly Question[] | null> {
    const run = this.run.peek();
    const id = this.#id;
    if (run === null || run.answerTo !== null || run.scene === null) return null;
    const { scene } = run;
    const have = [...known.keys()].join(",");
    const path = this.path(`/queries?kind=${kind}&limit=${limit}${have === "" ? "" : `&have=${have}`}`);
    const { ids, queries } = await request<api.QueriesView>("GET", withAnnotator(path, this.person.peek()));
    if (id !== this.#id) return null;
    const questions = new Map(queries.map((query) => [query.id, decodeQuestion(query, scene)]));
    return ids.flatMap((query) => known.get(query) ?? questions.get(query) ?? []);
  }
}

function isOver({ phase }: Status): boolean {
  return phase === "finished" || phase === "stopped" || phase === "failed";
}

/** Every other of the older lines goes once there are too many; the curve keeps its shape and its end. */
function thinned(metrics: readonly Metrics[]): readonly Metrics[] {
  if (metrics.length <= MOST_METRICS) return metrics;
  return metrics.filter((_, index) => index % 2 === 0 || index > metrics.length - 50);
}
