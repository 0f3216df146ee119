// B-Pref's six simulated teachers (Lee et al. 2021, https://arxiv.org/abs/2111.03026, section 3 and its experiments).
import type { TrainingOptions } from "../training/options.ts";

/** The parameters of the simulated teacher in which these differ. */
type Weaknesses = Partial<Pick<TrainingOptions, "rationality" | "myopia" | "mistake" | "skip" | "equal">>;

export interface Teacher {
  readonly name: string;
  readonly description: string;
  /** @param task the task's name */
  weaknesses(task: string): Weaknesses;
}

/** What a clip is worth at most in B-Pref's control suite: 50 steps of reward up to 1. Its β of 1 is meant for that. */
const BPREF_CLIP_RETURN = 50;
/**
 * About what a second of a trained agent is worth, where that is far from B-Pref's 50. Backflipping agents had true
 * returns of 9,000 to 22,000 per 8 seconds.
 */
const TRAINED_CLIP_RETURNS: Readonly<Record<string, number>> = { "hopper-backflip": 2_000 };

export const ORACLE: Teacher = {
  name: "oracle",
  description: "the better clip always wins",
  weaknesses: () => ({}),
};

export const teachers: readonly Teacher[] = [
  ORACLE,
  {
    name: "boltzmann",
    description: "the better clip wins with probability σ(β · difference), β = 1 on returns brought to B-Pref's scale",
    weaknesses: (task) => ({ rationality: BPREF_CLIP_RETURN / (TRAINED_CLIP_RETURNS[task] ?? BPREF_CLIP_RETURN) }),
  },
  { name: "myopic", description: "a step weighs 0.9 of the one after it", weaknesses: () => ({ myopia: 0.9 }) },
  { name: "mistake", description: "one answer in ten is turned round", weaknesses: () => ({ mistake: 0.1 }) },
  {
    name: "skip",
    description: "cannot tell where neither clip is worth a tenth of an average one",
    weaknesses: () => ({ skip: 0.1 }),
  },
  {
    name: "equal",
    description: "finds clips equal that differ by less than a tenth of an average one",
    weaknesses: () => ({ equal: 0.1 }),
  },
];
