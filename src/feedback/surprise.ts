// How likely an answer was by what the reward model predicted of its clips when they were recorded: before it had seen
// the answer. An unlikely one is worth a second look, at the answer or at the reward model.
import { answerProbability } from "./logistic.ts";
import type { Answer, Question } from "./judgement.ts";
import { predictedReward } from "./segment.ts";

/** Answers less likely than this are surprising. */
export const SURPRISING = 0.2;

/**
 * Probability of an answer that says which of two clips is better, 0.05 to 0.95, by the rewards that their segments
 * carry. Null for answers that do not say so, and where nothing was predicted yet.
 */
export function probabilityOf(answer: Answer, segments: Question["segments"]): number | null {
  const sign = directionOf(answer);
  if (sign === 0 || segments.length !== 2) return null;
  const [first, second] = segments.map(predictedReward);
  return first === null || second === null ? null : answerProbability(sign * (first - second));
}

/** 1 where the first of two clips is said to be the better one, -1 for the second, 0 for neither. */
function directionOf(answer: Answer): -1 | 0 | 1 {
  switch (answer.kind) {
    case "comparison":
      return answer.choice === "left" ? 1 : answer.choice === "right" ? -1 : 0;
    case "demonstration":
    case "correction":
      return 1;
    default:
      return 0;
  }
}
