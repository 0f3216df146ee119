// The server's interface in memory, with made-up clips, so that the page is tested without training. Its faults are
// switches: it can be slow, refuse, and go away and come back with what it has acknowledged.
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { Value } from "typebox/value";
import { type Answer, isStrip, type Kind, KINDS } from "../../src/feedback/judgement.ts";
import type { QueryView } from "../../src/server/api.ts";
import type { Metrics, Status } from "../../src/training/journal.ts";
import { TrainingOptions } from "../../src/training/options.ts";
import type { RunSummary } from "../../src/server/runs-api.ts";
import { FAKE_SCENE, fakeClip } from "./fake-clips.ts";
import { FakePast } from "./fake-past.ts";

const PAGE = join(import.meta.dirname, "../../assets/web");
/** The strictest that the page works under, which is stricter than the server's. */
const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export interface FakeJudgement {
  readonly id: string;
  readonly query: number;
  readonly answer: Answer;
  readonly decisionMilliseconds?: number;
}

/** Clips that a query of each kind shows; one where it is left out. */
const CLIPS: { readonly [kind in Kind]?: number } = { comparison: 2, ranking: 4 };
/** Ids of each kind begin where the kind stands in the list, times this: query 1 is a comparison, 2001 a rating. */
const IDS_PER_KIND = 1_000;

/** The id of a kind's first query, from which the others count up. */
export function firstQuery(kind: Kind): number {
  return KINDS.indexOf(kind) * IDS_PER_KIND + 1;
}

