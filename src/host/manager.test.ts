import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scriptedTraining, type Script } from "../../test/scripted-training.ts";
import { ApiError } from "../server/errors.ts";
import { StoreError } from "../store/errors.ts";
import type { Store } from "../store/store.ts";
import { openData } from "./data.ts";
import { RunManager, type ManagerOptions } from "./manager.ts";

let data: string;
let store: Store;
const managers: RunManager[] = [];

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), "heed-manager-"));
  store = await openData(data);
});

afterEach(async () => {
  for (const manager of managers.splice(0)) await manager.close();
  await store.close();
  rmSync(data, { recursive: true, force: true });
});

function manage(more: Partial<ManagerOptions> = {}, script: Script = {}): RunManager {
  const manager = new RunManager({ store, launch: scriptedTraining(script), ...more });
  managers.push(manager);
  return manager;
}

/** A run that goes on until it is stopped: nobody answers. */
const WAITING = { task: "hopper-backflip", labels: 5 };
/** A run that ends by itself at once. */
const QUICK = { task: "hopper-backflip", labels: 5, teacher: "simulated" };

const refusal = async (change: Promise<unknown>): Promise<ApiError> => {
  const error = await change.catch((error: unknown) => error);
  if (!(error instanceof ApiError)) throw new Error(`Expected an ApiError, got ${String(error)}.`);
  return error;
};

const phase = async (run: string): Promise<string> => (await store.findRun(run)).status.phase;

/** Resolves when the run no longer goes on here. */
async function ended(manager: RunManager, run: string): Promise<void> {
  await expect.poll(() => manager.live(run)).toBeNull();
}

