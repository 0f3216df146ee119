import { expect, test } from "vitest";
import { madeUpOutcome } from "../../test/experiment-fixture.ts";
import { POINT_MASS, SMALL } from "../../test/training-fixture.ts";
import { ASKABLE } from "../feedback/judgement.ts";
import type { Plan } from "./experiment.ts";
import { feedbackKindsExperiment, mixes } from "./feedback-kinds.ts";
import { trialLauncher } from "./launch.ts";
import type { Trial, TrialResult } from "./trial.ts";

const plan = (given: Record<string, string> = {}) =>
  feedbackKindsExperiment.plan({ tasks: POINT_MASS, minutes: "5,10", seeds: "2", steps: "4000", ...given });

async function reportOf(made: Plan, trials: readonly Trial[] = made.trials) {
  const results = new Map(
    trials.map((trial): [string, TrialResult] => [
      trial.key,
      { experiment: "feedback-kinds", key: trial.key, seconds: 1, ...madeUpOutcome(trial) },
    ]),
  );
  return made.report(results);
}

test("by default it is backflips, with every kind that is asked for and all of them mixed", async () => {
  const { trials } = await feedbackKindsExperiment.plan({});
  expect(mixes.map(({ name }) => name)).toEqual([...ASKABLE, "mixture"]);
  expect(trials).toHaveLength(3 * 3 * mixes.length);
  expect(new Set(trials.map(({ key }) => key)).size).toBe(trials.length);
  expect(new Set(trials.map(({ options }) => options.task))).toEqual(new Set(["hopper-backflip"]));
});

test("each kind gets as many answers as fit into the minutes", async () => {
  const { trials } = await plan({ kinds: "comparison,live,mixture", seeds: "1" });
  expect(trials.map(({ options: { feedback, labels } }) => [feedback, labels])).toEqual([
    ["comparison", 75],
    ["comparison", 150],
    ["live", 29],
    ["live", 58],
    [ASKABLE.join(","), 41],
    [ASKABLE.join(","), 83],
  ]);
});

test("tables and charts have every kind, and what its answers cost", async () => {
  const { text, files } = await reportOf(await plan());
  expect([...files.keys()]).toEqual(["table.md", "table.json", "point-mass-laps.svg", "point-mass-true-return.svg"]);
  // Made up: 43 points from 75 labels, and one for the seed; a lap for ten.
  expect(text).toContain("| comparison | 5 | 75 | 4.44 ± 0.07 | 44.4 ± 0.7 | 4.39; 4.49 |");
  expect(text).toContain("| rating | 1 of 3 s | 3.0 | 1.6 | 4.6 | a decision and a key |");
  const chart = files.get("point-mass-laps.svg") ?? "";
  for (const kind of ASKABLE) expect(chart).toContain(`━━ ${kind}`);
  expect(chart).toContain("┅┅ mixture");
});

test("what is there so far is shown", async () => {
  const made = await plan({ kinds: "rating,ranking" });
  const { text, table } = await reportOf(made, made.trials.slice(0, 1));
  expect(text).toContain("1 of 8 trials are in.");
  expect(text).toContain("| ranking | 10 | 60 | – | – |  |");
  expect(table).toMatchObject({
    rows: [{ quantities: { laps: { values: [expect.closeTo(4.0024, 3)] } } }, { quantities: { laps: null } }, {}, {}],
  });
  expect((await reportOf(made, [])).text).toContain("0 of 8 trials are in.");
});

test.each([
  [{ kinds: "applause" }, /--kinds: there is no "applause"\. Known: comparison, good-bad, .*mixture/],
  [{ kinds: "demonstration" }, /--kinds: there is no "demonstration"/],
  [{ minutes: "0" }, /--minutes: expected an integer from 1/],
  [{ tasks: "hoper" }, /no task "hoper"/],
])("%j is refused", async (given, message) => {
  await expect(plan(given)).rejects.toThrow(message);
});

test("a real run is asked for all kinds and ends with all of its labels", async () => {
  const [trial] = (await plan({ minutes: "2", kinds: "mixture" })).trials;
  const outcome = await trialLauncher("nowhere")({ ...trial, hyperparameters: SMALL }, () => {}).done;
  expect(outcome?.curve.at(-1)?.[1]).toBe(trial.options.labels);
});
