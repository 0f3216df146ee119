import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { Team } from "./team.ts";

const ROUNDS = 300;

/** Each member of a real team of threads sums its own numbers many times; returns what each of them saw. */
async function sumsOfAll(size: number): Promise<number[][]> {
  const buffer = new SharedArrayBuffer(Team.bytes(size, 8));
  const code = `
    import { parentPort, workerData } from "node:worker_threads";
    import { Team } from ${JSON.stringify(new URL("./team.ts", import.meta.url).href)};
    const team = new Team(workerData.buffer, workerData.index, workerData.size);
    const seen = [];
    for (let round = 0; round < ${ROUNDS}; round++) {
      const values = Float64Array.of(0.1 * (team.index + 1), round, team.index === round % team.size ? 1e17 : 1);
      team.sum(values);
      seen.push(...values);
      if (round % 7 === team.index) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
    parentPort.postMessage(seen);
  `;
  const module = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  return Promise.all(
    Array.from({ length: size }, (_, index) => {
      const worker = new Worker(module, { workerData: { buffer, index, size } });
      return new Promise<number[]>((resolve, reject) => {
        worker.on("message", resolve);
        worker.on("error", reject);
      });
    }),
  );
}

test("all members get the same sums, to the last bit, however late each of them comes", async () => {
  for (const size of [2, 3]) {
    const seen = await sumsOfAll(size);
    for (const of of seen) expect(of).toEqual(seen[0]);
    for (let round = 0; round < ROUNDS; round++) {
      expect(seen[0][round * 3]).toBeCloseTo((0.1 * size * (size + 1)) / 2, 9);
      expect(seen[0][round * 3 + 1]).toBe(round * size);
    }
  }
});

test("a team of one waits for nobody", () => {
  const team = new Team(new SharedArrayBuffer(Team.bytes(1, 4)), 0, 1);
  const values = Float64Array.of(1, 2);
  team.barrier();
  team.sum(values);
  expect([...values]).toEqual([1, 2]);
});

test("more numbers than there is room for are refused", () => {
  const team = new Team(new SharedArrayBuffer(Team.bytes(2, 4)), 0, 2);
  expect(() => team.sum(new Float64Array(5))).toThrow("at most 4 numbers");
});
