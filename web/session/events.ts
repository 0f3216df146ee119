// The server's live events. The browser comes back by itself after a lost connection, but not after an error status.

export interface EventPorts {
  opened(): void;
  lost(): void;
  /** An event by its name, with its data decoded from JSON. */
  received(name: string, data: unknown): void;
}

const EVENT_NAMES = ["status", "metrics", "agent", "queries", "evaluation"] as const;
const PAUSE = 1_000;

/** Listens for as long as the page lives. */
export function listen(ports: EventPorts): void {
  const source = new EventSource("/api/events");
  source.addEventListener("open", () => ports.opened());
  source.addEventListener("error", () => {
    ports.lost();
    // A new source comes back sooner and more surely than the browser's own attempt would.
    source.close();
    setTimeout(() => listen(ports), PAUSE);
  });
  for (const name of EVENT_NAMES) {
    source.addEventListener(name, (event: MessageEvent<string>) => ports.received(name, JSON.parse(event.data)));
  }
}
