import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TASK } from "../../test/experiment-fixture.ts";
import { scriptedTraining } from "../../test/scripted-training.ts";
import { temporaryDirectory } from "../../test/store-fixture.ts";
import { SMALL } from "../../test/training-fixture.ts";
import { startTeaching } from "../host/teach.ts";
import { HYPERPARAMETERS } from "../training/hyperparameters.ts";
import type { Start } from "../training/training.ts";
import { startOf } from "./head-start-source.ts";
import { trialLauncher } from "./launch.ts";
import { makeTrial, type Trial } from "./trial.ts";

const directory = temporaryDirectory();
const out = directory.path;
afterAll(() => directory[Symbol.dispose]());

const STEPS = 2_000;
/** Head starts are read for segments as long as everybody's. */
const quick = (trial: Trial): Trial => ({
  ...trial,
  hyperparameters: { ...SMALL, segmentSeconds: HYPERPARAMETERS.segmentSeconds },
});
const demonstrator = makeTrial({
  task: TASK,
  title: "demonstrations",
  options: { teacher: "none", steps: STEPS, seed: 7 },
  gives: "demonstrations",
});
const halfTrained = makeTrial({
  task: TASK,
  title: "half-trained",
  options: { teacher: "simulated", labels: 12, steps: STEPS, seed: 7 },
  gives: "judgements",
});
const after = (source: Trial, more = {}): Trial =>
  makeTrial({
    task: TASK,
    title: "after",
    options: { teacher: "simulated", labels: 5, steps: STEPS, seed: 1, ...more },
    source,
  });

const folderOf = ({ key }: Trial): string => join(out, "sources", key.slice(-12));

beforeAll(async () => {
  const launch = trialLauncher(out);
  for (const source of [demonstrator, halfTrained]) {
    const steps: number[] = [];
    const outcome = await launch(quick(source), (taken) => steps.push(taken)).done;
    expect(outcome?.evaluation).toMatchObject({ episodes: SMALL.evaluationEpisodes, trueReturn: expect.any(Number) });
    expect(steps.at(-1)).toBeGreaterThanOrEqual(STEPS);
  }
}, 60_000);

/** What a run begins with that `heed teach` is told to begin so. */
async function taught(trial: Trial, data: string, from: string): Promise<Start> {
  let start: Start | undefined;
  const running = await startTeaching({ ...trial.options, from, data, serve: false }, (given, journal) => {
    start = given;
    return scriptedTraining()(given, journal);
  });
  await running.close();
  if (start === undefined) throw new Error("Training was not begun.");
  return start;
}

test("two minutes are shown, and a trial begins with them as heed teach --from does", async () => {
  const trial = after(demonstrator, { fromPolicy: "yes" });
  const start = await startOf(trial, out);
  const shown = start.judged.map(({ segments }) => segments[0].length);
  // 2,400 steps of 0.05 s in windows of half a second.
  expect(shown).toEqual(Array(240).fill(10));
  const file = join(folderOf(demonstrator), "demonstrations.jsonl");
  const expected = await taught(trial, join(out, "taught"), file);
  expect(start.judged).toEqual(expected.judged);
  expect(start.policy).toEqual(expected.policy);
  expect(start.policy?.has("policy.logDeviations")).toBe(true);
});

test("a trial begins with another run's judgements as heed teach --from does", async () => {
  const trial = after(halfTrained);
  const start = await startOf(trial, out);
  expect(start.judged).toHaveLength(12);
  const expected = await taught(trial, folderOf(halfTrained), "source");
  expect(start.judged).toEqual(expected.judged);
  expect(start.policy).toBeUndefined();
});

test("a trial with a head start goes on to learn from labels, and is the same again", async () => {
  const launch = trialLauncher(out);
  const trial = after(demonstrator, { fromPolicy: "yes" });
  const [first, second] = [await launch(quick(trial), () => {}).done, await launch(quick(trial), () => {}).done];
  // The last label comes when no episode ends any more.
  expect(first?.curve.at(-1)?.[1]).toBeGreaterThanOrEqual(4);
  expect(second).toEqual(first);
  const { labels, steps, seed } = trial.options;
  const alone = makeTrial({ task: TASK, title: "alone", options: { teacher: "simulated", labels, steps, seed } });
  expect((await launch(quick(alone), () => {}).done)?.evaluation).not.toEqual(first?.evaluation);
});

test("a source that is stopped gives nothing, and one that is gone is missed", async () => {
  const launch = trialLauncher(out);
  const endless = makeTrial({
    task: TASK,
    title: "endless",
    options: { teacher: "none", steps: 1_000_000_000, seed: 1 },
    gives: "demonstrations",
  });
  const running = launch(quick(endless), () => running.stop());
  expect(await running.done).toBeNull();
  expect(readdirSync(folderOf(endless))).not.toContain("demonstrations.jsonl");
  rmSync(folderOf(endless), { recursive: true });
  await expect(launch(after(endless), () => {}).done).rejects.toThrow(
    /is gone.*Remove the line of "point-mass, endless/,
  );
});
