import { expect, test } from "vitest";
import { TASK } from "../../test/experiment-fixture.ts";
import type { Place, PlacedTrial } from "./paper-table.ts";
import { averageOf, rowOf, scoreOf } from "./scores.ts";
import { makeTrial, type TrialResult } from "./trial.ts";

const results = new Map<string, TrialResult>();
const placed: PlacedTrial[] = [];

/** Adds a trial that ended with this return. */
function add(place: Place, trueReturn: number | null): void {
  const title = `${JSON.stringify(place)}`;
  const trial = makeTrial({ task: TASK, title, options: { teacher: "none", steps: 1, seed: place.seed } });
  placed.push({ trial, place });
  const evaluation = { episodes: 20, trueReturn, measures: {} };
  results.set(trial.key, { experiment: "test", key: trial.key, evaluation, curve: [], seconds: 1 });
}

const column = { labels: 350, variant: "default" };
const columns = [column, { ...column, labels: 700 }];

// All returns of reacher are negative, as in Gymnasium.
for (const [i, seed] of [1, 2].entries()) {
  add({ task: "reacher", kind: "untrained", seed }, [-50, -40][i]);
  add({ task: "reacher", kind: "true-reward", seed }, [-4, -6][i]);
  add({ task: "reacher", kind: "labels", seed, ...column }, [-5, -25][i]);
  add({ task: "hopper", kind: "untrained", seed }, 0);
  add({ task: "hopper", kind: "true-reward", seed }, 1_000);
  add({ task: "hopper", kind: "labels", seed, ...column }, 1_200);
  add({ task: "stuck", kind: "untrained", seed }, 10);
  add({ task: "stuck", kind: "true-reward", seed }, 9);
  add({ task: "stuck", kind: "labels", seed, ...column }, 9);
}

const row = (task: string) => rowOf(task, columns, placed, results);

test("a score is 0 for the untrained agent and 1 for the true reward's, whatever the signs", () => {
  const scale = { untrained: -45, trueReward: -5 };
  expect([-45, -5, -25, -65, 35].map((value) => scoreOf(value, scale))).toEqual([0, 1, 0.5, -0.5, 2]);
});

test("scores are of single seeds, on the scale of the means", () => {
  const { untrained, trueReward, columns } = row("reacher");
  expect([untrained?.mean, trueReward?.mean]).toEqual([-45, -5]);
  expect(columns[0].return?.values).toEqual([-5, -25]);
  expect(columns[0].score?.values).toEqual([1, 0.5]);
  expect(columns[0].score?.mean).toBe(0.75);
  expect(columns[1]).toEqual({ labels: 700, variant: "default", return: null, score: null });
});

test("there are no scores where the true reward's agent is no better than an untrained one", () => {
  expect(row("stuck").columns[0]).toMatchObject({ return: { mean: 9 }, score: null });
});

test("the average is over tasks, and there is none while a task is missing", () => {
  expect(averageOf(0, [row("reacher"), row("hopper")])).toEqual({ ...column, score: 0.975, lowest: 0.75 });
  expect(averageOf(0, [row("reacher"), row("stuck")])).toEqual({ ...column, score: null, lowest: null });
  expect(averageOf(1, [row("reacher"), row("hopper")])).toMatchObject({ labels: 700, score: null });
});
