import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scriptedTraining } from "../../test/scripted-training.ts";
import { PortBusyError } from "../server/port.ts";
import { UsageError } from "./errors.ts";
import type { RunEvent } from "./events.ts";
import { openData } from "./data.ts";
import type { RunningRun } from "./run.ts";
import { startResuming, startTeaching, type TeachOptions } from "./teach.ts";

let data: string;
let running: RunningRun | null;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "heed-host-"));
  running = null;
});

afterEach(async () => {
  await running?.close();
  rmSync(data, { recursive: true, force: true });
});

const given = (more: Partial<TeachOptions> = {}): TeachOptions => ({
  task: "hopper-backflip",
  teacher: "simulated",
  labels: 5,
  data,
  serve: false,
  ...more,
});

describe("teaching", () => {
  it("runs to its end, tells what happens and keeps it", async () => {
    const events: RunEvent[] = [];
    running = await startTeaching(given({ onProgress: (event) => events.push(event) }), scriptedTraining());
    const result = await running.done;
    expect(result).toMatchObject({ run: "hopper-backflip-1", outcome: "finished", labels: 5, steps: 50 });
    expect(result.evaluation).toEqual({ episodes: 20, trueReturn: 12.5, measures: { backflips: 3.5 } });
    expect(events[0]).toMatchObject({ event: "started", run: "hopper-backflip-1", address: null });
    expect(events.filter(({ event }) => event === "progress")).toHaveLength(5);
    expect(events.at(-1)).toMatchObject({ event: "status", phase: "finished" });
    await running.close();

    const store = await openData(data);
    const run = await store.findRun("hopper-backflip-1");
    expect(run.status).toMatchObject({ phase: "finished", labels: 5, steps: 50 });
    expect(run.evaluation?.measures).toEqual({ backflips: 3.5 });
    expect(await store.listMetrics(run.id, 100)).toHaveLength(5);
    await store.close();
  });

  it("tells first where it is, even where training spoke before", async () => {
    const events: string[] = [];
    const onProgress = ({ event }: RunEvent): number => events.push(event);
    running = await startTeaching(given({ onProgress }), (start, journal) => {
      journal.changed({ phase: "starting", steps: 0, labels: 0, waitingFor: null });
      return scriptedTraining()(start, journal);
    });
    expect(events.slice(0, 2)).toEqual(["started", "status"]);
  });

  it("goes on from where it was stopped, with every judgement once", async () => {
    const controller = new AbortController();
    const options = given({
      labels: 50,
      signal: controller.signal,
      onProgress: (event) => {
        if (event.event === "progress" && event.labels === 7) controller.abort();
      },
    });
    running = await startTeaching(options, scriptedTraining());
    expect(await running.done).toMatchObject({ outcome: "stopped", labels: 7, evaluation: null });
    await running.close();

    running = await startResuming("hopper-backflip-1", { data, serve: false }, scriptedTraining());
    expect(await running.done).toMatchObject({ outcome: "finished", labels: 50 });
    await running.close();

    const store = await openData(data);
    const queries: number[] = [];
    for await (const line of store.exportJudgements("hopper-backflip-1")) queries.push(line.query.id);
    expect(queries).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    await store.close();
  });

  it("has nothing left to do for a finished run", async () => {
    running = await startTeaching(given(), scriptedTraining());
    await running.done;
    await running.close();
    const again = await startResuming("hopper-backflip-1", { data, serve: false }, () => {
      throw new Error("Nothing should be trained.");
    });
    expect(await again.done).toMatchObject({ outcome: "finished", labels: 5, evaluation: { episodes: 20 } });
  });

  it("fails with what went wrong, and says so in the store", async () => {
    running = await startTeaching(given(), scriptedTraining({ failure: new Error("The world fell apart.") }));
    await expect(running.done).rejects.toThrow("The world fell apart.");
    await running.close();
    const store = await openData(data);
    expect((await store.findRun("hopper-backflip-1")).status.phase).toBe("failed");
    await store.close();
  });

  it("stops and says why where the store cannot keep what it is told", async () => {
    running = await startTeaching(given({ labels: 50 }), (start, journal) => {
      const training = scriptedTraining()(start, journal);
      // An answer to a query that was never asked cannot be kept.
      setTimeout(
        () =>
          journal.judged({
            id: "a",
            query: 999,
            answer: { kind: "comparison", choice: "left" },
            annotator: "b",
            decisionMilliseconds: null,
          }),
        5,
      );
      return training;
    });
    await expect(running.done).rejects.toThrow("Query 999 was judged but never asked.");
  });

  it("makes nothing where it is asked for what there is not", async () => {
    await expect(startTeaching(given({ task: "hoper" }), scriptedTraining())).rejects.toBeInstanceOf(UsageError);
    await expect(startTeaching(given({ labels: 0 }), scriptedTraining())).rejects.toBeInstanceOf(UsageError);
    expect(readdirSync(data)).toEqual([]);
    await expect(startResuming("nothing", { data }, scriptedTraining())).rejects.toThrow(/no runs in .*--data/);
  });

  it.each(["simulated", "none"] as const)("makes nothing where teacher %s has no true reward", async (teacher) => {
    const task = fileURLToPath(new URL("../../test/rewardless-world.ts", import.meta.url));
    const starting = startTeaching(given({ task, teacher }), scriptedTraining());
    await expect(starting).rejects.toThrow(/"rewardless-world" has no true reward.*"heed teach"/);
    await expect(starting).rejects.toBeInstanceOf(UsageError);
    expect(readdirSync(data)).toEqual([]);
  });
});

