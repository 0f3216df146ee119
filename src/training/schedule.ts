// When labels are due, and how far the agent may go without them.
import type { Hyperparameters } from "./hyperparameters.ts";
import type { TrainingOptions } from "./options.ts";

type Plan = Pick<TrainingOptions, "labels" | "steps" | "teacher" | "stepsPerLabel">;
type Rates = Pick<Hyperparameters, "initialShare" | "firstLabels" | "labelDecay" | "labelsEnd">;

/** Labels that come before the agent learns: a quarter of all, but a person is not kept from seeing it learn so long. */
export function initialLabels({ labels, teacher }: Plan, { initialShare, firstLabels }: Rates): number {
  const share = Math.max(1, Math.ceil(labels * initialShare));
  return teacher === "person" ? Math.min(share, firstLabels) : share;
}

/**
 * Labels that a simulated teacher should have given when the agent has learned for `steps` steps: the initial ones, then
 * the rest at a rate that falls as T0 / (T + T0) (Christiano et al. 2017, appendix A.1).
 * @param all steps that the agent learns for in the whole run
 */
export function labelsDue(steps: number, all: number, plan: Plan, rates: Rates): number {
  const initial = initialLabels(plan, rates);
  const horizon = Math.max(1, all * rates.labelsEnd);
  const progress = Math.log1p(Math.min(steps, horizon) / rates.labelDecay) / Math.log1p(horizon / rates.labelDecay);
  return Math.min(plan.labels, initial + Math.floor((plan.labels - initial) * progress + 1e-9));
}

/** Steps of the untrained agent that the first questions are about: enough to fill the pools, but not most of the run. */
export function untrainedSteps(poolSteps: number, { steps }: Plan, { initialShare }: Rates): number {
  return Math.min(poolSteps, Math.floor(steps * initialShare));
}

/** Steps that the agent may have learned from with that many labels. With all labels given, all steps. */
export function stepsAllowed(labels: number, plan: Plan): number {
  return labels >= plan.labels ? plan.steps : Math.min(plan.steps, labels * plan.stepsPerLabel);
}
