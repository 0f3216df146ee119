// How fast the physics alone runs: environment steps per second with nobody learning, per number of threads.
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

/** What a thread of this benchmark is told. */
export interface PhysicsWorkerData {
  /** A built-in task's name. */
  readonly task: string;
  /** Environments that the thread steps in turn, as in training. */
  readonly environments: number;
  readonly seed: number;
  /** `[2]`: steps taken so far by this thread; 1 as soon as it is to stop. */
  readonly shared: Int32Array;
}

const ENVIRONMENTS_PER_WORKER = 16;
/** Steps per thread before the clock starts, so that the just-in-time compilers are done. */
const WARM_UP_STEPS = 4_000;
const ROUNDS = 3;
const SECONDS_PER_ROUND = 3;

/**
 * Environment steps per second of all threads together: 16 environments per thread, uniform random actions, episodes
 * begun again where they end. The clock starts when every thread is warm.
 * @param task a built-in task's name
 * @param workers threads
 * @param seconds time to measure over, not counting the start
 */
export async function measurePhysics(task: string, workers: number, seconds: number): Promise<number> {
  const threads = Array.from({ length: workers }, (_, seed) => {
    const shared = new Int32Array(new SharedArrayBuffer(8));
    const workerData: PhysicsWorkerData = { task, environments: ENVIRONMENTS_PER_WORKER, seed, shared };
    const worker = new Worker(new URL("physics-worker.ts", import.meta.url), { workerData });
    // `once` rejects where the thread fails.
    return { shared, done: once(worker, "exit") };
  });
  const total = () => threads.reduce((sum, { shared }) => sum + Atomics.load(shared, 0), 0);
  const stop = () => {
    for (const { shared } of threads) Atomics.store(shared, 1, 1);
  };
  const stopped = () => threads.some(({ shared }) => Atomics.load(shared, 1) === 1);
  // A thread that fails stops the others.
  const done = Promise.all(threads.map((thread) => thread.done)).finally(stop);
  done.catch(() => {});
  while (!stopped() && threads.some(({ shared }) => Atomics.load(shared, 0) < WARM_UP_STEPS)) await sleep(10);
  const stepsBefore = total();
  const started = performance.now();
  if (!stopped()) await sleep(seconds * 1_000);
  const rate = ((total() - stepsBefore) / (performance.now() - started)) * 1_000;
  stop();
  await done;
  return rate;
}

/** Measures one thread, two, and so on up to the number of cores; the median of three rounds that take turns. */
export async function run({ json }: { json: boolean }): Promise<object> {
  const counts = Array.from({ length: availableParallelism() }, (_, i) => i + 1);
  const rates = new Map<number, number[]>(counts.map((count) => [count, []]));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [workers, measuredRates] of rates) {
      const rate = await measurePhysics("hopper-backflip", workers, SECONDS_PER_ROUND);
      measuredRates.push(rate);
      if (!json) {
        const threads = workers === 1 ? "1 thread" : `${workers} threads`;
        process.stderr.write(`round ${round} of ${ROUNDS}, ${threads}: ${Math.round(rate)} environment steps/s\n`);
      }
    }
  }
  const stepsPerSecond: Record<string, number> = {};
  for (const [workers, measuredRates] of rates) {
    stepsPerSecond[workers] = Math.round(measuredRates.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]);
  }
  return {
    event: "finished",
    bench: "physics",
    task: "hopper-backflip",
    environmentsPerWorker: ENVIRONMENTS_PER_WORKER,
    stepsPerSecond,
  };
}
