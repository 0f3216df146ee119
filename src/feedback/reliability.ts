// How far each person's comparisons can be relied upon, told from where they agree with others and with the reward model.
import { RANDOM_ANSWERS } from "./logistic.ts";

/** A decisive answer to a comparison. */
export interface Vote {
  readonly query: number;
  readonly annotator: string;
  readonly left: boolean;
}

export interface Reliability {
  /** Estimated probability that an answer of theirs is the right one, 0 to 1. */
  readonly correct: number;
  /** What their judgements count for, 0 to 1. */
  readonly weight: number;
  /** Votes that went into it. */
  readonly votes: number;
}

/** Somebody unknown is taken to err as seldom as the likelihood of comparisons expects of everybody. */
const EXPECTED_CORRECT = 1 - RANDOM_ANSWERS / 2;
/** Votes that this expectation is worth, so that a few unlucky ones cost nobody their weight. */
const EXPECTED_VOTES = 20;
/** The reward model is trusted less from the start: it may know nothing yet. */
const EXPECTED_MODEL = 0.75;
const ITERATIONS = 200;
const CONVERGED = 1e-6;

/**
 * Expectation-maximisation over who is right how often and which side of each comparison is better: Dawid and Skene
 * 1979 with one parameter a person, which is η of CrowdBT (Chen et al. 2013) without a label for each clip. The reward
 * model votes too, with the probability that it gives, and its own reliability is estimated like anybody's, so that a
 * model which knows nothing yet is not heeded. Somebody who always answers the wrong way round gets the weight 0, not a
 * negative one.
 * @param predicted probability that the left side is better by a reward model that had not seen the answers, 0 to 1
 */
export function estimateReliability(
  votes: readonly Vote[],
  predicted: ReadonlyMap<number, number>,
): ReadonlyMap<string, Reliability> {
  const indexOf = <Key>(keys: readonly Key[]): Map<Key, number> =>
    new Map([...new Set(keys)].map((key, i) => [key, i]));
  const names = indexOf(votes.map(({ annotator }) => annotator));
  const queries = indexOf(votes.map(({ query }) => query));
  const person = Int32Array.from(votes, ({ annotator }) => names.get(annotator) ?? 0);
  const query = Int32Array.from(votes, (vote) => queries.get(vote.query) ?? 0);
  const model = Float64Array.from(queries.keys(), (id) => answerShare(predicted.get(id)));

  const given = new Float64Array(names.size);
  for (const p of person) given[p] += 1;
  const correct = new Float64Array(names.size).fill(EXPECTED_CORRECT);
  let modelCorrect = EXPECTED_MODEL;
  const logOdds = new Float64Array(queries.size);
  const right = new Float64Array(names.size);

  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    // Which side is better, given how often everybody is right.
    for (let q = 0; q < logOdds.length; q++) {
      const left = modelCorrect * model[q] + (1 - modelCorrect) * (1 - model[q]);
      logOdds[q] = Math.log(left / (1 - left));
    }
    for (let v = 0; v < votes.length; v++) {
      const odds = Math.log(correct[person[v]] / (1 - correct[person[v]]));
      logOdds[query[v]] += votes[v].left ? odds : -odds;
    }
    // How often everybody is right, given which side is better.
    right.fill(0);
    for (let v = 0; v < votes.length; v++) {
      const left = 1 / (1 + Math.exp(-logOdds[query[v]]));
      right[person[v]] += votes[v].left ? left : 1 - left;
    }
    let change = 0;
    for (let p = 0; p < correct.length; p++) {
      const next = kept((EXPECTED_CORRECT * EXPECTED_VOTES + right[p]) / (EXPECTED_VOTES + given[p]));
      change = Math.max(change, Math.abs(next - correct[p]));
      correct[p] = next;
    }
    modelCorrect = modelReliability(model, logOdds, modelCorrect);
    if (change < CONVERGED) break;
  }
  return new Map(
    [...names].map(([name, p]) => [name, { correct: correct[p], weight: weightOf(correct[p]), votes: given[p] }]),
  );
}

/**
 * The share of answers that are not guesses, relative to what the likelihood of comparisons allows for already: 1 from
 * 95 % right answers on, 0 at half of them and below.
 */
export function weightOf(correct: number): number {
  return Math.min(1, Math.max(0, (2 * correct - 1) / (1 - RANDOM_ANSWERS)));
}

/** A prediction is never taken as certain; none is 0.5, which says nothing. */
function answerShare(predicted: number | undefined): number {
  if (predicted === undefined || !Number.isFinite(predicted)) return 0.5;
  return kept((1 - RANDOM_ANSWERS) * predicted + RANDOM_ANSWERS / 2);
}

/** How often the model is right, each prediction counted by how far it is from a half. */
function modelReliability(model: Float64Array, logOdds: Float64Array, before: number): number {
  let right = EXPECTED_MODEL * EXPECTED_VOTES;
  let count = EXPECTED_VOTES;
  for (let q = 0; q < model.length; q++) {
    const surety = Math.abs(2 * model[q] - 1);
    if (surety === 0) continue;
    const agreeing = before * model[q] + (1 - before) * (1 - model[q]);
    const left = 1 / (1 + Math.exp(-logOdds[q]));
    // Posterior probability that the model's vote was right, split over the two sides as the side's own is.
    const rightIfLeft = (before * model[q]) / agreeing;
    const rightIfRight = (before * (1 - model[q])) / (1 - agreeing);
    right += surety * (left * rightIfLeft + (1 - left) * rightIfRight);
    count += surety;
  }
  return kept(right / count);
}

/** Away from 0 and 1, whose logarithms would never be outvoted. */
function kept(probability: number): number {
  return Math.min(1 - 1e-6, Math.max(1e-6, probability));
}
