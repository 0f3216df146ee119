import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { linesOf, madeUpLauncher, madeUpOutcome, SILENT, TASK } from "../../test/experiment-fixture.ts";
import type { LaunchTrial } from "./launch.ts";
import { runTrials, type RunProgress, type RunSetup } from "./runner.ts";
import { makeTrial, type TrialOutcome } from "./trial.ts";
import { TrialsFile } from "./trials-file.ts";

const trials = [1, 2, 3, 4, 5].map((seed) =>
  makeTrial({ task: TASK, title: "true reward", options: { teacher: "none", steps: 1_000, seed } }),
);

let directory: string;
let file: TrialsFile;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "heed-runner-"));
  file = new TrialsFile(directory, "test");
});

afterEach(() => {
  file.close();
  rmSync(directory, { recursive: true, force: true });
});

const run = (setup: Partial<RunSetup> & Pick<RunSetup, "launch">) =>
  runTrials({ experiment: "test", trials, file, parallel: 2, listener: SILENT, ...setup });

const lines = (): number => linesOf(join(directory, "trials.jsonl")).length;

/** Trials that go on until the test ends them. */
function heldLauncher() {
  const held: { readonly key: string; end: PromiseWithResolvers<TrialOutcome | null>; steps(count: number): void }[] =
    [];
  const launch: LaunchTrial = (trial, onSteps) => {
    const end = Promise.withResolvers<TrialOutcome | null>();
    held.push({ key: trial.key, end, steps: onSteps });
    return { stop: () => end.resolve(null), done: end.promise };
  };
  return { held, launch };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("as many trials as asked for run at the same time, and the next one begins when one is over", async () => {
  const { held, launch } = heldLauncher();
  const done = run({ launch });
  expect(held).toHaveLength(2);
  held[1].end.resolve(madeUpOutcome(trials[1]));
  await turn();
  expect(held).toHaveLength(3);
  expect([...file.finished.keys()]).toEqual([trials[1].key]);
  for (let i = 0; i < trials.length; i++) {
    held[i].end.resolve(madeUpOutcome(trials[i]));
    await turn();
  }
  expect(await done).toEqual({ outcome: "finished", failed: 0 });
  expect(lines()).toBe(5);
});

test("finished trials are not run again", async () => {
  const first = madeUpLauncher();
  await run({ launch: first.launch, trials: trials.slice(0, 2) });
  const second = madeUpLauncher();
  await run({ launch: second.launch });
  expect(second.launched).toEqual(trials.slice(2).map(({ key }) => key));
  expect(lines()).toBe(5);
});

test("a trial that fails is told and leaves the others alone, and is tried again another time", async () => {
  const failed: string[] = [];
  const { launch } = madeUpLauncher();
  const failing: LaunchTrial = (trial, onSteps) => {
    if (trial === trials[0]) throw new Error("no thread to be had");
    if (trial === trials[3]) return { stop: () => {}, done: Promise.reject(new Error("the physics is broken")) };
    return launch(trial, onSteps);
  };
  const listener = { ...SILENT, failed: (key: string, message: string) => failed.push(`${key}: ${message}`) };
  expect(await run({ launch: failing, listener })).toEqual({ outcome: "finished", failed: 2 });
  expect(failed.sort()).toEqual([`${trials[0].key}: no thread to be had`, `${trials[3].key}: the physics is broken`]);
  expect(lines()).toBe(3);
  expect(await run({ launch })).toEqual({ outcome: "finished", failed: 0 });
  expect(lines()).toBe(5);
});

test("a stop ends what is under way, begins nothing more and keeps what is finished", async () => {
  const { held, launch } = heldLauncher();
  const controller = new AbortController();
  const done = run({ launch, signal: controller.signal });
  held[0].end.resolve(madeUpOutcome(trials[0]));
  await turn();
  controller.abort();
  expect(await done).toEqual({ outcome: "stopped", failed: 0 });
  expect(held).toHaveLength(3);
  expect([...file.finished.keys()]).toEqual([trials[0].key]);
});

test("nothing begins where it is stopped before", async () => {
  const { launch, launched } = madeUpLauncher();
  expect(await run({ launch, signal: AbortSignal.abort() })).toEqual({ outcome: "stopped", failed: 0 });
  expect(launched).toEqual([]);
});

test("a file that cannot be written to ends everything", async () => {
  const { held, launch } = heldLauncher();
  const broken = {
    finished: new Map(),
    append: () => {
      throw new Error("no space left on device");
    },
  };
  const done = run({ launch, file: broken });
  held[0].end.resolve(madeUpOutcome(trials[0]));
  await expect(done).rejects.toThrow("no space left on device");
  expect(held).toHaveLength(2);
});

test("progress counts trials, and the steps taken and left", async () => {
  const seen: RunProgress[] = [];
  await run({ launch: madeUpLauncher().launch, trials: trials.slice(0, 1) });
  const { held, launch } = heldLauncher();
  const done = run({ launch, listener: { ...SILENT, progress: (progress) => seen.push(progress) } });
  const common = { trials: 5, failed: 0 };
  expect(seen.at(-1)).toEqual({ ...common, finished: 1, stepsTaken: 0, stepsLeft: 4_000 });
  held[0].steps(400);
  held[1].steps(100);
  held[0].steps(600);
  expect(seen.at(-1)).toEqual({ ...common, finished: 1, stepsTaken: 700, stepsLeft: 3_300 });
  // The last rollout may go beyond the end.
  held[0].steps(1_024);
  held[0].end.resolve(madeUpOutcome(trials[1]));
  await turn();
  expect(seen.at(-1)).toEqual({ ...common, finished: 2, stepsTaken: 1_124, stepsLeft: 2_900 });
  held[1].end.reject(new Error("broken"));
  await turn();
  held[2].steps(1);
  expect(seen.at(-1)).toMatchObject({ failed: 1, stepsLeft: 1_999 });
  for (const { end } of held) end.resolve(null);
  await turn();
  held.at(-1)?.end.resolve(null);
  await done;
});

const source = makeTrial({
  task: TASK,
  title: "source",
  options: { teacher: "none", steps: 1_000, seed: 9 },
  gives: "judgements",
});
const heir = makeTrial({
  task: TASK,
  title: "heir",
  options: { teacher: "simulated", labels: 5, steps: 1_000, seed: 1 },
  source,
});

test("a trial waits for the one that it begins with, and the others do not", async () => {
  const { held, launch } = heldLauncher();
  const done = run({ launch, parallel: 3, trials: [source, heir, trials[0]] });
  const keys = (): string[] => held.map(({ key }) => key);
  expect(keys()).toEqual([source.key, trials[0].key]);
  held[1].end.resolve(madeUpOutcome(trials[0]));
  await turn();
  expect(keys()).toHaveLength(2);
  held[0].end.resolve(madeUpOutcome(source));
  await turn();
  expect(keys()).toEqual([source.key, trials[0].key, heir.key]);
  held[2].end.resolve(madeUpOutcome(heir));
  expect(await done).toEqual({ outcome: "finished", failed: 0 });
  // The next time its source is there already.
  const again = madeUpLauncher();
  const other = makeTrial({ task: TASK, title: "other", options: { teacher: "simulated", steps: 1_000 }, source });
  await run({ launch: again.launch, trials: [source, heir, other] });
  expect(again.launched).toEqual([other.key]);
});

test("a trial fails with the one that it begins with, and both are tried again another time", async () => {
  const failed: string[] = [];
  const { launch } = madeUpLauncher();
  const failing: LaunchTrial = (trial, onSteps) => {
    if (trial === source) return { stop: () => {}, done: Promise.reject(new Error("no demonstrator")) };
    return launch(trial, onSteps);
  };
  const listener = { ...SILENT, failed: (key: string, message: string) => failed.push(`${key}: ${message}`) };
  const these = [source, heir, trials[0]];
  expect(await run({ launch: failing, listener, trials: these })).toEqual({ outcome: "finished", failed: 2 });
  expect(failed).toEqual([
    `${source.key}: no demonstrator`,
    `${heir.key}: It was to begin with what "${source.key}" gives, and that is not there.`,
  ]);
  expect(await run({ launch, trials: these })).toEqual({ outcome: "finished", failed: 0 });
  expect(lines()).toBe(3);
});

test("a stop reaches those who wait for others too", async () => {
  const { launch } = heldLauncher();
  const controller = new AbortController();
  const done = run({ launch, trials: [source, heir], signal: controller.signal });
  await turn();
  controller.abort();
  expect(await done).toEqual({ outcome: "stopped", failed: 0 });
  expect(lines()).toBe(0);
});
