// What a person has done and the server has not yet acknowledged. It outlives a reload of the page and a restart of the
// server; every entry is sent, in order, until it is acknowledged or refused. Ids are made here, so that sending an
// entry twice changes nothing.
import type { JudgementBody } from "../../src/server/api.ts";
import { Refusal } from "./request.ts";

export type Entry =
  { readonly kind: "judge"; readonly judgement: JudgementBody } | { readonly kind: "take-back"; readonly id: string };

export interface OutboxPorts {
  /** Sends one entry. Throws `Refusal` where sending again will not help, anything else where it may. */
  send(entry: Entry): Promise<void>;
  /** The server will not take this entry, which is forgotten now. */
  refused(entry: Entry, reason: string): void;
  /** The number of entries has changed. */
  changed(pending: number): void;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 4_000;

export class Outbox {
  readonly #prefix: string;
  readonly #storage: Storage | null;
  readonly #ports: OutboxPorts;
  #entries: { readonly key: string; readonly entry: Entry }[];
  #lastNumber: number;
  #sending = false;
  #wake: (() => void) | null = null;
  #whenEmpty: (() => void)[] = [];

  /** Takes up what is left of earlier visits to this run. Without storage, entries live as long as the page. */
  constructor(run: string, storage: Storage | null, ports: OutboxPorts) {
    this.#prefix = `heed.outbox ${run} `;
    this.#storage = storage;
    this.#ports = ports;
    this.#entries = stored(storage, this.#prefix);
    this.#lastNumber = Math.max(0, ...this.#entries.map(({ key }) => Number.parseInt(key.slice(this.#prefix.length))));
    ports.changed(this.#entries.length);
    void this.#sendAll();
  }

  get entries(): readonly Entry[] {
    return this.#entries.map(({ entry }) => entry);
  }

  add(entry: Entry): void {
    this.#lastNumber++;
    // One key per entry, so that two tabs never overwrite each other's.
    const id = entry.kind === "judge" ? entry.judgement.id : entry.id;
    const key = `${this.#prefix}${String(this.#lastNumber).padStart(8, "0")} ${id}`;
    this.#entries.push({ key, entry });
    try {
      this.#storage?.setItem(key, JSON.stringify(entry));
    } catch {
      // Storage is full or forbidden: the entry still goes out, it merely does not outlive this page.
    }
    this.#ports.changed(this.#entries.length);
    void this.#sendAll();
  }

  /** Ends the pause after a failure. */
  retryNow(): void {
    this.#wake?.();
  }

  /** Resolves once nothing is left to send. */
  async emptied(): Promise<void> {
    if (this.#entries.length > 0) await new Promise<void>((resolve) => this.#whenEmpty.push(resolve));
  }

  async #sendAll(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    let pause = FIRST_PAUSE;
    while (this.#entries.length > 0) {
      const { entry } = this.#entries[0];
      try {
        await this.#ports.send(entry);
        this.#forget((other) => other === entry);
        pause = FIRST_PAUSE;
      } catch (error) {
        if (error instanceof Refusal) {
          // What was never taken cannot be taken back.
          this.#forget((other) => other === entry || takesBack(other, entry));
          this.#ports.refused(entry, error.message);
        } else {
          await this.#rest(pause);
          pause = Math.min(LONGEST_PAUSE, 2 * pause);
        }
      }
    }
    this.#sending = false;
    for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }

  #forget(which: (entry: Entry) => boolean): void {
    const gone = this.#entries.filter(({ entry }) => which(entry));
    this.#entries = this.#entries.filter(({ entry }) => !which(entry));
    for (const { key } of gone) this.#storage?.removeItem(key);
    this.#ports.changed(this.#entries.length);
  }

  #rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function takesBack(other: Entry, entry: Entry): boolean {
  return entry.kind === "judge" && other.kind === "take-back" && other.id === entry.judgement.id;
}

function stored(storage: Storage | null, prefix: string): { key: string; entry: Entry }[] {
  if (storage === null) return [];
  return Object.keys(storage)
    .filter((key) => key.startsWith(prefix))
    .sort()
    .flatMap((key) => {
      const entry = parsed(storage.getItem(key));
      return entry === null ? [] : [{ key, entry }];
    });
}

/** An entry that this page wrote, or null for anything else. */
function parsed(text: string | null): Entry | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    if (typeof value !== "object" || value === null || !("kind" in value)) return null;
    // Only `add` writes under this prefix, so the kind tells the rest.
    return value.kind === "judge" || value.kind === "take-back" ? (value as Entry) : null;
  } catch {
    return null;
  }
}

/** The browser's storage, or null where it is forbidden. */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
