// The near end of the thread with the physics.
import type { Reply, ReplyTo, Request } from "./messages.ts";

/** Whatever requests can be sent to: a worker, or a stand-in for tests. */
export interface Channel {
  post(request: Request): void;
  onReply(listener: (reply: Reply) => void): void;
  /** Told where the thread itself fails, such as when it could not be loaded. */
  onFailure(listener: (message: string) => void): void;
  close(): void;
}

export class RemotePhysics {
  readonly #channel: Channel;
  readonly #waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void }[] = [];

  constructor(channel: Channel) {
    this.#channel = channel;
    channel.onReply((reply) => {
      const waiting = this.#waiting.shift();
      if (reply.kind === "failed") waiting?.reject(new Error(reply.message));
      else waiting?.resolve(reply);
    });
    channel.onFailure((message) => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(message));
    });
  }

  /** Whether a reply is awaited. */
  get busy(): boolean {
    return this.#waiting.length > 0;
  }

  /** Rejects with an Error that says what went wrong. */
  ask<Kind extends Request["kind"]>(request: Extract<Request, { kind: Kind }>): Promise<ReplyTo[Kind]> {
    return new Promise((resolve, reject) => {
      // Replies come in the order of the requests, and each kind of request has its kind of reply.
      this.#waiting.push({ resolve: (reply) => resolve(reply as ReplyTo[Kind]), reject });
      this.#channel.post(request);
    });
  }

  close(): void {
    this.#channel.close();
    for (const { reject } of this.#waiting.splice(0)) reject(new Error("The physics was closed."));
  }
}

/** Starts the thread. */
export function startPhysics(): RemotePhysics {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "physics" });
  return new RemotePhysics({
    post: (request) => worker.postMessage(request),
    onReply: (listener) => worker.addEventListener("message", (event: MessageEvent<Reply>) => listener(event.data)),
    onFailure: (listener) =>
      worker.addEventListener("error", (event) => {
        listener(`The physics could not be loaded${event.message ? `: ${event.message}` : ""}. Load the page again.`);
      }),
    close: () => worker.terminate(),
  });
}
