// Experiments for tests: trials that are over at once, with figures that follow from their keys.
import { readFileSync } from "node:fs";
import type { LaunchTrial } from "../src/experiment/launch.ts";
import type { RunListener } from "../src/experiment/runner.ts";
import type { Trial, TrialOutcome } from "../src/experiment/trial.ts";
import { POINT_MASS } from "./training-fixture.ts";

export const TASK = { name: "point-mass", reference: POINT_MASS, identity: "test" };

export const SILENT: RunListener = { finished: () => {}, failed: () => {}, progress: () => {} };

/** What a made-up trial measures: the better trained, the more. */
export function madeUpOutcome({ options, untrained }: Trial): TrialOutcome {
  const { labels, steps, seed, teacher } = options;
  const learned = untrained ? 0 : teacher === "none" ? 100 : 100 * (1 - 100 / (100 + labels));
  const trueReturn = learned + seed;
  return {
    evaluation: { episodes: 20, trueReturn, measures: { laps: trueReturn / 10 } },
    curve: untrained ? [] : [0.25, 0.5, 1].map((share) => [steps * share, labels * share, trueReturn * share]),
  };
}

/** Launches made-up trials and counts them. */
export function madeUpLauncher(): { readonly launch: LaunchTrial; readonly launched: string[] } {
  const launched: string[] = [];
  return {
    launched,
    launch: (trial, onSteps) => {
      launched.push(trial.key);
      onSteps(trial.options.steps);
      return { stop: () => {}, done: Promise.resolve(madeUpOutcome(trial)) };
    },
  };
}

export const linesOf = (path: string): string[] => readFileSync(path, "utf8").split("\n").slice(0, -1);
