// PPO on the true reward of Hopper-v5: Stable-Baselines3 beside heed, with the same network, batches and epochs.
import Type, { type Static } from "typebox";
import { newComparison, push, type Bench, type Findings, type Part } from "./comparison.ts";
import { commonReturn, CurveLine, finalReturn, secondsTo } from "./curve.ts";
import { runHeed } from "./heed-run.ts";
import { HYPERPARAMETERS, type Hyperparameters } from "../../src/training/hyperparameters.ts";
import { peerHyperparameters, STABLE_BASELINES3_DEFAULTS } from "./hyperparameters.ts";
import type { Peer } from "./peer.ts";

/** A whole number of rollouts on two cores. */
const STEPS = 204_800;
/** Rollouts of a trial: each way to run Stable-Baselines3 gets one, and the fastest is measured. */
const TRIAL_ROLLOUTS = 2;

export const Ran = Type.Object({
  steps: Type.Number(),
  seconds: Type.Number(),
  curve: Type.Array(CurveLine),
  /** Mean true return of the last 100 training episodes. */
  lastEpisodes: Type.Union([Type.Number(), Type.Null()]),
  /** Mean true return of the evaluation episodes, or null where none were asked for. */
  evaluation: Type.Union([Type.Number(), Type.Null()]),
});
export type Ran = Static<typeof Ran>;

/** How Stable-Baselines3 is run on a number of cores. */
interface Configuration {
  readonly vector: "DummyVecEnv" | "SubprocVecEnv";
  readonly environments: number;
  /** Of PyTorch. */
  readonly threads: number;
}

export const ppo: Part = { name: "ppo", title: "PPO on the true reward", measure };

/** Hyperparameters that both sides have. */
interface Setting {
  readonly name: string;
  readonly hyperparameters: Hyperparameters;
  /** What heed is to be ahead by in steps per second. */
  readonly target: number | null;
}

const SETTINGS: readonly Setting[] = [
  { name: "Stable-Baselines3's defaults", hyperparameters: STABLE_BASELINES3_DEFAULTS, target: 5 },
  { name: "heed's hyperparameters", hyperparameters: HYPERPARAMETERS, target: 5 },
];

async function measure(bench: Bench): Promise<Findings> {
  const sb3 = bench.peer("sb3_ppo.py");
  const found = [];
  for (const setting of SETTINGS) found.push(await measureWith(setting, sb3, bench));
  return {
    comparisons: found.flatMap(({ comparisons }) => comparisons),
    notes: [
      `Hopper-v5, ${STEPS.toLocaleString("en")} steps a run, a seed per repetition; the network (two layers of 64), the ` +
        `batches and all other hyperparameters are the same on both sides, once those that Stable-Baselines3 has of ` +
        `itself (batches of 64, 10 epochs, rollouts of 2,048), once heed's (batches of 512, 8 epochs, rollouts of ` +
        `8,192). heed's time includes starting its threads and keeping everything on disk; Stable-Baselines3's begins ` +
        `when all is made. Of several ways to run it, tried for ${TRIAL_ROLLOUTS} rollouts of each, the fastest was ` +
        `measured.`,
      ...found.flatMap(({ notes }) => notes),
    ],
  };
}

async function measureWith(setting: Setting, sb3: Peer, { repetitions, cores, tell }: Bench): Promise<Findings> {
  const hyperparameters = peerHyperparameters(cores, setting.hyperparameters);
  const request = { environment: "Hopper-v5", fixedHorizon: false, hyperparameters, evaluationEpisodes: 0 };
  const tried = await tryAll(sb3, { ...request, seed: 0, steps: TRIAL_ROLLOUTS * hyperparameters.rows }, cores, tell);
  const [fastest] = tried;
  const named = describe(fastest);
  const what = (figure: string): string => `${figure}, ${setting.name}`;
  const speed = newComparison(what("steps per second, end to end"), "steps/s", named, "larger", setting.target);
  const perMinute = newComparison(what("final true return per minute"), "", named, "larger", null);
  const reached = newComparison(what("time to the highest return that both reached"), "s", named, "smaller", null);
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    const heed = await runHeed(
      { task: "hopper", teacher: "none", steps: STEPS, seed: repetition, workers: cores },
      setting.hyperparameters,
    );
    const theirs = await sb3.ask({ ...request, ...fastest, seed: repetition, steps: STEPS }, Ran);
    const common = commonReturn(heed.curve, theirs.curve);
    push(speed, heed.steps / heed.seconds, theirs.steps / theirs.seconds);
    push(perMinute, (finalReturn(heed.curve) * 60) / heed.seconds, (finalReturn(theirs.curve) * 60) / theirs.seconds);
    push(reached, secondsTo(common, heed.curve), secondsTo(common, theirs.curve));
    tell(
      `ppo, ${setting.name}, repetition ${repetition} of ${repetitions}: ${Math.round(heed.steps / heed.seconds)} and ` +
        `${Math.round(theirs.steps / theirs.seconds)} steps/s; final returns ` +
        `${Math.round(finalReturn(heed.curve))} and ${Math.round(finalReturn(theirs.curve))}`,
    );
  }
  const rates = tried.map((way) => `${describe(way)}: ${Math.round(way.rate)} steps/s`).join("; ");
  return { comparisons: [speed, perMinute, reached], notes: [`Tried with ${setting.name}: ${rates}.`] };
}

/** Every way to run Stable-Baselines3 here with its steps per second, the fastest first. */
async function tryAll(
  sb3: Peer,
  request: object,
  cores: number,
  tell: Bench["tell"],
): Promise<readonly (Configuration & { readonly rate: number })[]> {
  const tried = [];
  for (const vector of ["DummyVecEnv", "SubprocVecEnv"] as const) {
    for (const environments of [4 * cores, 16 * cores]) {
      for (const threads of new Set([1, cores])) {
        const configuration: Configuration = { vector, environments, threads };
        const { steps, seconds } = await sb3.ask({ ...request, ...configuration }, Ran);
        tell(`ppo, trying ${describe(configuration)}: ${Math.round(steps / seconds)} steps/s`);
        tried.push({ ...configuration, rate: steps / seconds });
      }
    }
  }
  return tried.toSorted((a, b) => b.rate - a.rate);
}

function describe({ vector, environments, threads }: Configuration): string {
  return `Stable-Baselines3, ${vector} of ${environments}, ${threads} PyTorch thread${threads === 1 ? "" : "s"}`;
}
