// The server's live events. The browser comes back by itself after a lost connection, but not after an error status.

export interface EventPorts {
  opened(): void;
  lost(): void;
  /** An event by its name, with its data decoded from JSON. */
  received(name: string, data: unknown): void;
}

const EVENT_NAMES = ["status", "metrics", "agent", "queries", "evaluation", "history"] as const;
const PAUSE = 1_000;

/** Listens to what a run says, until the function that it returns is called. */
export function listen(run: string, ports: EventPorts): () => void {
  let stop = (): void => {};
  const connect = (): void => {
    const source = new EventSource(`/api/runs/${encodeURIComponent(run)}/events`);
    stop = () => source.close();
    source.addEventListener("open", () => ports.opened());
    source.addEventListener("error", () => {
      ports.lost();
      // A new source comes back sooner and more surely than the browser's own attempt would.
      source.close();
      const timer = setTimeout(connect, PAUSE);
      stop = () => clearTimeout(timer);
    });
    for (const name of EVENT_NAMES) {
      source.addEventListener(name, (event: MessageEvent<string>) => ports.received(name, JSON.parse(event.data)));
    }
  };
  connect();
  return () => stop();
}
