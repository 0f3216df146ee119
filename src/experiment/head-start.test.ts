import { expect, test } from "vitest";
import { madeUpOutcome } from "../../test/experiment-fixture.ts";
import { POINT_MASS } from "../../test/training-fixture.ts";
import type { Plan } from "./experiment.ts";
import { headStart } from "./head-start.ts";
import type { Trial, TrialResult } from "./trial.ts";

const plan = (given: Record<string, string> = {}) =>
  headStart.plan({ task: POINT_MASS, labels: "50,100", seeds: "3", steps: "4000", ...given });

/** The report over made-up results. @param lapsOf a trial's laps, where they are not as usual */
async function reportOf(
  made: Plan,
  trials: readonly Trial[] = made.trials,
  lapsOf: (trial: Trial) => number | null = () => null,
) {
  const results = new Map(
    trials.map((trial): [string, TrialResult] => {
      const { evaluation, curve } = madeUpOutcome(trial);
      const laps = lapsOf(trial) ?? evaluation.measures["laps"];
      const result = { evaluation: { ...evaluation, measures: { laps } }, curve, seconds: 1 };
      return [trial.key, { experiment: "head-start", key: trial.key, ...result }];
    }),
  );
  return made.report(results);
}

test("by default it is backflips, with nothing, demonstrations and a half-trained agent, after their sources", async () => {
  const { trials } = await headStart.plan({});
  expect(trials).toHaveLength(5 * (2 + 3 * 6));
  expect(new Set(trials.map(({ key }) => key)).size).toBe(trials.length);
  for (const [i, { source }] of trials.entries()) {
    if (source !== null) expect(trials.slice(0, i)).toContain(source);
  }
  expect(
    trials.slice(0, 2).map(({ gives, options }) => [gives, options.teacher, options.labels, options.steps]),
  ).toEqual([
    ["demonstrations", "none", 0, 1_500_000],
    ["judgements", "simulated", 150, 750_000],
  ]);
});

test("a source is trained once for each seed, and only where somebody begins with it", async () => {
  const { trials } = await plan({ starts: "half-trained,half-trained-and-policy", seeds: "2" });
  const sources = trials.filter(({ gives }) => gives !== null);
  expect(sources.map(({ gives, options }) => [gives, options.seed])).toEqual([
    ["judgements", 1_001],
    ["judgements", 1_002],
  ]);
  const heirs = trials.filter(({ source }) => source === sources[0]);
  expect(heirs.map(({ options }) => [options.labels, options.seed, options.fromPolicy])).toEqual([
    [50, 1, undefined],
    [100, 1, undefined],
    [50, 1, "yes"],
    [100, 1, "yes"],
  ]);
  expect((await plan({ starts: "none" })).trials.every(({ gives, source }) => gives === null && source === null)).toBe(
    true,
  );
});

test("the table says how many labels were enough for all seeds and for most", async () => {
  // Made up: 3.43, 3.53 and 3.63 laps from 50 labels, more than 5 from 100.
  const { text, table, files } = await reportOf(await plan({ target: "3.5" }));
  expect([...files.keys()]).toEqual(["table.md", "table.json", "table.svg"]);
  expect(text).toContain("| head start | all seeds | most seeds |");
  expect(text).toContain("| none | 100 | 50 |");
  expect(text).toContain("| demonstrations | 50 | 2 of 3 | 3.53 ± 0.10 | 35.3 ± 1.0 | 3.43; 3.53; 3.63 |");
  expect(text).toContain("| demonstrator, on the true reward | 0 | 4,000 |");
  expect(text).toContain("| half-trained agent | 150 | 2,000 |");
  expect(table).toMatchObject({
    target: 3.5,
    measure: "laps",
    needed: [{ start: "none", bySeeds: { all: 100, most: 50 } }, {}, {}],
  });
  expect(files.get("table.svg")).toContain("┅┅ wanted");
});

test("labels are enough only where more of them are enough too", async () => {
  const made = await plan({ labels: "300,10,50,100", starts: "none", seeds: "1" });
  const dips = await reportOf(made, made.trials, ({ options }) => (options.labels === 50 ? 0 : 7));
  expect(dips.text).toContain("| none | 100 | 100 |");
  const never = await reportOf(made, made.trials, ({ options }) => (options.labels === 300 ? 2.99 : 3));
  expect(never.text).toContain("| none | – | – |");
});

test("what is there so far is shown", async () => {
  const made = await plan();
  const { text } = await reportOf(made, made.trials.slice(0, 3));
  expect(text).toContain("3 of 24 trials are in.");
  expect(text).toContain("| none | 50 | 1 of 1 | 3.43 | 34.3 | 3.43 |");
  expect(text).toContain("| none | – | – |");
  expect((await reportOf(made, [])).text).toContain("| half-trained | 100 | 0 of 0 | – |  |");
});

test.each([
  [{ starts: "talent" }, /--starts: there is no "talent"\. Known: none, demonstrations, half-trained/],
  [{ target: "high" }, /--target: expected a number, but got "high"/],
  [{ sourceLabels: "0" }, /--source-labels: expected an integer from 1/],
  [{ task: "hoper" }, /no task "hoper"/],
])("%j is refused", async (given, message) => {
  await expect(plan(given)).rejects.toThrow(message);
});
