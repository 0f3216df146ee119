// The server that the annotators of a benchmark answer to, in a process of its own: a run whose training is scripted to
// ask new queries at a steady rate. Says what its main thread and memory come to.
import { PerformanceObserver } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import type { Question } from "../../src/feedback/judgement.ts";
import type { Clip, Segment } from "../../src/feedback/segment.ts";
import { RunManager } from "../../src/host/manager.ts";
import type { LiveEvent, LiveRun } from "../../src/server/live.ts";
import { createServer } from "../../src/server/server.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/store.ts";
import type { Status } from "../../src/training/journal.ts";
import { newRun } from "../../test/store-fixture.ts";
import type { FromServer, Load, ToServer } from "./messages.ts";

/** A hopper's half second, as it is drawn. */
const FRAMES = 16;
const BODIES = 5;
const STEPS = 63;
/** Milliseconds between two helpings of queries. */
const ASK_EVERY = 100;

/** Asks and listens, and learns nothing. */
class ScriptedRun implements LiveRun {
  readonly #listeners = new Set<(event: LiveEvent) => void>();
  labels = 0;

  status(): Status {
    return { phase: "learning", steps: 0, labels: this.labels, waitingFor: null };
  }
  agentClip(): Clip | null {
    return null;
  }
  judged(): void {
    this.labels += 1;
  }
  takenBack(): void {
    this.labels -= 1;
  }
  volunteered(): void {}
  request(): void {}
  weighed(): void {}
  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

class OneRun extends RunManager {
  readonly #run: string;
  readonly #live: LiveRun;

  constructor(store: Store, run: string, live: LiveRun) {
    super({ store });
    this.#run = run;
    this.#live = live;
  }

  override live(run: string): LiveRun | null {
    return run === this.#run ? this.#live : super.live(run);
  }
}

function question(id: number): Question {
  const segments = [2 * id - 1, 2 * id].map((segment) => madeUp(segment));
  const ids = segments.map((segment) => segment.id);
  return { query: { id, kind: "comparison", segments: ids, selection: "disagreement", atStep: id }, segments };
}

const filled = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(i));
// All the same: making them is the work of training, which has threads of its own.
const NUMBERS = {
  observations: filled(STEPS * 11),
  actions: filled(STEPS * 3),
  rewards: filled(STEPS),
  poses: filled(FRAMES * BODIES * 7),
};

function madeUp(id: number): Segment {
  const { poses, ...rows } = NUMBERS;
  return {
    id,
    atStep: id,
    policyVersion: 1,
    length: STEPS,
    ...rows,
    state: null,
    clip: { framesPerSecond: 2 * FRAMES, frames: FRAMES, poses },
  };
}

const [directory = "", rate = "100", annotators = "100"] = process.argv.slice(2);
const say = (message: FromServer): void => void process.send?.(message);

const store = await openStore(directory, "0.1.0");
const { id: run } = await store.createRun(newRun());
await store.claim(run);
const live = new ScriptedRun();
const server = await createServer({
  store,
  runs: new OneRun(store, run, live),
  current: run,
  webRoot: fileURLToPath(new URL(".", import.meta.url)),
  port: 0,
  reach: { host: "127.0.0.1" },
  onError: (error) => say({ kind: "fault", message: error.stack ?? error.message }),
});
// In by the store, since invitations are taken only so often from one address.
const tokens: string[] = [];
for (let i = 1; i <= Number(annotators); i++) {
  const { token } = await store.invite({ name: `annotator-${i}`, role: "annotator", expires: null });
  const joined = await store.join(token);
  if (joined.outcome === "joined") tokens.push(joined.token);
}

let query = 0;
let asking: Promise<void> | null = null;
const helping = Math.max(1, Math.round((Number(rate) * ASK_EVERY) / 1_000));
async function ask(): Promise<void> {
  // People who are slower than the training are not buried in queries, as in a real run.
  const open = await store.countOpenQueries(run);
  const most = 6 * Number(annotators);
  const count = Math.max(0, Math.min(helping, most - open));
  await Promise.all(Array.from({ length: count }, () => store.ask(run, question(++query))));
  live.tell({ type: "queries" });
}
const asks = setInterval(() => {
  asking ??= ask().finally(() => (asking = null));
}, ASK_EVERY);

let garbage = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) garbage += duration;
}).observe({ entryTypes: ["gc"] });
let utilisation = performance.eventLoopUtilization();
let thread = process.threadCpuUsage();
let since = performance.now();
function load(): Load {
  const now = performance.now();
  const cpu = process.threadCpuUsage(thread);
  const { heapUsed, rss } = process.memoryUsage();
  const result = {
    cores: (cpu.user + cpu.system) / 1_000 / (now - since),
    utilisation: performance.eventLoopUtilization(utilisation).utilization,
    heapMegabytes: heapUsed / 2 ** 20,
    residentMegabytes: rss / 2 ** 20,
    garbageMilliseconds: garbage,
    asked: query,
  };
  utilisation = performance.eventLoopUtilization();
  thread = process.threadCpuUsage();
  since = now;
  garbage = 0;
  return result;
}

async function stop(): Promise<void> {
  await server.close();
  // A helping may be under way.
  await asking;
  await store.close();
  process.disconnect();
}

process.on("message", (message: ToServer) => {
  if (message.kind === "load") return say({ kind: "load", load: load() });
  clearInterval(asks);
  void stop();
});
say({ kind: "serving", port: server.port, run, tokens });
