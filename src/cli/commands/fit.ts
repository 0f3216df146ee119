import { existsSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { readComparisons, type ReadComparisons } from "../../host/comparisons/read.ts";
import { messageOf, UsageError } from "../../host/errors.ts";
import { loadKernelModule } from "../../host/kernel-module.ts";
import { reliabilityPlot } from "../../host/reliability-plot.ts";
import type { Agreement } from "../../reward/agreement.ts";
import { assess, type Assessment } from "../../reward/assessment.ts";
import { baselinesOf, inferColumns, type Baseline, type Baselines, type Columns } from "../../reward/baselines.ts";
import { crossValidate, type CrossValidation } from "../../reward/cross-validation.ts";
import { FitProgress } from "../fit-progress.ts";
import type { Output } from "../output.ts";

export interface FitFlags {
  readonly folds: number;
  readonly seeds: number;
  readonly plot?: string;
  readonly velocityColumn?: number;
  readonly heightColumn?: number;
}

/** Cross-validates a reward model on comparisons that somebody collected, and says how good it is. */
export async function fit(output: Output, file: string, flags: FitFlags): Promise<number> {
  const began = performance.now();
  const read = await readComparisons(file);
  const { set, format, cannotTell, otherKinds } = read;
  const { folds, seeds } = flags;
  expectFolds(folds, set.pairs.length, file);
  if (flags.plot !== undefined) expectPlace(flags.plot);
  const { columns, robot } = chooseColumns(read, flags);
  output.say(describeColumns(columns, robot));

  const progress = new FitProgress(folds * seeds, output.people);
  const validation = crossValidate(
    loadKernelModule(),
    set,
    folds,
    Array.from({ length: seeds }, (_, index) => index + 1),
    (done) => progress.show(done),
  );
  progress.clear();
  const assessment = assess(set, validation.leftProbabilities);
  const baselines = baselinesOf(set, columns);
  if (flags.plot !== undefined) writePlot(flags.plot, assessment, basename(file));

  const { accuracy, interval, accuracyPerSeed, calibration, decisivePairs, annotators } = assessment;
  output.result(
    {
      event: "fitted",
      file,
      format,
      task: set.task,
      robot,
      pairs: set.pairs.length,
      decisivePairs,
      cannotTell,
      otherKinds,
      steps: set.steps,
      observationSize: set.observationSize,
      actionSize: set.actionSize,
      folds,
      seeds,
      accuracy,
      interval,
      accuracyPerSeed,
      calibrationError: calibration.error,
      reliability: calibration.bins,
      baselines,
      annotators,
      sharedPairs: validation.shared,
      gradientSteps: validation.gradientSteps,
      plot: flags.plot ?? null,
      seconds: (performance.now() - began) / 1000,
    },
    report(read, flags, assessment, baselines, validation),
  );
  return 0;
}

function expectFolds(folds: number, pairs: number, file: string): void {
  if (pairs === 1) throw new UsageError(`${file} holds one comparison, and two are the fewest. Collect more.`);
  if (pairs >= folds) return;
  throw new UsageError(
    `${file} holds ${pairs} comparisons, too few for ${folds} folds. Give --folds a number from 2 to ${pairs}, or collect more.`,
  );
}

/** What can be known about a plot's place before all the work is done. */
function expectPlace(plot: string): void {
  if (!existsSync(dirname(resolve(plot)))) {
    throw new UsageError(`--plot: ${plot} cannot be written: its directory does not exist. Make it first.`);
  }
  if (statSync(plot, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new UsageError(`--plot: ${plot} is a directory. Give the name of the SVG file to write.`);
  }
}

/** The columns that the user named, and for the others those that could be inferred. */
function chooseColumns(
  { set }: ReadComparisons,
  { velocityColumn, heightColumn }: FitFlags,
): { columns: Columns; robot: string | null } {
  for (const [flag, column] of [
    ["--velocity-column", velocityColumn],
    ["--height-column", heightColumn],
  ] as const) {
    if (column !== undefined && column >= set.observationSize) {
      throw new UsageError(
        `${flag}: expected a column of the observation, 0 to ${set.observationSize - 1}, but got ${column}.`,
      );
    }
  }
  const { robot, velocity, height } = inferColumns(set);
  return { robot, columns: { velocity: velocityColumn ?? velocity, height: heightColumn ?? height } };
}

function describeColumns({ velocity, height }: Columns, robot: string | null): string {
  const where = (what: string, flag: string, column: number | null): string =>
    column === null ? `no ${what} (name its column with ${flag})` : `${what} in column ${column} of the observation`;
  const layout = robot === null ? "The robot is not known" : `Observations are taken to be Gymnasium's of ${robot}`;
  return `${layout}: ${where("forward velocity", "--velocity-column", velocity)}, ${where("torso height", "--height-column", height)}.`;
}

function writePlot(path: string, { calibration }: Assessment, name: string): void {
  try {
    writeFileSync(path, reliabilityPlot(calibration, name));
  } catch (error) {
    throw new UsageError(`--plot: ${path} cannot be written (${messageOf(error)}). Give another place.`, {
      cause: error,
    });
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const range = ({ interval: [low, high] }: Agreement): string => `${percent(low)} to ${percent(high)}`;

function report(
  { set, cannotTell, otherKinds }: ReadComparisons,
  { folds, seeds, plot }: FitFlags,
  assessment: Assessment,
  baselines: Baselines,
  { shared }: CrossValidation,
): string {
  const { accuracyPerSeed, calibration, decisivePairs, annotators } = assessment;
  const left = cannotTell === 0 ? "" : `, and ${cannotTell} that nobody could tell are left out`;
  const spread = `seeds from ${percent(Math.min(...accuracyPerSeed))} to ${percent(Math.max(...accuracyPerSeed))}`;
  const lines = [
    `${set.pairs.length} comparisons of ${set.steps} steps; ${decisivePairs} prefer one side${left}.`,
    ...(otherKinds === 0 ? [] : [`${otherKinds} answers of kinds that compare no pair are left out.`]),
    "",
    `accuracy           ${percent(assessment.accuracy)}  (95 % interval ${range(assessment)}; ${spread})`,
    `calibration error  ${calibration.error.toFixed(3)}`,
    "",
    baselineLine("forward velocity", baselines.forwardVelocity),
    baselineLine("torso height", baselines.torsoHeight),
    baselineLine("action size", baselines.actionSize),
  ];
  if (annotators.length > 0) {
    lines.push("", "Agreement with each annotator:");
    for (const annotator of annotators) {
      lines.push(
        `${annotator.annotator}: ${percent(annotator.accuracy)} of ${annotator.decisivePairs}  (${range(annotator)})`,
      );
    }
  }
  lines.push(
    "",
    `Accuracy is over the comparisons that prefer one side, each predicted by models that were not trained on it ` +
      `(${folds} folds, ${seeds} ${seeds === 1 ? "seed" : "seeds"}); the interval is Wilson's over comparisons.`,
  );
  if (shared > 0) {
    lines.push(
      `${Math.round(shared)} comparisons share steps with others that a model was trained on when it predicted them, since ` +
        "too many hang together to be held out at once: the figures may be too good.",
    );
  }
  if (plot !== undefined) lines.push(`The reliability plot is in ${plot}.`);
  return lines.join("\n");
}

function baselineLine(name: string, baseline: Baseline | null): string {
  const label = `${name.padEnd(16)}   `;
  return baseline === null
    ? `${label}unknown`
    : `${label}${percent(baseline.accuracy)}  (95 % interval ${range(baseline)}; ${baseline.better} is better)`;
}
