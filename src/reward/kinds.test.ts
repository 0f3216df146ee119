// What each kind of feedback is worth on its own: a reward model that learned from nothing else must rank segments that
// nobody judged as their true returns do.
import { expect, test } from "vitest";
import { testKernel } from "../../test/kernel.ts";
import { Random } from "../environment/random.ts";
import { ASKABLE, KINDS, type Answer, type Kind } from "../feedback/judgement.ts";
import { encodeAnswer } from "../feedback/kinds.ts";
import { ANSWER_NUMBERS } from "../feedback/likelihood.ts";
import { SimulatedTeacher } from "../feedback/simulated-teacher.ts";
import { discountedSum } from "../feedback/simulated.ts";
import { Team } from "../kernel/team.ts";
import { Normaliser } from "../network/normaliser.ts";
import { SharedOptimiser } from "../network/shared-optimiser.ts";
import { ensembleLayout, initialiseEnsemble, RewardEnsemble } from "./ensemble.ts";
import { Evidence, type SegmentRows } from "./evidence.ts";
import { RewardFit } from "./fit.ts";

const STEPS = 10;
const STEP_SECONDS = 0.05;
const SIZES = { observationSize: 3, actionSize: 2, members: 3, steps: STEPS };
const OPTIONS = { learningRate: 3e-3, batch: 16, looks: 5, maxGradientNorm: 1, regularise: true };
/** The budget: answers of one kind, and gradient steps on them. */
const ANSWERS = 120;
const GRADIENT_STEPS = 150;
/** Least rank correlation with the true return, over segments that nobody judged. */
const LEAST = 0.6;

interface Window extends SegmentRows {
  /** True reward of each step. */
  readonly rewards: Float32Array;
}

/** Windows of one trajectory, in which what happens changes within about a second. */
function trajectory(count: number, random: Random): Window[] {
  const state = Array.from({ length: 5 }, () => random.normal());
  return Array.from({ length: count }, (_, id): Window => {
    const observations = new Float32Array(STEPS * 3);
    const actions = new Float32Array(STEPS * 2);
    const rewards = new Float32Array(STEPS);
    for (let t = 0; t < STEPS; t++) {
      for (let i = 0; i < 5; i++) state[i] = 0.95 * state[i] + 0.31 * random.normal();
      observations.set(state.slice(0, 3), t * 3);
      actions.set(state.slice(3), t * 2);
      // Liked: the first number seen high, the second near 0, the second action strong.
      rewards[t] = state[0] - 0.5 * state[1] ** 2 + state[4];
    }
    return { id, length: STEPS, observations, actions, rewards };
  });
}

const returnOf = ({ rewards }: Window): number => discountedSum(rewards, 1);

/** Windows to judge: those of a strip follow one another. */
function shown(kind: Kind, random: Random): Window[] {
  const lengths: Partial<Record<Kind, number>> = { "good-bad": 6, rating: 6, critique: 6, live: 20, stop: 10 };
  const strip = lengths[kind];
  if (strip !== undefined) return trajectory(strip, random);
  const apart = Array.from({ length: kind === "ranking" ? 4 : 2 }, () => trajectory(1, random)[0]);
  // What a person shows is better than what the agent does.
  const brought = kind === "demonstration" || kind === "correction";
  return brought ? apart.toSorted((a, b) => returnOf(b) - returnOf(a)) : apart;
}

function answerOf(kind: Kind, windows: readonly Window[], teacher: SimulatedTeacher, random: Random): Answer {
  if (kind === "demonstration" || kind === "correction") return { kind };
  return teacher.answer(
    kind,
    windows.map(({ rewards }) => rewards),
    -0.5 * STEPS,
    random,
  );
}

