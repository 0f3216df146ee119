import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linesOf, madeUpLauncher, SILENT, TASK } from "../../test/experiment-fixture.ts";
import { POINT_MASS, SMALL } from "../../test/training-fixture.ts";
import { trialLauncher } from "./launch.ts";
import { paperTable } from "./paper-table.ts";
import { runExperiment } from "./run.ts";
import { makeTrial } from "./trial.ts";

const GIVEN = { tasks: POINT_MASS, labels: "50,100", seeds: "2", steps: "4000" };
const TRIALS = 8;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "heed-experiment-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the experiment with made-up trials. */
async function run(out: string, given: Record<string, string> = {}) {
  const { launch, launched } = madeUpLauncher();
  const end = await runExperiment(paperTable, { ...GIVEN, ...given }, { out, parallel: 3, listener: SILENT, launch });
  return { ...end, launched };
}

const files = (directory: string) =>
  ["table.md", "table.json", "table.svg"].map((name) => readFileSync(join(directory, name), "utf8"));

test("an experiment leaves its trials, its table and its chart behind", async () => {
  const out = join(folder, "whole");
  const { outcome, trials, finished, failed, report } = await run(out);
  expect({ outcome, trials, finished, failed }).toEqual({
    outcome: "finished",
    trials: TRIALS,
    finished: TRIALS,
    failed: 0,
  });
  expect(readdirSync(out).sort()).toEqual(["table.json", "table.md", "table.svg", "trials.jsonl"]);
  expect(files(out)[0]).toBe(report.text);
});

test("cut off at any byte, it goes on to the same table and does nothing twice", async () => {
  const whole = join(folder, "uncut");
  await run(whole);
  const bytes = readFileSync(join(whole, "trials.jsonl"));
  const expected = files(whole);
  let directories = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length), async (cut) => {
      const out = mkdtempSync(join(folder, `cut-${directories++}-`));
      const kept = bytes.subarray(0, cut);
      writeFileSync(join(out, "trials.jsonl"), kept);
      const { launched } = await run(out);
      expect(files(out)).toEqual(expected);
      expect(launched).toHaveLength(TRIALS - kept.filter((byte) => byte === 10).length);
      expect(linesOf(join(out, "trials.jsonl"))).toHaveLength(TRIALS);
      // What was kept this time is sound too.
      expect((await run(out)).launched).toEqual([]);
    }),
    { numRuns: 20, examples: [[0], [bytes.length - 1], [bytes.length]] },
  );
});

test("other settings are other trials, and a table is of those that were asked for", async () => {
  const out = join(folder, "settings");
  const first = await run(out);
  const longer = await run(out, { steps: "8000" });
  // An agent that is not trained is the same however long the others are.
  expect(longer.launched).toHaveLength(TRIALS - 2);
  expect(longer.report.text).toContain("8,000 steps");
  const more = await run(out, { seeds: "3" });
  expect(more.launched).toHaveLength(4);
  const again = await run(out);
  expect(again.launched).toEqual([]);
  expect(again.report.table).toEqual(first.report.table);
});

test("stopped before the end, it shows what is there", async () => {
  const controller = new AbortController();
  const { launch } = madeUpLauncher();
  const out = join(folder, "stopped");
  const { outcome, finished, report } = await runExperiment(paperTable, GIVEN, {
    out,
    parallel: 1,
    launch,
    signal: controller.signal,
    listener: { ...SILENT, finished: () => controller.abort() },
  });
  expect({ outcome, finished }).toEqual({ outcome: "stopped", finished: 1 });
  expect(report.text).toContain(`1 of ${TRIALS} trials are in.`);
  expect(files(out)[0]).toBe(report.text);
});

test("flags that cannot be leave no directory behind", async () => {
  await expect(run(join(folder, "never"), { labels: "many" })).rejects.toThrow("--labels");
  expect(readdirSync(folder)).not.toContain("never");
});

test("a real trial learns, is measured, and is the same again", async () => {
  const request = {
    task: TASK,
    title: "tiny",
    options: { teacher: "simulated", labels: 12, steps: 4_000, seed: 1 },
  } as const;
  const trial = makeTrial({ ...request, hyperparameters: SMALL });
  const launch = trialLauncher(folder);
  const steps: number[] = [];
  const [first, second] = await Promise.all([
    launch(trial, (taken) => steps.push(taken)).done,
    launch(trial, () => {}).done,
  ]);
  expect(first).toEqual(second);
  expect(first?.evaluation).toMatchObject({ episodes: SMALL.evaluationEpisodes, trueReturn: expect.any(Number) });
  expect(first?.curve.at(-1)).toEqual([expect.any(Number), 12, expect.any(Number)]);
  expect(steps.at(-1)).toBeGreaterThanOrEqual(4_000);

  const untrained = await launch(makeTrial({ ...request, hyperparameters: SMALL, untrained: true }), () => {}).done;
  expect(untrained?.curve).toEqual([]);
  expect(untrained?.evaluation.trueReturn).not.toBe(first?.evaluation.trueReturn);
});

test("a real trial can be stopped", async () => {
  const options = { teacher: "none", steps: 1_000_000_000, seed: 1 } as const;
  const running = trialLauncher(folder)(
    makeTrial({ task: TASK, title: "endless", options, hyperparameters: SMALL }),
    () => running.stop(),
  );
  expect(await running.done).toBeNull();
});
