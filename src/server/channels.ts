// What each run tells the pages that look at it: one stream of events per run, made when the first page listens.
import type { Store } from "../store/store.ts";
import { EventStream } from "./events.ts";
import { forwardEvents, type Forwarding } from "./forward.ts";
import type { RunDirectory } from "./live.ts";

interface Channel {
  readonly events: EventStream;
  forwarding: Forwarding;
}

export class Channels {
  readonly #store: Store;
  readonly #runs: RunDirectory;
  readonly #onError: (error: Error) => void;
  readonly #channels = new Map<string, Channel>();
  readonly #unsubscribe: () => void;

  constructor(store: Store, runs: RunDirectory, onError: (error: Error) => void) {
    this.#store = store;
    this.#runs = runs;
    this.#onError = onError;
    this.#unsubscribe = runs.subscribe((run) => this.#turned(run));
  }

  /** The stream of a run that there is. */
  events(run: string): EventStream {
    const channel = this.#channels.get(run) ?? this.#open(run);
    return channel.events;
  }

  /** Tells every page that looks at the run how many queries are open. Many calls at once make few events. */
  announceQueries(run: string): void {
    this.#channels.get(run)?.forwarding.announceQueries();
  }

  close(): void {
    this.#unsubscribe();
    for (const { events, forwarding } of this.#channels.values()) {
      forwarding.stop();
      events.close();
    }
    this.#channels.clear();
  }

  #open(run: string): Channel {
    const events = new EventStream();
    const channel = { events, forwarding: this.#forward(run, events) };
    this.#channels.set(run, channel);
    return channel;
  }

  #forward(run: string, events: EventStream): Forwarding {
    return forwardEvents(events, this.#store, run, this.#runs.live(run), this.#onError);
  }

  /** The run has begun or ended in this process: what it says comes from elsewhere now. */
  #turned(run: string): void {
    const channel = this.#channels.get(run);
    if (channel === undefined) return;
    channel.forwarding.stop();
    channel.forwarding = this.#forward(run, channel.events);
    const live = this.#runs.live(run);
    if (live !== null) channel.events.send("status", live.status());
    channel.forwarding.announceQueries();
  }
}