function kindOf(query: number): Kind {
  return KINDS[Math.floor(query / IDS_PER_KIND)];
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export class FakeServer {
  /** Judgements that count, oldest first. */
  readonly judgements: FakeJudgement[] = [];
  /** Every POST and DELETE that arrived, as "METHOD path", and every judgement body as it came. */
  readonly received: string[] = [];
  readonly bodies: FakeJudgement[] = [];
  /** Answers are carried out but the reply is cut off: what a lost acknowledgement looks like. */
  loseReplies = false;
  /** Queries that are refused with 409, with the sentence. */
  readonly refuse = new Map<number, string>();
  run = {
    id: "r1",
    name: "hopper-backflip-1",
    task: "hopper-backflip",
    question: "Which clip is closer to a clean backflip?",
    teacher: "person" as "person" | "simulated",
    labelsWanted: 900,
    stepsWanted: 1_000_000,
    stepsPerLabel: 5_000,
    stepSeconds: 0.008,
    live: true,
    answerTo: null as string | null,
    version: "0.1.0",
  };
  status: Status = { phase: "learning", steps: 128_000, labels: 0, waitingFor: null };
  metrics: Metrics[] = [];
  open: number[] = [];
  /** What is looked back at: the agent's history, its clips by predicted reward, and answers of earlier days. */
  readonly past = new FakePast();
  /** How many queries of a kind were asked for. */
  readonly #asked = new Map<Kind, number>();
  readonly #takenBack = new Set<string>();
  readonly #listeners = new Set<ServerResponse>();
  #server: Server | null = null;
  #port = 0;
  #gate: Promise<void> = Promise.resolve();

  constructor(queries = 12) {
    this.open = Array.from({ length: queries }, (_, index) => index + 1);
    for (let i = 0; i <= 60; i++) this.metrics.push(line(i));
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts, the second time on the same port. */
  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    // A listening TCP server's address is this kind.
    this.#port = (server.address() as AddressInfo).port;
  }

  /** From now on POST and DELETE wait until the function that comes back is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return resolve;
  }

  /** Goes away at once, as if killed. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    this.#listeners.clear();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  send(name: "status" | "metrics" | "agent" | "queries" | "history", data: unknown): void {
    for (const listener of this.#listeners) listener.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  setStatus(status: Partial<Status>): void {
    this.status = { ...this.status, ...status };
    this.send("status", this.status);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.address);
    response.setHeader("content-security-policy", POLICY);
    response.setHeader("x-content-type-options", "nosniff");
    if (!pathname.startsWith("/api/")) return sendFile(pathname, response);
    if (pathname === `/api/runs/${this.run.id}/events`) return this.#listen(response);
    const body = await text(request);
    const changes = request.method !== "GET";
    if (changes) {
      this.received.push(`${request.method} ${pathname}`);
      await this.#gate;
    }
    const reply = this.#reply(`${request.method} ${pathname}`, searchParams, body);
    // Who asked may be gone.
    if (request.socket.destroyed) return;
    if (changes && this.loseReplies) return void request.socket.destroy();
    response.writeHead(reply.status, { "content-type": "application/json" }).end(JSON.stringify(reply.body));
  }

  #listen(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(`event: status\ndata: ${JSON.stringify(this.status)}\n\n`);
    this.#listeners.add(response);
    response.on("close", () => this.#listeners.delete(response));
  }

  #reply(what: string, parameters: URLSearchParams, body: string): Reply {
    if (what === "GET /api/runs")
      return ok({ current: this.run.id, runs: [this.#summary()], deleted: [], mayManage: true });
    const run = `/api/runs/${this.run.id}`;
    if (what === `GET ${run}`) return ok({ ...this.run, scene: FAKE_SCENE, status: this.status });
    if (what === `GET ${run}/queries`) {
      const kind = parameters.get("kind");
      const open = this.open.filter((id) => kind === null || kindOf(id) === kind);
      const ids = open.slice(0, Number(parameters.get("limit") ?? 3));
      const have = (parameters.get("have") ?? "").split(",").map(Number);
      return ok({ ids, queries: ids.filter((id) => !have.includes(id)).map(query) });
    }
    if (what === `POST ${run}/queries`) return this.#ask(JSON.parse(body));
    if (what === `POST ${run}/pause`) return this.#turn("stopped", "This run is over.");
    if (what === `POST ${run}/resume`) return this.#turn("learning", null);
    if (what === `GET ${run}/metrics`) return ok({ metrics: this.metrics });
    if (what === `GET ${run}/agent`) return ok({ clip: fakeClip(0.5, 1.2) });
    if (what === `GET ${run}/judgements/last`) return ok({ judgement: this.judgements.at(-1) ?? null });
    if (what === `POST ${run}/judgements`) return this.#judge(JSON.parse(body));
    const past = this.past.reply(what.replace(run, ""), parameters, body);
    if (past !== null) return past;
    const id = what.startsWith(`DELETE ${run}/judgements/`) ? what.split("/").at(-1) : undefined;
    return id === undefined ? problem(404, "There is nothing at this address.") : this.#takeBack(id);
  }

  #summary(): RunSummary {
    const { id, name, task, teacher, labelsWanted, stepsWanted, stepsPerLabel, live } = this.run;
    const options: unknown = Value.Default(TrainingOptions, {
      task,
      teacher,
      labels: labelsWanted,
      steps: stepsWanted,
      stepsPerLabel,
      workers: 2,
    });
    Value.Assert(TrainingOptions, options);
    return {
      id,
      name,
      task,
      options,
      live,
      created: "2026-11-23T12:05:00.000Z",
      status: this.status,
      address: null,
      problem: null,
      evaluation: null,
      forkedFrom: null,
      deleted: null,
      actions: ["pause", "fork", "delete"],
    };
  }

  #turn(phase: Status["phase"], answerTo: string | null): Reply {
    this.run = { ...this.run, live: answerTo === null, answerTo };
    this.setStatus({ phase });
    return ok(this.#summary());
  }

  #ask({ kind, count }: { readonly kind: Kind; readonly count: number }): Reply {
    const before = this.#asked.get(kind) ?? 0;
    this.#asked.set(kind, before + count);
    for (let i = 0; i < count; i++) this.open.push(firstQuery(kind) + before + i);
    this.send("queries", { open: this.open.length });
    return ok({ open: this.open.filter((id) => kindOf(id) === kind).length });
  }

  #judge(judgement: FakeJudgement): Reply {
    this.bodies.push(judgement);
    const refusal = this.refuse.get(judgement.query);
    if (refusal !== undefined) {
      this.open = this.open.filter((id) => id !== judgement.query);
      return problem(409, refusal);
    }
    const known = this.judgements.some(({ id }) => id === judgement.id);
    if (!known) {
      if (this.#takenBack.has(judgement.id)) return problem(409, "This judgement was taken back.");
      if (!this.open.includes(judgement.query)) return problem(409, `Query ${judgement.query} was answered already.`);
      this.judgements.push(judgement);
      this.open = this.open.filter((id) => id !== judgement.query);
      this.setStatus({ labels: this.judgements.length });
    }
    return { status: known ? 200 : 201, body: { id: judgement.id, labels: this.judgements.length } };
  }

  #takeBack(id: string): Reply {
    const index = this.judgements.findIndex((judgement) => judgement.id === id);
    if (index < 0) return problem(404, "There is no such judgement.");
    const [judgement] = this.judgements.splice(index, 1);
    this.#takenBack.add(id);
    this.open.unshift(judgement.query);
    this.setStatus({ labels: this.judgements.length });
    return ok({ labels: this.judgements.length, query: query(judgement.query) });
  }
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function problem(status: number, message: string): Reply {
  return { status, body: { error: { message } } };
}

function query(id: number): QueryView {
  const kind = kindOf(id);
  const count = CLIPS[kind] ?? 1;
  const strip = isStrip(kind);
  return {
    id,
    kind,
    selection: "random",
    atStep: 1_000 * id,
    clips: Array.from({ length: count }, (_, index) => ({
      // A strip shows six windows, one after the other.
      segments: Array.from({ length: strip ? 6 : 1 }, (_, window) => 10 * id + index + window),
      steps: 94,
      // Nearly on the spot, so that the camera stands still and only the bodies move.
      ...fakeClip(index === 0 ? (id % 3) * 0.5 : 1 - ((id + index) % 3) * 0.4, index * 0.3),
    })),
  };
}

function line(index: number): Metrics {
  return {
    steps: 2_000 + index * 2_100,
    labels: index,
    seconds: index,
    stepsPerSecond: 8_200 + 40 * (index % 7),
    rewardAccuracy: 0.5 + 0.3 * (1 - Math.exp(-index / 20)),
    rewardLoss: 0.6,
    rewardHeldOutLoss: 0.62,
    disagreement: 0.1,
    predictedReward: index < 3 ? null : 1.4 * (1 - Math.exp(-index / 25)) + 0.08 * Math.sin(index),
    trueReturn: null,
    policyEntropy: 3,
    policyDivergence: 0.01,
    explainedVariance: 0.5,
    diverged: 0,
  };
}

async function text(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

async function sendFile(pathname: string, response: ServerResponse): Promise<void> {
  const file = pathname === "/" ? "index.html" : pathname;
  try {
    const content = await readFile(join(PAGE, file));
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(content);
  } catch {
    response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.");
  }
}
