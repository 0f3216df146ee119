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
    name: "paper",
    description: "as Christiano et al. 2017: a quarter of the labels first, the rest by disagreement at a falling rate",
    options: { selection: "disagreement", stepsPerLabel: MOST_STEPS },
    hyperparameters: { members: 3, candidates: 10, initialShare: 0.25, labelDecay: 2e6, labelsEnd: 0.9 },
  },
];
