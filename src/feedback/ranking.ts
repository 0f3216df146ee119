// Ranking: three to six segments, best first.
import type { FeedbackKind } from "./kind.ts";
import { RANDOM_ANSWERS } from "./logistic.ts";
import { segmentReturn, stepsPerLook } from "./looks.ts";
import { discountedSum, misjudgement, slips } from "./simulated.ts";

const MOST = 6;
/** Of the ranking under way: returns, and the derivative with respect to each. One thread has one of its own. */
const returns = new Float64Array(MOST);
const slopes = new Float64Array(MOST);

/**
 * Plackett–Luce over summed predicted rewards: the best is chosen from all with probability softmax(z), the second best
 * from those that are left, and so on (Luce 1959; Plackett 1975, *The analysis of permutations*). With two segments it
 * is Bradley–Terry. One answer in ten is any order at random.
 */
export const ranking: FeedbackKind<"ranking"> = {
  segments: [3, MOST],
  stripSeconds: null,
  likelihood: {
    logLikelihood(answer, at, rewards, looks, gradient) {
      const { segments, start, perSegment } = looks;
      for (let s = 0; s < segments; s++) returns[s] = segmentReturn(rewards, looks, s);
      slopes.fill(0);
      let chosen = 0;
      let orders = 1;
      for (let place = 0; place < segments - 1; place++) {
        orders *= segments - place;
        let most = Number.NEGATIVE_INFINITY;
        for (let later = place; later < segments; later++) most = Math.max(most, returns[answer[at + later]]);
        let total = 0;
        for (let later = place; later < segments; later++) total += Math.exp(returns[answer[at + later]] - most);
        chosen += returns[answer[at + place]] - most - Math.log(total);
        slopes[answer[at + place]] += 1;
        for (let later = place; later < segments; later++) {
          slopes[answer[at + later]] -= Math.exp(returns[answer[at + later]] - most) / total;
        }
      }
      const meant = (1 - RANDOM_ANSWERS) * Math.exp(chosen);
      const probability = meant + RANDOM_ANSWERS / orders;
      const share = (meant / probability) * stepsPerLook(looks);
      for (let s = 0; s < segments; s++) {
        const from = start + s * perSegment;
        for (let i = from; i < from + perSegment; i++) gradient[i] = share * slopes[s];
      }
      return Math.log(probability);
    },

    agreement(answer, at, rewards, looks) {
      const { segments } = looks;
      for (let s = 0; s < segments; s++) returns[s] = segmentReturn(rewards, looks, s);
      let right = 0;
      for (let better = 0; better < segments; better++) {
        for (let worse = better + 1; worse < segments; worse++) {
          if (returns[answer[at + better]] > returns[answer[at + worse]]) right += 1;
        }
      }
      return right / ((segments * (segments - 1)) / 2);
    },
  },
  problem({ order }, { segments }) {
    const whole = order.length === segments && new Set(order).size === segments && Math.max(...order) < segments;
    return whole
      ? null
      : `The order [${order.join(", ")}] does not rank ${segments} clips. Give each of 0 to ${segments - 1} once, the best first.`;
  },
  encode({ order }, _stepSeconds, out, at) {
    out.set(order, at);
    return true;
  },
  simulate({ rewards, options, random }) {
    const judged = rewards.map((segment) => {
      const noise = misjudgement(options, random);
      return discountedSum(segment, options.myopia) + noise;
    });
    const order = judged.map((_, position) => position).toSorted((a, b) => judged[b] - judged[a]);
    return { kind: "ranking", order: slips(options, random) ? order.toReversed() : order };
  },
};
