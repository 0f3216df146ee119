import { expect, test } from "vitest";
import { madeUpOutcome } from "../../test/experiment-fixture.ts";
import { POINT_MASS } from "../../test/training-fixture.ts";
import { HYPERPARAMETERS } from "../training/hyperparameters.ts";
import { MOST_STEPS } from "../training/options.ts";
import { ablations } from "./ablations.ts";
import type { Plan } from "./experiment.ts";
import { paperTable } from "./paper-table.ts";
import type { Trial, TrialResult } from "./trial.ts";

const plan = (given: Record<string, string> = {}) =>
  paperTable.plan({ tasks: POINT_MASS, seeds: "2", steps: "4000", ...given });

function resultsOf(trials: readonly Trial[]): Map<string, TrialResult> {
  return new Map(
    trials.map((trial) => [
      trial.key,
      { experiment: "paper-table", key: trial.key, seconds: 1, ...madeUpOutcome(trial) },
    ]),
  );
}

const reportOf = (made: Plan, trials = made.trials) => made.report(resultsOf(trials));

test("by default it is the paper's eight robots with three seeds", async () => {
  const { trials } = await paperTable.plan({});
  expect(trials).toHaveLength(8 * 3 * 5);
  expect(new Set(trials.map(({ key }) => key)).size).toBe(trials.length);
  expect(new Set(trials.map(({ options }) => options.steps))).toEqual(new Set([1, 1_000_000]));
  expect(new Set(trials.map(({ options }) => options.task))).toEqual(
    new Set([
      "hopper-fixed-horizon",
      "walker2d-fixed-horizon",
      "half-cheetah",
      "ant-fixed-horizon",
      "swimmer",
      "reacher",
      "inverted-pendulum-fixed-horizon",
      "inverted-double-pendulum-fixed-horizon",
    ]),
  );
});

test("each task has an untrained agent, one with the true reward, and one for each number of labels", async () => {
  const { trials } = await plan({ seeds: "1", labels: "40,80" });
  expect(trials.map(({ options, untrained }) => [options.teacher, options.labels, options.steps, untrained])).toEqual([
    ["none", 0, 1, true],
    ["none", 0, 4_000, false],
    ["simulated", 40, 4_000, false],
    ["simulated", 80, 4_000, false],
  ]);
  // Labels come by the schedule, not because the agent must not go on without them.
  expect(trials[2].options.stepsPerLabel).toBe(MOST_STEPS);
});

test("the table has returns, and scores between the untrained agent and the true reward's", async () => {
  const { text, table, files } = await reportOf(await plan({ labels: "100,300" }));
  // Made up: seed + 100 for the true reward, seed + 0 untrained, seed + 50 and seed + 75 between them.
  expect(text).toContain("| task | untrained | true reward | 100 labels | 300 labels |");
  expect(text).toContain(
    "| point-mass | 1.50 ± 0.71 | 102 ± 1 | 51.5 ± 0.7 (0.50 ± 0.01) | 76.5 ± 0.7 (0.75 ± 0.01) |",
  );
  expect(text).toContain("| mean score | 0 | 1 | 0.50 | 0.75 |");
  expect(text).toContain("(R − R untrained) / (R true reward − R untrained)");
  expect(text).not.toContain("trials are in");
  expect(table).toMatchObject({
    seeds: 2,
    steps: 4_000,
    tasks: [{ task: "point-mass", columns: [{ labels: 100 }, { labels: 300, score: { mean: 0.75 } }] }],
    averages: [{ score: 0.5, lowest: 0.5 }, { score: 0.75 }],
  });
  expect([...files.keys()]).toEqual(["table.md", "table.json", "table.svg"]);
  expect(files.get("table.md")).toBe(text);
  expect(JSON.parse(files.get("table.json") ?? "")).toEqual(table);
  for (const shown of ["point-mass", "true reward", "100 labels", "300 labels", "score"]) {
    expect(files.get("table.svg")).toContain(shown);
  }
});

test("what is there so far is shown, with how much that is", async () => {
  const made = await plan({ labels: "100" });
  const { text } = await reportOf(made, made.trials.slice(0, 2));
  expect(text).toContain("2 of 6 trials are in.");
  expect(text).toContain("| point-mass | 1.00 | 101 | – |");
  const nothing = await reportOf(made, []);
  expect(nothing.text).toContain("| point-mass | – | – | – |");
});

test("ablations stand beside the whole method in files of their own, and share its trials", async () => {
  const whole = await plan({ labels: "700" });
  const made = await plan({ ablation: "all" });
  const keys = new Set(made.trials.map(({ key }) => key));
  expect(whole.trials.every(({ key }) => keys.has(key))).toBe(true);
  expect(made.trials).toHaveLength(2 * (3 + ablations.length));
  const { text, files } = await reportOf(made);
  expect(text).toContain("| default, 700 labels | random-queries, 700 labels | no-ensemble, 700 labels |");
  expect([...files.keys()]).toEqual(["ablations.md", "ablations.json", "ablations.svg"]);
});

test.each([
  ["random-queries", { selection: "random" }, {}],
  ["no-ensemble", { selection: "random" }, { members: 1 }],
  ["no-regularisation", {}, { fit: { ...HYPERPARAMETERS.fit, regularise: false } }],
  ["no-segments", {}, { segmentSeconds: 0 }],
  ["offline", {}, { offlineAfter: 0.25 }],
])("%s differs from the whole method in nothing else", async (name, options, hyperparameters) => {
  const { trials } = await plan({ seeds: "1", labels: "50", ablation: name });
  const [, , whole, ablated] = trials;
  expect(ablated.key).toContain(name);
  expect(ablated.options).toEqual({ ...whole.options, ...options });
  expect(ablated.hyperparameters).toEqual({ ...HYPERPARAMETERS, ...hyperparameters });
});

test.each([
  [{ tasks: "hoper" }, /no task "hoper".*Known tasks: .*half-cheetah/],
  [{ labels: "0" }, /--labels: expected an integer from 1 to 100000/],
  [{ labels: "350;700" }, /--labels: expected an integer .*"350;700"/],
  [{ seeds: "none" }, /--seeds: expected an integer/],
  [{ steps: "-1" }, /--steps: expected an integer/],
  [{ ablation: "no-brain" }, /--ablation: there is no "no-brain"\. Known: random-queries, .*offline; or "all"/],
])("%j is refused", async (given, message) => {
  await expect(plan(given)).rejects.toThrow(message);
});
