// Server-sent events: what happens in the run, as it happens, to every open page.
// https://html.spec.whatwg.org/multipage/server-sent-events.html
import type { ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";

/** Milliseconds between comments that keep the connection open, and between looks whether a page may still listen. */
const HEARTBEAT = 15_000;
/** Milliseconds after which a page that lost the connection tries again. */
const RETRY = 1_000;
/** Bytes that may wait for a page that does not read. Beyond them it is cut off, and comes back when it can. */
const MAX_BACKLOG = 4 * 1024 * 1024;

export type EventName = "status" | "metrics" | "agent" | "queries" | "evaluation" | "history";

export class EventStream {
  /** Each page, and whether its person is still let in. */
  readonly #pages = new Map<ServerResponse, () => Promise<boolean>>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor() {
    this.#heartbeat = setInterval(() => {
      this.#write(": still here\n\n");
      for (const [page, mayListen] of this.#pages) void endUnless(page, mayListen);
    }, HEARTBEAT);
    this.#heartbeat.unref();
  }

  /** How many pages listen. */
  get size(): number {
    return this.#pages.size;
  }

  /**
   * Turns the answer into a stream of events that begins with `first`.
   * @param mayListen asked from time to time; the stream ends once it says no
   */
  connect(
    reply: FastifyReply,
    first: readonly { readonly name: EventName; readonly data: unknown }[],
    mayListen: () => Promise<boolean>,
  ): void {
    reply.hijack();
    const page = reply.raw;
    page.writeHead(200, {
      // Set by the hooks before; Fastify leaves an answer alone once it is hijacked.
      ...(reply.getHeaders() as Record<string, string>),
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
    });
    page.on("close", () => this.#pages.delete(page));
    page.on("error", () => this.#pages.delete(page));
    page.write(`retry: ${RETRY}\n\n${first.map(({ name, data }) => eventText(name, data)).join("")}`);
    this.#pages.set(page, mayListen);
  }

  send(name: EventName, data: unknown): void {
    if (this.#pages.size > 0) this.#write(eventText(name, data));
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const page of this.#pages.keys()) page.end();
    this.#pages.clear();
  }

  #write(text: string): void {
    for (const page of this.#pages.keys()) {
      if (page.writableLength > MAX_BACKLOG) page.destroy();
      else page.write(text);
    }
  }
}

async function endUnless(page: ServerResponse, mayListen: () => Promise<boolean>): Promise<void> {
  if (!(await mayListen())) page.end();
}

function eventText(name: EventName, data: unknown): string {
  // JSON has no line breaks of its own, so one data line holds it.
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
