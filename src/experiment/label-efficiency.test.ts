import { expect, test } from "vitest";
import { madeUpOutcome } from "../../test/experiment-fixture.ts";
import { POINT_MASS } from "../../test/training-fixture.ts";
import type { Plan } from "./experiment.ts";
import { labelEfficiency } from "./label-efficiency.ts";
import { methods } from "./methods.ts";
import { teachers } from "./teachers.ts";
import type { Trial, TrialResult } from "./trial.ts";

const plan = (given: Record<string, string> = {}) =>
  labelEfficiency.plan({ task: POINT_MASS, labels: "100,300", seeds: "2", steps: "4000", ...given });

async function reportOf(made: Plan, trials: readonly Trial[] = made.trials) {
  const results = new Map(
    trials.map((trial): [string, TrialResult] => [
      trial.key,
      { experiment: "label-efficiency", key: trial.key, seconds: 1, ...madeUpOutcome(trial) },
    ]),
  );
  return made.report(results);
}

test("by default it is backflips, every method with the oracle, and the default method with every teacher", async () => {
  const { trials } = await labelEfficiency.plan({});
  expect(trials).toHaveLength(4 * 5 * (methods.length + teachers.length - 1));
  expect(new Set(trials.map(({ key }) => key)).size).toBe(trials.length);
  expect(new Set(trials.map(({ options }) => options.task))).toEqual(new Set(["hopper-backflip"]));
  const { files } = await reportOf(await plan({ seeds: "1", labels: "10" }));
  expect([...files.keys()]).toEqual(["table.md", "table.json", "methods.svg", "teachers.svg"]);
  const [methodsChart, teachersChart] = ["methods.svg", "teachers.svg"].map((name) => files.get(name) ?? "");
  for (const { name } of methods) expect(methodsChart).toContain(`━━ ${name}`);
  for (const { name } of teachers) expect(teachersChart).toContain(`━━ ${name}`);
  expect(methodsChart).toContain("oracle teacher");
  expect(methodsChart).not.toContain("boltzmann");
});

test("methods and teachers that are asked for are taken each with each", async () => {
  const made = await plan({ methods: "default,random", teachers: "oracle,mistake", labels: "10" });
  expect(made.trials.map(({ options }) => [options.selection, options.mistake, options.seed])).toEqual([
    ["k-center", 0, 1],
    ["random", 0, 1],
    ["k-center", 0.1, 1],
    ["random", 0.1, 1],
    ["k-center", 0, 2],
    ["random", 0, 2],
    ["k-center", 0.1, 2],
    ["random", 0.1, 2],
  ]);
});

test("methods alone are taught by the oracle, and a chart that compares nothing is left out", async () => {
  const made = await plan({ methods: "default,random" });
  const { text, files } = await reportOf(made);
  expect([...files.keys()]).toEqual(["table.md", "table.json", "methods.svg"]);
  expect(text).toContain("| method | teacher | labels | laps | true return | laps, seed by seed |");
  // Made up: 50 and 75 points, and one for the seed; a lap for ten.
  expect(text).toContain("| default | oracle | 100 | 5.15 ± 0.07 | 51.5 ± 0.7 | 5.10; 5.20 |");
  expect(text).toContain("| random | oracle | 300 | 7.65 ± 0.07 | 76.5 ± 0.7 | 7.60; 7.70 |");
});

test("what is there so far is shown", async () => {
  const made = await plan({ methods: "default" });
  const { text, table } = await reportOf(made, made.trials.slice(0, 1));
  expect(text).toContain("1 of 4 trials are in.");
  expect(text).toContain("| default | oracle | 100 | 5.10 | 51.0 | 5.10 |");
  expect(text).toContain("| default | oracle | 300 | – | – |  |");
  expect(table).toMatchObject({ rows: [{ quantities: { laps: { values: [5.1] } } }, { quantities: { laps: null } }] });
  expect((await reportOf(made, [])).text).toContain("0 of 4 trials are in.");
});

test("teachers are B-Pref's, with the rationality brought to what the task's clips are worth", async () => {
  const { trials } = await labelEfficiency.plan({ teachers: "all", labels: "10", seeds: "1" });
  const weaknesses = trials.map(({ options: { rationality, myopia, mistake, skip, equal } }) => ({
    ...(rationality === undefined ? {} : { rationality }),
    myopia,
    mistake,
    skip,
    equal,
  }));
  const oracle = { myopia: 1, mistake: 0, skip: 0, equal: 0 };
  expect(weaknesses).toEqual([
    oracle,
    { ...oracle, rationality: 0.025 },
    { ...oracle, myopia: 0.9 },
    { ...oracle, mistake: 0.1 },
    { ...oracle, skip: 0.1 },
    { ...oracle, equal: 0.1 },
  ]);
  const [raw] = (await plan({ teachers: "boltzmann" })).trials;
  expect(raw.options.rationality).toBe(1);
});

test.each([
  [{ methods: "best" }, /--methods: there is no "best"\. Known: default, random, disagreement, entropy/],
  [{ teachers: "strict" }, /--teachers: there is no "strict"\. Known: oracle, boltzmann, .*equal/],
  [{ labels: "" }, /--labels: expected an integer/],
  [{ task: "hoper" }, /no task "hoper"/],
])("%j is refused", async (given, message) => {
  await expect(plan(given)).rejects.toThrow(message);
});
