// When labels are due, and how far the agent may go without them.
import { environmentsPerThread, type Hyperparameters } from "./hyperparameters.ts";
import { LEAST_STEPS_PER_LABEL, type TrainingOptions } from "./options.ts";

type Plan = Pick<TrainingOptions, "labels" | "steps" | "stepsPerLabel" | "from">;
type Rates = Pick<Hyperparameters, "initialShare" | "labelDecay" | "labelsEnd">;

/**
 * Labels that come before the agent learns (Christiano et al. 2017, appendix A.1: a quarter of all). With a head start
 * the reward model knows something before anybody is asked, and one label is enough.
 */
export function initialLabels(
  { labels, from }: Pick<Plan, "labels" | "from">,
  { initialShare }: Pick<Rates, "initialShare">,
): number {
  if (from !== undefined) return 1;
  return Math.max(1, Math.ceil(labels * initialShare));
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

/**
 * Steps that the agent may have learned from with that many labels: so many for the initial ones, and as many for each
 * label after them. With all labels given, as many as it likes.
 */
export function stepsAllowed(labels: number, plan: Plan, rates: Rates): number {
  if (labels >= plan.labels) return Number.POSITIVE_INFINITY;
  return Math.max(0, labels - initialLabels(plan, rates) + 1) * plan.stepsPerLabel;
}

/** Labels without which the agent would have to wait after so many steps. */
export function labelsNeeded(steps: number, plan: Plan, rates: Rates): number {
  return initialLabels(plan, rates) + Math.floor(steps / plan.stepsPerLabel);
}

/** Steps per label that spread the labels after the initial ones over the run, up to where the last one is due. */
export function stepsPerLabelFor(plan: Pick<Plan, "labels" | "steps" | "from">, rates: Rates): number {
  // A run without a teacher has no labels, and nothing waits for them.
  const later = Math.max(1, plan.labels - initialLabels(plan, rates) + 1);
  return Math.max(LEAST_STEPS_PER_LABEL, Math.ceil((plan.steps * rates.labelsEnd) / later));
}

/** A rollout waits for the reward model no longer than this many times what it does in a small run. */
const MOST_FIT_STEPS = 4;

/** Gradient steps of the reward model per rollout: beyond `fitLabels` as many more as there are more labels, up to a bound. */
export function fitStepsPerRollout(
  { labels }: Pick<Plan, "labels">,
  { fitSteps, fitLabels }: Pick<Hyperparameters, "fitSteps" | "fitLabels">,
): number {
  const times = Math.min(MOST_FIT_STEPS, Math.max(1, labels / fitLabels));
  return Math.ceil(fitSteps * times);
}

/** Moments of a run that are remembered, but for that of the untrained agent: one with every tenth of its steps. */
const MOMENTS = 10;

/** Moments due after so many steps, that of the untrained agent included. */
export function momentsDue(steps: number, plan: Pick<TrainingOptions, "steps">): number {
  return 1 + Math.min(MOMENTS, Math.floor((MOMENTS * steps) / plan.steps));
}

/** Steps of a run in which every label that a person gives lets the agent go on: none comes too late to matter. */
export function stepsForLabels(
  plan: Pick<TrainingOptions, "labels" | "stepsPerLabel" | "workers" | "from">,
  hyper: Hyperparameters,
): number {
  const pools = plan.workers * environmentsPerThread(hyper, plan.workers) * hyper.rolloutSteps * hyper.poolRollouts;
  return pools + (plan.labels - initialLabels(plan, hyper) + 1) * plan.stepsPerLabel;
}