describe("starting", () => {
  it("makes a run with the options filled in, and begins it", async () => {
    const manager = manage();
    const heard: string[] = [];
    manager.subscribe((run) => heard.push(run));
    const id = await manager.start({ ...QUICK, name: "first try", seed: 7 });
    expect(heard).toEqual([id]);
    const run = await store.findRun(id);
    expect(run).toMatchObject({
      name: "first try",
      options: { ...QUICK, seed: 7, steps: 1_500_000, selection: "k-center" },
    });
    await ended(manager, id);
    expect(heard).toEqual([id, id]);
    expect(await phase(id)).toBe("finished");
    expect((await store.findRun(id)).evaluation?.measures).toEqual({ backflips: 3.5 });
    // Let go of, so that other processes can have it.
    expect((await store.findRun(id)).holder).toBeNull();
  });

  it.each([
    [{ task: "hopper-backflip", labels: -1 }, "labels", "from 0 to 100000"],
    [{ task: "hopper-backflip", labels: "5" }, "labels", 'got "5"'],
    [{ task: "hopper-backflip", teacher: {} }, "teacher", "person or simulated"],
    [{ task: "hopper-backflip", lables: 5 }, "lables", "The options are"],
    [{ task: "hoper" }, "task", "hopper-backflip"],
    [{ task: 5 }, "task", "no task 5"],
    [{}, "task", "Expected one of"],
    // Nobody may have a file loaded by asking for it.
    [{ task: "./examples/point-mass.ts" }, "task", "heed teach FILE"],
    [{ task: new URL("../../examples/point-mass.ts", import.meta.url).href }, "task", "heed teach FILE"],
    [{ task: "hopper-backflip", from: "/etc/passwd" }, "from", "from another run"],
    [{ task: "hopper-backflip", name: 5 }, "name", "expected text"],
  ])("refuses %j by the name of what is wrong", async (wanted, field, sentence) => {
    const error = await refusal(manage().start(wanted));
    expect(error).toMatchObject({ statusCode: 400, field, message: expect.stringContaining(sentence) });
    expect(await store.listRuns()).toEqual([]);
  });

  it("takes the module of an earlier run, which somebody trusted before", async () => {
    const manager = manage();
    const task = new URL("../../examples/point-mass.ts", import.meta.url).href;
    const { options } = await store.findRun(await manager.start(QUICK));
    await store.createRun({
      task: "point-mass",
      question: "?",
      scene: null,
      stepSeconds: 0.1,
      options: { ...options, task },
    });
    const { tasks } = await manager.offer();
    expect(tasks.map(({ name }) => name)).toContain(task);
    await expect.poll(() => manager.live("hopper-backflip-1")).toBeNull();
    const id = await manager.start({ ...QUICK, task });
    expect(await store.findRun(id)).toMatchObject({ id: "point-mass-2", task: "point-mass", options: { task } });
  });

  it("lets one run go on at a time, or as many as it is told", async () => {
    const one = manage();
    const id = await one.start(WAITING);
    const error = await refusal(one.start(WAITING));
    expect(error.statusCode).toBe(409);
    expect(error.message).toBe("hopper-backflip-1 goes on, and one run goes on at a time here.");
    expect(error.hint).toContain("--at-once 2");
    expect(await store.listRuns()).toHaveLength(1);
    await one.pause(id);
    const both = manage({ atOnce: 2 });
    await both.start(WAITING);
    await both.resume(id);
    expect((await refusal(both.start(WAITING))).message).toContain("and 2 runs go on at a time");
  });

  it("of two starts at once lets one through", async () => {
    const manager = manage();
    const results = await Promise.allSettled([manager.start(WAITING), manager.start(WAITING)]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(await store.listRuns()).toHaveLength(1);
  });

  it("keeps why a run failed", async () => {
    const manager = manage({}, { failure: new Error("The world fell apart.") });
    const id = await manager.start(QUICK);
    await ended(manager, id);
    expect(manager.problem(id)).toBe("The world fell apart.");
    expect(await phase(id)).toBe("failed");
    expect(manager.actions(await store.findRun(id))).toEqual(["resume", "fork", "delete"]);
  });
});

describe("a run", () => {
  it("is paused with everything kept, and goes on from there", async () => {
    const manager = manage();
    const id = await manager.start(WAITING);
    await expect.poll(() => store.countOpenQueries(id)).toBe(5);
    expect(manager.actions(await store.findRun(id))).toEqual(["pause", "fork", "delete"]);
    await manager.pause(id);
    await manager.pause(id);
    expect(manager.live(id)).toBeNull();
    expect(await phase(id)).toBe("stopped");
    expect(manager.actions(await store.findRun(id))).toEqual(["resume", "fork", "delete"]);
    await manager.resume(id);
    expect(manager.live(id)?.status().phase).toBe("starting");
    expect((await refusal(manager.resume(id))).message).toContain("goes on already");
    await expect.poll(() => store.countOpenQueries(id)).toBe(5);
  });

  it("that is finished is forked and not resumed", async () => {
    const manager = manage();
    const id = await manager.start(QUICK);
    await ended(manager, id);
    expect(manager.actions(await store.findRun(id))).toEqual(["fork", "delete"]);
    expect((await refusal(manager.resume(id))).hint).toContain("Fork it");
    const fork = await manager.fork(id, { name: "further", options: { labels: 9 } });
    const run = await store.findRun(fork);
    expect(run).toMatchObject({ name: "further", options: { labels: 9 }, forkedFrom: { run: id, steps: 50 } });
    // More labels are spread over the same steps.
    expect(run.options.stepsPerLabel).toBeLessThan((await store.findRun(id)).options.stepsPerLabel);
    await manager.resume(fork);
    await ended(manager, fork);
    expect((await store.findRun(fork)).status).toMatchObject({ phase: "finished", labels: 9 });
  });

  it.each([
    [{ options: { steps: 50 } }, 400, "steps", "more than the 50"],
    [{ options: { task: "hopper" } }, 400, "task", "start a new run"],
    [{ options: { labels: 0 } }, 400, "labels", "at least 1"],
    [{ options: { from: "/etc/passwd" } }, 400, "from", "no head start"],
    [{ options: { __proto__: null, nonsense: 1 } }, 400, "nonsense", "The options are"],
  ])("cannot be forked with %j", async (wanted, status, field, sentence) => {
    const manager = manage();
    const id = await manager.start(QUICK);
    await ended(manager, id);
    const error = await refusal(manager.fork(id, wanted));
    expect([error.statusCode, error.field]).toEqual([status, field]);
    expect(error.message.toLowerCase()).toContain(sentence.toLowerCase());
    expect(await store.listRuns()).toHaveLength(1);
  });

  it("is paused where it is deleted while it goes on, and can be restored", async () => {
    const manager = manage();
    const id = await manager.start(WAITING);
    await manager.delete(id);
    await manager.delete(id);
    expect(manager.live(id)).toBeNull();
    const deleted = await store.findRun(id);
    expect(deleted.deleted).not.toBeNull();
    expect(manager.actions(deleted)).toEqual(["restore"]);
    for (const change of [manager.resume(id), manager.fork(id, {}), manager.pause(id)]) {
      expect(await refusal(change)).toMatchObject({ statusCode: 409, hint: "Restore it first." });
    }
    await manager.restore(id);
    await manager.resume(id);
    expect(manager.live(id)).not.toBeNull();
  });

  it("that another process works on is shown and not touched", async () => {
    const other = await openData(data);
    try {
      const mine = manage();
      const theirs = new RunManager({ store: other, launch: scriptedTraining() });
      const id = await theirs.start(WAITING);
      await theirs.announce("http://127.0.0.1:9");
      const run = await store.findRun(id);
      expect(mine.actions(run)).toEqual(["fork"]);
      await expect(mine.resume(id)).rejects.toBeInstanceOf(StoreError);
      await expect(mine.delete(id)).rejects.toThrow(/works on run/);
      expect((await refusal(mine.pause(id))).hint).toContain("http://127.0.0.1:9");
      expect(theirs.live(id)).not.toBeNull();
      expect((await store.findRun(id)).deleted).toBeNull();
      await theirs.close();
    } finally {
      await other.close();
    }
  });
});

it("stops every run when it is closed, and begins none after", async () => {
  const manager = manage({ atOnce: 3 });
  const runs = [await manager.start(WAITING), await manager.start(WAITING)];
  await manager.close();
  for (const run of runs) expect(await phase(run)).toBe("stopped");
  expect((await refusal(manager.resume(runs[0]))).message).toContain("being stopped");
});
