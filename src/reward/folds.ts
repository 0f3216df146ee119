// Which comparisons are held out together.
import { randomFor } from "../environment/random-for.ts";
import type { ComparisonSet, LabelledPair } from "./comparison-set.ts";

export interface Partition {
  /** The fold of each pair. */
  readonly folds: Int32Array;
  /** Pairs that share a step with a pair of another fold, so that a model is tested on something it was trained on. */
  readonly shared: number;
}

/**
 * Parts the comparisons into folds of about the same size, at random. Pairs that share a step, since they show the same
 * clip or clips that overlap, go into one fold together, unless so many hang together that they are more than a fold.
 * @param count folds, from 2 to the number of pairs
 */
export function partition(set: ComparisonSet, count: number, seed: number): Partition {
  const groups = new Map<number, number[]>();
  const groupOf = related(set);
  for (const pair of shuffled(set.pairs.length, seed)) {
    const group = groups.get(groupOf[pair]);
    if (group === undefined) groups.set(groupOf[pair], [pair]);
    else group.push(pair);
  }
  const most = Math.ceil(set.pairs.length / count);
  let shared = 0;
  const together: number[][] = [];
  for (const group of groups.values()) {
    if (group.length <= most) {
      together.push(group);
    } else {
      shared += group.length;
      together.push(...group.map((pair) => [pair]));
    }
  }
  // Large groups first, so that the small ones even out what they leave. Sorting keeps the random order among equals.
  const largestFirst = together.toSorted((a, b) => b.length - a.length);
  const sizes = new Int32Array(count);
  const folds = new Int32Array(set.pairs.length);
  for (const group of largestFirst) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    sizes[smallest] += group.length;
    for (const pair of group) folds[pair] = smallest;
  }
  return { folds, shared };
}

function shuffled(count: number, seed: number): Int32Array {
  const random = randomFor(seed, "partition");
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** For each pair a number that two pairs have in common where a chain of shared steps leads from one to the other. */
function related(set: ComparisonSet): Int32Array {
  const parents = Int32Array.from(set.pairs, (_, i) => i);
  const root = (pair: number): number => {
    let at = pair;
    while (parents[at] !== at) at = parents[at] = parents[parents[at]];
    return at;
  };
  const firstWith = new Map<string, number>();
  for (const [index, pair] of set.pairs.entries()) {
    for (const step of stepsOf(set, pair)) {
      const other = firstWith.get(step);
      if (other === undefined) firstWith.set(step, index);
      else parents[root(index)] = root(other);
    }
  }
  return parents.map((_, pair) => root(pair));
}

/** Each step of both segments as text that is the same for the same bits. */
function* stepsOf({ steps, observationSize, actionSize }: ComparisonSet, pair: LabelledPair): Generator<string> {
  const step = new Float32Array(observationSize + actionSize);
  const bits = new Uint16Array(step.buffer);
  for (const { observations, actions } of [pair.left, pair.right]) {
    for (let t = 0; t < steps; t++) {
      step.set(observations.subarray(t * observationSize, (t + 1) * observationSize));
      step.set(actions.subarray(t * actionSize, (t + 1) * actionSize), observationSize);
      yield String.fromCharCode(...bits);
    }
  }
}
