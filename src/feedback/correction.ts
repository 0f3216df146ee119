// Correction: a person took over where a clip went wrong, and showed better.
import { preference } from "./comparison.ts";
import type { FeedbackKind } from "./kind.ts";

/** Both windows begin in the same state, so that a correction is surer to be better than a demonstration is. */
export const CORRECTION_SHARE = 0.95;

/** The first segment is a window of the correction, the second the one that it replaces (Jeon et al. 2020, section 3). */
export const correction: FeedbackKind<"correction"> = {
  segments: [2, 2],
  stripSeconds: null,
  likelihood: preference,
  problem: () => null,
  encode(_answer, _stepSeconds, out, at) {
    out[at] = CORRECTION_SHARE;
    return true;
  },
  simulate: null,
};