/** An ensemble fitted to that many answers of these kinds, in turn. */
function fitted(kinds: readonly Kind[], seed: number, gradientSteps: number) {
  const { kernel, arena } = testKernel();
  const team = new Team(new SharedArrayBuffer(Team.bytes(1, 64)), 0, 1);
  const random = new Random(seed);
  const shape = { ...SIZES, hidden: [32, 32] };
  const layout = ensembleLayout(shape);
  const groups = Array.from({ length: SIZES.members }, (_, m) => ({
    start: m * layout.stride,
    length: layout.memberLength,
    maxNorm: OPTIONS.maxGradientNorm,
  }));
  const optimiser = new SharedOptimiser(kernel, arena, team, layout.length, groups, OPTIONS.learningRate);
  initialiseEnsemble(layout, optimiser.parameters, random);
  const evidenceShape = { ...SIZES, capacity: ANSWERS, segments: 20 * ANSWERS, mostSegments: 20 };
  const maxRows = RewardFit.maxRows(OPTIONS, evidenceShape, 1);
  const ensemble = new RewardEnsemble(kernel, arena, shape, optimiser.parameters, optimiser.gradients, maxRows);
  const evidence = new Evidence(new SharedArrayBuffer(Evidence.bytes(evidenceShape)), evidenceShape);
  const normaliser = new Normaliser(3);
  const teacher = new SimulatedTeacher({ myopia: 1, mistake: 0, skip: 0, equal: 0 }, STEP_SECONDS);
  for (let query = 0; query < ANSWERS; query++) {
    const kind = kinds[query % kinds.length];
    const windows = shown(kind, random);
    const numbers = new Float32Array(ANSWER_NUMBERS);
    const answer = answerOf(kind, windows, teacher, random);
    const says = encodeAnswer(answer.kind, answer, STEP_SECONDS, numbers, 0);
    evidence.enter(String(query), query, kind, windows, says ? numbers : null, random);
    for (const { observations } of windows) normaliser.add(observations, STEPS);
  }
  const fit = new RewardFit(ensemble, optimiser, team, evidence, normaliser, OPTIONS);
  for (let round = 0; round < gradientSteps / 5; round++) fit.run(5, random);
  return { fit, ensemble, normaliser };
}

/** Spearman's rank correlation between true and predicted returns of segments that nobody judged. */
function rankCorrelation({ ensemble, normaliser }: ReturnType<typeof fitted>): number {
  const random = new Random(99);
  const windows = Array.from({ length: 200 }, () => trajectory(1, random)[0]);
  const predictions = Array.from({ length: SIZES.members }, () => new Float32Array(STEPS));
  const predicted = windows.map(({ observations, actions }) => {
    const seen = new Float32Array(observations.length);
    normaliser.normalise(observations, seen, STEPS);
    ensemble.predict(seen, actions, STEPS, predictions);
    return predictions.reduce((sum, of) => sum + discountedSum(of, 1), 0);
  });
  const ranks = (values: readonly number[]) => {
    const rank: number[] = [];
    const order = values.map((_, i) => i).toSorted((a, b) => values[a] - values[b]);
    for (const [place, i] of order.entries()) rank[i] = place;
    return rank;
  };
  const [a, b] = [ranks(windows.map(returnOf)), ranks(predicted)];
  const distance = a.reduce((sum, rank, i) => sum + (rank - b[i]) ** 2, 0);
  return 1 - (6 * distance) / (a.length * (a.length ** 2 - 1));
}

test.each(KINDS)("%s alone teaches a reward model to rank what nobody judged, for each of two seeds", (kind) => {
  for (const seed of [1, 2]) {
    expect(rankCorrelation(fitted([kind], seed, GRADIENT_STEPS))).toBeGreaterThan(LEAST);
  }
});

test("so do all kinds in turn, with the same number of answers", () => {
  const model = fitted(ASKABLE, 1, GRADIENT_STEPS);
  expect(rankCorrelation(model)).toBeGreaterThan(LEAST);
  for (const { loss } of model.fit.reports) expect(loss).toBeGreaterThan(0);
});

test("without a gradient step nothing is ranked", () => {
  expect(Math.abs(rankCorrelation(fitted(["comparison"], 1, 0)))).toBeLessThan(LEAST);
});
