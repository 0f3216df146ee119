// Demonstration: a person drove the robot, which shows what is better than what the agent did.
import { preference } from "./comparison.ts";
import type { FeedbackKind } from "./kind.ts";

/** People drive imperfectly: not every moment of theirs is better than every moment of the agent's. */
export const DEMONSTRATION_SHARE = 0.9;

/**
 * The first segment is a window of the demonstration, the second one of the agent; that the person drove as they did is
 * a choice of the first over the second (Jeon et al. 2020, section 3), as in a comparison that was answered 90 % left.
 */
export const demonstration: FeedbackKind<"demonstration"> = {
  segments: [2, 2],
  stripSeconds: null,
  likelihood: preference,
  problem: () => null,
  encode(_answer, _stepSeconds, out, at) {
    out[at] = DEMONSTRATION_SHARE;
    return true;
  },
  simulate: null,
};
