// What is taken out of the method, one thing at a time, to see what it is good for (Christiano et al. 2017, section 3.3).
import type { TrainingOptions } from "../training/options.ts";
import type { HyperparameterOverrides } from "./overrides.ts";

export interface Ablation {
  readonly name: string;
  readonly description: string;
  readonly options: Partial<Pick<TrainingOptions, "selection">>;
  readonly hyperparameters: HyperparameterOverrides;
}

export const ablations: readonly Ablation[] = [
  {
    name: "random-queries",
    description: "pairs are chosen at random, not by disagreement",
    options: { selection: "random" },
    hyperparameters: {},
  },
  {
    name: "no-ensemble",
    description: "one reward model; with nobody to disagree with, pairs are chosen at random",
    options: { selection: "random" },
    hyperparameters: { members: 1 },
  },
  {
    name: "no-regularisation",
    description: "no L2 on the reward model",
    options: {},
    hyperparameters: { fit: { regularise: false } },
  },
  {
    name: "no-segments",
    description: "single steps are compared, not clips of half a second",
    options: {},
    hyperparameters: { segmentSeconds: 0 },
  },
  {
    name: "offline",
    description: "the reward model is fitted no more once a quarter of the labels are in",
    options: {},
    hyperparameters: { offlineAfter: 0.25 },
  },
];