describe("with people", () => {
  const post = (address: string, run: string, id: string, query: number): Promise<Response> =>
    fetch(`${address}/api/runs/${run}/judgements`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id, query, answer: { kind: "comparison", choice: "right" } }),
    });

  it("takes answers from the page, and gives back what is taken back", async () => {
    running = await startTeaching(given({ teacher: "person", labels: 2, serve: true, port: 0 }), scriptedTraining());
    const { address, run } = running;
    if (address === null) throw new Error("The page was asked for.");
    await expect
      .poll(async () => (await fetch(`${address}/api/runs/${run.id}/queries?limit=3`)).text())
      .toContain('"id":2');
    expect((await post(address, run.id, "first", 1)).status).toBe(201);
    const back = await fetch(`${address}/api/runs/${run.id}/judgements/first`, { method: "DELETE" });
    expect(back.status).toBe(200);
    expect((await post(address, run.id, "second", 1)).status).toBe(201);
    expect((await post(address, run.id, "third", 2)).status).toBe(201);
    expect(await running.done).toMatchObject({ outcome: "finished", labels: 2 });
  });

  it("goes on when it is resumed on the page that it was paused on", async () => {
    running = await startTeaching(given({ teacher: "person", labels: 2, serve: true, port: 0 }), scriptedTraining());
    const { address, run, done } = running;
    if (address === null) throw new Error("The page was asked for.");
    const change = async (name: string): Promise<unknown> =>
      (await fetch(`${address}/api/runs/${run.id}/${name}`, { method: "POST" })).json();
    expect(await change("pause")).toMatchObject({
      status: { phase: "stopped" },
      live: false,
      actions: ["resume", "fork", "delete"],
    });
    expect(await change("resume")).toMatchObject({ live: true, actions: ["pause", "fork", "delete"] });
    await expect.poll(async () => (await fetch(`${address}/api/runs/${run.id}/queries`)).text()).toContain('"id":2');
    for (const query of [1, 2]) expect((await post(address, run.id, `j${query}`, query)).status).toBe(201);
    expect(await done).toMatchObject({ outcome: "finished", labels: 2 });
  });

  it("is done when it is stopped while it is paused", async () => {
    const controller = new AbortController();
    const options = given({ teacher: "person", serve: true, port: 0, signal: controller.signal });
    running = await startTeaching(options, scriptedTraining());
    const { address, run, done } = running;
    await fetch(`${String(address)}/api/runs/${run.id}/pause`, { method: "POST" });
    controller.abort();
    expect(await done).toMatchObject({ outcome: "stopped" });
  });

  it("refuses a busy port by its number before anything is begun", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, "127.0.0.1", resolve));
    // A server that listens on a port has an address of this kind.
    const { port } = other.address() as AddressInfo;
    try {
      const starting = startTeaching(given({ serve: true, port }), scriptedTraining());
      await expect(starting).rejects.toThrow(new RegExp(`Port ${port} .*Port \\d+ is free`));
      await expect(starting).rejects.toBeInstanceOf(PortBusyError);
      expect(readdirSync(data)).toEqual([]);
    } finally {
      other.close();
    }
  });

  it("does not let two processes work on one run", async () => {
    running = await startTeaching(given({ teacher: "person" }), scriptedTraining());
    await expect(startResuming(running.run.id, { data, serve: false }, scriptedTraining())).rejects.toThrow(
      new RegExp(String(process.pid)),
    );
  });
});
