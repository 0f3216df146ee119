// How well heed's PPO learns, beside Stable-Baselines3's and what CleanRL has published: per task the means over seeds
// and the intervals of their differences.
import type { Learned } from "./learned.ts";
import { CLEANRL } from "./published.ts";
import { figure, markdownTable } from "./report.ts";
import { sampleOf, welch, type Sample } from "./statistics.ts";

/** The two tables, of evaluations and of training episodes, over the tasks for which heed has two seeds or more. */
export function learningReport(tasks: readonly string[], heed: readonly Learned[], sb3: readonly Learned[]): string {
  const seeds = (runs: readonly Learned[], task: string) => runs.filter((run) => run.task === task);
  const known = tasks.filter((task) => seeds(heed, task).length > 1);
  const evaluations = known.map((task) => {
    const [ours, theirs] = [heed, sb3].map((runs) => sample(seeds(runs, task).map((run) => run.evaluation)));
    return [task, shown(ours), shown(theirs), difference(ours, theirs)];
  });
  const trainings = known.map((task) => {
    const [ours, theirs] = [heed, sb3].map((runs) => sample(seeds(runs, task).map((run) => run.training)));
    const cleanrl = CLEANRL[task];
    const after = cleanrl !== undefined && cleanrl.steps !== 1e6 ? ` after ${cleanrl.steps / 1e6} million steps` : "";
    const others = [difference(ours, theirs), `${shown(cleanrl)}${after}`, difference(ours, cleanrl)];
    return [task, shown(ours), shown(theirs), ...others];
  });
  const head = ["task", "heed", "Stable-Baselines3", "heed's lead over it"];
  return [
    "True return of 20 episodes with the mean action; mean ± standard deviation over seeds, the number of seeds, and " +
      "the difference with Welch's 95 % interval:",
    markdownTable([head, ...evaluations]),
    "True return of the training episodes in the last tenth of the steps (CleanRL: the last 100 training episodes):",
    markdownTable([[...head, "CleanRL, published", "heed's lead over it"], ...trainings]),
  ].join("\n\n");
}

function sample(values: readonly number[]): Sample | undefined {
  return values.length > 1 ? sampleOf(values) : undefined;
}

function shown(of: Sample | undefined): string {
  return of === undefined ? "–" : `${figure(of.mean)} ± ${figure(of.deviation)} (${of.count})`;
}

/** The difference, and a word where all of its interval lies on one side of nothing. */
function difference(ours: Sample | undefined, theirs: Sample | undefined): string {
  if (ours === undefined || theirs === undefined) return "–";
  const { difference: by, low, high } = welch(ours, theirs);
  const verdict = high < 0 ? ", below" : low > 0 ? ", above" : "";
  return `${figure(by)} (${figure(low)} to ${figure(high)})${verdict}`;
}
