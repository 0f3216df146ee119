import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Entry, Outbox, type OutboxPorts } from "./outbox.ts";
import { Refusal, Unreachable } from "./request.ts";

/** The parts of the browser's storage that are used, with keys as own properties as there. */
class MemoryStorage {
  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? String(Reflect.get(this, key)) : null;
  }
  setItem(key: string, value: string): void {
    Reflect.set(this, key, value);
  }
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
}

/** A browser's storage, as far as an outbox can tell. */
const storage = (): Storage => new MemoryStorage() as unknown as Storage;

const judge = (id: string): Entry => ({
  kind: "judge",
  judgement: { id, query: 1, answer: { kind: "comparison", choice: "left" } },
});
const takeBack = (id: string): Entry => ({ kind: "take-back", id });

function ports(send: OutboxPorts["send"]): OutboxPorts & { sent: Entry[]; refusals: string[]; pending: number[] } {
  const sent: Entry[] = [];
  const refusals: string[] = [];
  const pending: number[] = [];
  return {
    sent,
    refusals,
    pending,
    send: async (entry) => {
      await send(entry);
      sent.push(entry);
    },
    refused: (_, reason) => refusals.push(reason),
    changed: (count) => pending.push(count),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("sends in order, each once, and keeps nothing", async () => {
  const kept = storage();
  const out = ports(async () => {});
  const outbox = new Outbox("r1", kept, out);
  const entries = [judge("a"), takeBack("a"), judge("b")];
  for (const entry of entries) outbox.add(entry);
  await outbox.emptied();
  expect(out.sent).toEqual(entries);
  expect(Object.keys(kept)).toEqual([]);
  expect(out.pending.at(-1)).toBe(0);
});

test("tries again with longer and longer pauses until the server is back", async () => {
  const tries: number[] = [];
  const out = ports(async () => {
    tries.push(Date.now());
    if (tries.length < 8) throw new Unreachable("no");
  });
  const outbox = new Outbox("r1", storage(), out);
  outbox.add(judge("a"));
  await vi.runAllTimersAsync();
  const pauses = tries.slice(1).map((time, index) => time - tries[index]);
  expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000, 4_000]);
  expect(out.sent).toEqual([judge("a")]);
});

test("does not wait out its pause when told that the server is back", async () => {
  let up = false;
  const out = ports(async () => {
    if (!up) throw new Unreachable("no");
  });
  const outbox = new Outbox("r1", storage(), out);
  outbox.add(judge("a"));
  await vi.advanceTimersByTimeAsync(10_000);
  up = true;
  outbox.retryNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(out.sent).toEqual([judge("a")]);
});

test("takes up after a reload what was not acknowledged, in order and in front of what is new", async () => {
  const kept = storage();
  const down = new Outbox(
    "r1",
    kept,
    ports(() => Promise.reject(new Unreachable("no"))),
  );
  down.add(judge("a"));
  down.add(takeBack("a"));
  const out = ports(async () => {});
  const outbox = new Outbox("r1", kept, out);
  expect(outbox.entries).toEqual([judge("a"), takeBack("a")]);
  outbox.add(judge("b"));
  await outbox.emptied();
  expect(out.sent).toEqual([judge("a"), takeBack("a"), judge("b")]);
});

test("leaves another run's entries where they are, and whatever else is stored", async () => {
  const kept = storage();
  kept.setItem("heed.outbox r2 00000001 x", JSON.stringify(judge("x")));
  kept.setItem("heed.outbox r1 00000001 y", "{not JSON");
  const out = ports(async () => {});
  const outbox = new Outbox("r1", kept, out);
  await outbox.emptied();
  expect(out.sent).toEqual([]);
  expect(Object.keys(kept)).toHaveLength(2);
});

test("forgets what is refused, with what would have taken it back", async () => {
  const out = ports(async (entry) => {
    if (entry.kind === "judge" && entry.judgement.id === "a") throw new Refusal(409, "It was answered already.");
  });
  const outbox = new Outbox("r1", storage(), out);
  for (const entry of [judge("a"), takeBack("a"), judge("b")]) outbox.add(entry);
  await outbox.emptied();
  expect(out.sent).toEqual([judge("b")]);
  expect(out.refusals).toEqual(["It was answered already."]);
});

test("works without storage, and with one that is full", async () => {
  const full = storage();
  full.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  for (const kept of [null, full]) {
    const out = ports(async () => {});
    const outbox = new Outbox("r1", kept, out);
    outbox.add(judge("a"));
    await outbox.emptied();
    expect(out.sent).toEqual([judge("a")]);
  }
});
