import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hopperWindows, WINDOW_STEPS, type DrivenWorld } from "../../test/driving-fixture.ts";
import { scriptedTraining } from "../../test/scripted-training.ts";
import { judgement, temporaryDirectory } from "../../test/store-fixture.ts";
import { openStore } from "../store/open.ts";
import type { Start } from "../training/training.ts";
import { importTrajectories } from "./import.ts";
import type { LaunchTraining } from "./run.ts";
import { startResuming, startTeaching, type TeachOptions } from "./teach.ts";
import { readTrajectories, trajectoryLines } from "./trajectories.ts";

const directory = temporaryDirectory();
const data = join(directory.path, "data");
const file = join(directory.path, "demos.jsonl");
let world: DrivenWorld;
afterAll(() => directory[Symbol.dispose]());

const rows = (values: Float32Array, count: number): number[][] => {
  const width = values.length / count;
  return Array.from({ length: count }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);
};

beforeAll(async () => {
  world = await hopperWindows(6);
  const lines = [0, 3].map((from) => {
    const windows = world.segments.slice(from, from + 3);
    return JSON.stringify({
      format: "heed-trajectory",
      version: 1,
      task: "hopper-backflip",
      stepSeconds: world.stepSeconds,
      id: `drive-${from}`,
      observations: windows.flatMap(({ observations }) => rows(observations, WINDOW_STEPS)),
      actions: windows.flatMap(({ actions }) => rows(actions, WINDOW_STEPS)),
    });
  });
  writeFileSync(file, lines.join("\n"));
});

/** Starts a run whose training only shows what it is given, and stops it. */
async function started(options: Partial<TeachOptions>): Promise<{ start: Start; run: string }> {
  let start: Start | undefined;
  const launch: LaunchTraining = (given, journal) => {
    start = given;
    const training = scriptedTraining()(given, journal);
    return training;
  };
  const given = { task: "hopper-backflip", serve: false, data, ...options };
  const running = await startTeaching(given, launch);
  await running.close();
  if (start === undefined) throw new Error("Training was not begun.");
  return { start, run: running.run.id };
}

async function countRuns(): Promise<number> {
  const store = await openStore(data, "0.1.0");
  try {
    return (await store.listRuns()).length;
  } finally {
    await store.close();
  }
}

describe("from a file", () => {
  test("the evidence is there before anybody is asked, once, and is no label", async () => {
    const { start, run } = await started({ from: file });
    expect(start.judged.map(({ judgement }) => judgement.id)).toEqual([
      "drive-0.0",
      "drive-0.1",
      "drive-0.2",
      "drive-3.0",
      "drive-3.1",
      "drive-3.2",
    ]);
    for (const [index, { query, segments, judgement }] of start.judged.entries()) {
      expect([query.kind, query.selection, judgement.annotator]).toEqual([
        "demonstration",
        "volunteered",
        "head-start",
      ]);
      expect(segments[0].observations).toEqual(world.segments[index].observations);
      expect(segments[1].observations).toHaveLength(segments[0].observations.length);
      expect(segments[1].observations).not.toEqual(segments[0].observations);
    }
    expect(start.policy).toBeUndefined();
    expect(start.options.from).toBe(file);
    // Stopped with a checkpoint, and resumed: nothing is brought twice.
    let again: Start | undefined;
    const resumed = await startResuming(run, { data, serve: false }, (given, journal) => {
      again = given;
      return scriptedTraining()(given, journal);
    });
    await resumed.close();
    expect(again?.judged.length).toBe(6);
  });

  test("the policy does what was shown where that is asked for", async () => {
    const { start } = await started({ from: file, fromPolicy: "yes" });
    const names = [...(start.policy?.keys() ?? [])];
    expect(names).toContain("policy.logDeviations");
    expect(names).toContain("observations.mean");
    expect(names.some((name) => name.startsWith("value"))).toBe(false);
  });
});

describe("from another run", () => {
  test("its judgements count here too, and its policy where that is asked for", async () => {
    const first = await started({ from: file });
    const { start } = await started({ from: first.run });
    expect(start.judged.map(({ query }) => query.kind)).toEqual(Array(6).fill("demonstration"));
    expect(start.judged[2].segments[0].actions).toEqual(first.start.judged[2].segments[0].actions);
    expect(start.judged[2].judgement.id).toBe("from-2");
    // The scripted training's checkpoint holds other arrays, of which none is a policy's.
    const { start: withPolicy } = await started({ from: first.run, fromPolicy: "yes" });
    expect(withPolicy.policy).toEqual(new Map());
  });
});

