// Somebody who answers every pair the moment it is there, and whose connection is not always good.
import { Agent, request } from "node:http";
import { Random } from "../../src/environment/random.ts";
import type { QueriesView } from "../../src/server/api.ts";

/** Milliseconds between two looks where nothing is open. */
const LOOK_EVERY = 50;
/** Pairs that are kept ready, as the page does. */
const AHEAD = 4;
/** Share of answers whose connection breaks before they are acknowledged, and of those sent twice for no reason. */
const BROKEN = 0.02;
const REPEATED = 0.02;

export interface Answers {
  /** Ids of the judgements that the server acknowledged. */
  readonly acknowledged: string[];
  /** Milliseconds from the answer to the next pair, where there was one. */
  readonly waits: number[];
  /** Answers to what somebody else answered in the meantime, or was refused for another reason. */
  readonly refused: string[];
}

export class Annotator {
  readonly name: string;
  readonly #port: number;
  readonly #run: string;
  readonly #random: Random;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #token: string;
  readonly answers: Answers = { acknowledged: [], waits: [], refused: [] };

  constructor(name: string, token: string, port: number, run: string, seed: number) {
    this.name = name;
    this.#token = token;
    this.#port = port;
    this.#run = run;
    this.#random = new Random(seed);
  }

  /** Answers until the time of `performance.now()` is past `end`. */
  async work(end: number): Promise<void> {
    let pairs: readonly number[] = [];
    while (performance.now() < end) {
      const [query] = pairs;
      if (query === undefined) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
        pairs = await this.#queries([]);
        continue;
      }
      const since = performance.now();
      await this.#answer(query);
      pairs = await this.#queries(pairs.slice(1));
      if (pairs.length > 0) this.answers.waits.push(performance.now() - since);
    }
    this.#agent.destroy();
  }

  async #queries(have: readonly number[]): Promise<readonly number[]> {
    const path = `/api/runs/${this.#run}/queries?limit=${AHEAD}&have=${have.join(",")}`;
    const { status, text } = await this.#ask("GET", path);
    if (status !== 200) throw new Error(`${this.name} was given no queries: ${text}`);
    const view: QueriesView = JSON.parse(text);
    const known = [...have, ...view.queries.map(({ id }) => id)];
    return view.ids.filter((id) => known.includes(id));
  }

  async #answer(query: number): Promise<void> {
    const id = `${this.name}.${query}`;
    const choice = this.#random.float() < 0.5 ? "left" : "right";
    const judgement = { id, query, answer: { kind: "comparison", choice }, decisionMilliseconds: 700 };
    const path = `/api/runs/${this.#run}/judgements`;
    if (this.#random.float() < BROKEN) await this.#ask("POST", path, judgement, true).catch(() => {});
    const { status } = await this.#ask("POST", path, judgement);
    if (status === 200 || status === 201) this.answers.acknowledged.push(id);
    else this.answers.refused.push(`${id} ${status}`);
    if (status === 201 && this.#random.float() < REPEATED) {
      const again = await this.#ask("POST", path, judgement);
      if (again.status !== 200) this.answers.refused.push(`${id} again ${again.status}`);
    }
  }

  #ask(method: string, path: string, body?: object, drop = false): Promise<{ status: number; text: string }> {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const headers: Record<string, string> = { authorization: `Bearer ${this.#token}` };
    if (json !== undefined) {
      headers["content-type"] = "application/json";
      headers["content-length"] = String(Buffer.byteLength(json));
    }
    return new Promise((resolve, reject) => {
      // A connection that is to break is nobody else's.
      const agent = drop ? false : this.#agent;
      const asked = request({ host: "127.0.0.1", port: this.#port, method, path, headers, agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
      });
      asked.on("error", reject);
      asked.end(json);
      // Sometimes before the server has read all of it, sometimes while it answers.
      if (drop) setTimeout(() => asked.destroy(new Error("dropped")), this.#random.integer(4));
    });
  }
}
