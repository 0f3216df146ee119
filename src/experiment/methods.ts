// Ways to learn from few labels, each a set of differences from what `heed teach` does.
import { MOST_STEPS, type TrainingOptions } from "../training/options.ts";
import type { HyperparameterOverrides } from "./overrides.ts";

export interface Method {
  readonly name: string;
  readonly description: string;
  readonly options: Partial<Pick<TrainingOptions, "selection" | "stepsPerLabel">>;
  readonly hyperparameters: HyperparameterOverrides;
}

/** What `heed teach` does. */
export const DEFAULT_METHOD: Method = {
  name: "default",
  description: "what heed teach does",
  options: {},
  hyperparameters: {},
};

export const methods: readonly Method[] = [
  DEFAULT_METHOD,
  {
    name: "random",
    description: "as default, with pairs chosen at random",
    options: { selection: "random" },
    hyperparameters: {},
  },
  {
    name: "disagreement",
    description: "as default, with the pairs that the ensemble disagrees about most",
    options: { selection: "disagreement" },
    hyperparameters: {},
  },
  {
    name: "entropy",
    description: "as default, with the pairs whose answer the ensemble is least sure of",
    options: { selection: "entropy" },
    hyperparameters: {},
  },
  {
    name: "on-policy",
    description: "as default, with clips of the last rollout alone",
    options: {},
    hyperparameters: { poolRollouts: 1 },
  },
  {
    name: "no-exploration",
    description: "as default, without exploring before the first answers",
    options: {},
    hyperparameters: { explorationSteps: 0 },
  },
  {
    name: "paper",
    description:
      "as Christiano et al. 2017, but for PPO: three members of 64 and 64 units, clips of 1.5 s, noise without memory, " +
      "a quarter of the labels first, the rest by disagreement at a falling rate",
    options: { selection: "disagreement", stepsPerLabel: MOST_STEPS },
    hyperparameters: {
      members: 3,
      rewardHidden: [64, 64],
      segmentSeconds: 1.5,
      noiseSeconds: 0,
      candidates: 10,
      initialShare: 0.25,
      labelDecay: 2e6,
      labelsEnd: 0.9,
    },
  },
  {
    name: "white-noise",
    description: "as default, with noise on actions that forgets at once",
    options: {},
    hyperparameters: { noiseSeconds: 0 },
  },
  {
    name: "large-model",
    description: "as default, with reward models of 64 and 64 units",
    options: {},
    hyperparameters: { rewardHidden: [64, 64] },
  },
  {
    name: "long-clips",
    description: "as default, with clips of 1.5 s",
    options: {},
    hyperparameters: { segmentSeconds: 1.5 },
  },
];
