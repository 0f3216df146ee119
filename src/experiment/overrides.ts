// Hyperparameters that differ from the usual ones.
import { HYPERPARAMETERS, type Hyperparameters } from "../training/hyperparameters.ts";

/** Any part of the hyperparameters; what is left out is as usual. */
export type HyperparameterOverrides = Partial<Omit<Hyperparameters, "ppo" | "fit">> & {
  readonly ppo?: Partial<Hyperparameters["ppo"]>;
  readonly fit?: Partial<Hyperparameters["fit"]>;
};

/** The usual hyperparameters but for these. */
export function withOverrides(overrides: HyperparameterOverrides): Hyperparameters {
  return {
    ...HYPERPARAMETERS,
    ...overrides,
    ppo: { ...HYPERPARAMETERS.ppo, ...overrides.ppo },
    fit: { ...HYPERPARAMETERS.fit, ...overrides.fit },
  };
}