test.each([
  [
    "a run that is not there",
    { from: "nobody" },
    /from: There is no run "nobody".*Files of trajectories end in .jsonl/,
  ],
  ["a file that is not there", { from: "./none.jsonl" }, /none.jsonl cannot be read/],
  ["a policy from nowhere", { fromPolicy: "yes" }, /fromPolicy: there is nothing to begin with/],
  ["no teacher", { from: "./none.jsonl", teacher: "none" }, /a run without a teacher has no reward model/],
  ["a task that the file is not about", { from: "FILE", task: "ant" }, /has task: "hopper-backflip"; expected "ant"/],
  [
    "a task that the run is not about",
    { from: "RUN", task: "ant" },
    /is about hopper-backflip, and this run about ant/,
  ],
] as const)("%s is refused, and leaves no run behind", async (_, options, message) => {
  const source = (await started({ from: file })).run;
  const before = await countRuns();
  const { from } = { from: undefined, ...options };
  const given = from === "FILE" ? file : from === "RUN" ? source : from;
  await expect(started({ ...options, from: given })).rejects.toThrow(message);
  expect(await countRuns()).toBe(before);
});

test("a run that was stopped takes trajectories in, once, and gives them back", async () => {
  const store = await openStore(join(directory.path, "stopped"), "0.1.0");
  try {
    const { scene, stepSeconds, segments } = world;
    const { options } = (await started({ from: file })).start;
    const looks = { task: "hopper-backflip", question: "Which?", scene, stepSeconds, options };
    const { id: run } = await store.createRun(looks);
    await expect(importTrajectories(store, run, file, "Ada")).rejects.toThrow("heed teach hopper-backflip --from");
    await store.claim(run);
    const [left, right] = segments.slice(0, 2);
    const query = { id: 1, kind: "comparison", segments: [1, 2], selection: "random", atStep: 0 } as const;
    await store.ask(run, { query, segments: [left, right] });
    await store.judge(run, judgement("j", 1));
    await store.release(run);
    const expected = { run, trajectories: 2, judgements: 6 };
    expect(await importTrajectories(store, run, file, "Ada")).toEqual({ ...expected, known: 0 });
    expect(await importTrajectories(store, run, file, "Ada")).toEqual({ ...expected, known: 2 });
    const lines: string[] = [];
    for await (const line of trajectoryLines(store.exportJudgements(run))) lines.push(JSON.stringify(line));
    const exported = join(directory.path, "exported.jsonl");
    writeFileSync(exported, lines.join("\n"));
    const shape = { observationSize: 11, actionSize: 3, poseSize: 28, stepSeconds, windowSteps: 63, poseStride: 2 };
    const before = await readTrajectories(file, "hopper-backflip", shape);
    const after = await readTrajectories(exported, "hopper-backflip", shape);
    expect(after).toEqual(before.map((trajectory) => ({ ...trajectory, annotator: "Ada" })));
  } finally {
    await store.close();
  }
});

test("where a server lets in whoever has a token, how to bring them all the same is said", async () => {
  const guarded = createServer((_request, response) => response.writeHead(401).end("{}")).listen(0, "127.0.0.1");
  await once(guarded, "listening");
  const [worker, importer] = [
    await openStore(join(directory.path, "guarded"), "0.1.0"),
    await openStore(join(directory.path, "guarded"), "0.1.0"),
  ];
  try {
    const { scene, stepSeconds, segments } = world;
    const { options } = (await started({ from: file })).start;
    const looks = { task: "hopper-backflip", question: "Which?", scene, stepSeconds, options };
    const { id: run } = await worker.createRun(looks);
    await worker.claim(run);
    // A server's address is text only while it listens on a pipe.
    const { port } = guarded.address() as AddressInfo;
    await worker.announce(run, `http://127.0.0.1:${port}`);
    const query = { id: 1, kind: "comparison", segments: [1, 2], selection: "random", atStep: 0 } as const;
    await worker.ask(run, { query, segments: segments.slice(0, 2) });
    await expect(importTrajectories(importer, run, file, "Ada")).rejects.toThrow(/Pause the run on its page/);
  } finally {
    await importer.close();
    await worker.close();
    guarded.close();
  }
});
