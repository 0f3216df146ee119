// A server over a store in a directory of its own, with a run whose training only takes notes.
import { mkdirSync, writeFileSync } from "node:fs";
import { request, type IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import type { Judgement, Kind, Question } from "../src/feedback/judgement.ts";
import type { Clip } from "../src/feedback/segment.ts";
import { RunManager } from "../src/host/manager.ts";
import type { LiveEvent, LiveRun } from "../src/server/live.ts";
import type { Reach } from "../src/server/reach.ts";
import { createServer, type Server } from "../src/server/server.ts";
import { openStore } from "../src/store/open.ts";
import type { NewRun, Store } from "../src/store/store.ts";
import type { Status } from "../src/training/journal.ts";
import { scriptedTraining } from "./scripted-training.ts";
import { comparison, newRun, temporaryDirectory } from "./store-fixture.ts";

/** Where the run of a fixture is found: what its task is called makes its id. */
export const RUN = "/api/runs/hopper-backflip-1";

export class FakeRun implements LiveRun {
  now: Status = { phase: "learning", steps: 0, labels: 0, waitingFor: null };
  clip: Clip | null = null;
  readonly heard: string[] = [];
  readonly #listeners = new Set<(event: LiveEvent) => void>();

  status(): Status {
    return this.now;
  }
  agentClip(): Clip | null {
    return this.clip;
  }
  judged({ id }: Judgement): void {
    this.heard.push(`judged ${id}`);
  }
  takenBack({ id }: Judgement): void {
    this.heard.push(`taken back ${id}`);
  }
  volunteered(_question: Question, { id }: Judgement): void {
    this.heard.push(`volunteered ${id}`);
  }
  request(kind: Kind, count: number): void {
    this.heard.push(`requested ${count} ${kind}`);
  }
  weighed(weights: Readonly<Record<string, number>>): void {
    for (const [name, weight] of Object.entries(weights)) this.heard.push(`weighed ${name} ${weight.toFixed(2)}`);
  }
  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** Manages the runs of a store, one of which takes notes only. */
export class FakeDirectory extends RunManager {
  readonly #run: string;
  readonly #live: LiveRun;

  constructor(store: Store, run: string, live: LiveRun) {
    super({ store, launch: scriptedTraining() });
    this.#run = run;
    this.#live = live;
  }

  override live(run: string): LiveRun | null {
    return run === this.#run ? this.#live : super.live(run);
  }
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Serving extends AsyncDisposable {
  readonly store: Store;
  readonly run: string;
  readonly live: FakeRun;
  readonly server: Server;
  readonly directory: string;
  /** What the server reported as a fault of its own. */
  readonly faults: Error[];
  /** A request over a socket, with exactly these headers. */
  ask(
    method: string,
    path: string,
    more?: { body?: string | Buffer; headers?: Record<string, string> },
  ): Promise<Answered>;
}

/** Serves a run with `queries` open queries. `watch` serves it as a process would that does not train it. */
export async function serve(
  options: { queries?: number; watch?: boolean; run?: Partial<NewRun>; reach?: Reach; twice?: number } = {},
): Promise<Serving> {
  const directory = temporaryDirectory();
  const webRoot = join(directory.path, "web");
  mkdirSync(webRoot);
  writeFileSync(join(webRoot, "index.html"), "<!doctype html><title>heed</title>");
  const store = await openStore(directory.path, "0.1.0");
  const { id: run } = await store.createRun(newRun(options.run));
  await store.claim(run);
  for (let id = 1; id <= (options.queries ?? 0); id++) await store.ask(run, comparison(id));
  const live = new FakeRun();
  const faults: Error[] = [];
  const server = await createServer({
    store,
    runs: options.watch === true ? new RunManager({ store }) : new FakeDirectory(store, run, live),
    current: run,
    webRoot,
    port: 0,
    reach: options.reach,
    twice: options.twice,
    onError: (error) => faults.push(error),
  });
  return {
    store,
    run,
    live,
    server,
    directory: directory.path,
    faults,
    ask: (method, path, more = {}) => askOverSocket(server.port, method, path, more),
    async [Symbol.asyncDispose]() {
      await server.close();
      await store.close();
      directory[Symbol.dispose]();
    },
  };
}

function askOverSocket(
  port: number,
  method: string,
  path: string,
  { body, headers = {} }: { body?: string | Buffer; headers?: Record<string, string> },
): Promise<Answered> {
  // Node's client would send the body of a DELETE without saying how long it is.
  const json =
    body === undefined ? {} : { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: "127.0.0.1", port, method, path, headers: { ...json, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}
