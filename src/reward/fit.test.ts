import { expect, test } from "vitest";
import { testKernel } from "../../test/kernel.ts";
import { Random } from "../environment/random.ts";
import type { Segment } from "../feedback/segment.ts";
import { Team } from "../kernel/team.ts";
import { Normaliser } from "../network/normaliser.ts";
import { SharedOptimiser } from "../network/shared-optimiser.ts";
import { ensembleLayout, initialiseEnsemble, RewardEnsemble } from "./ensemble.ts";
import { Evidence } from "./evidence.ts";
import { RewardFit } from "./fit.ts";

const STEPS = 12;
const SIZES = { observationSize: 3, actionSize: 2, members: 3 };
const OPTIONS = { learningRate: 3e-3, batch: 16, looks: 6, maxGradientNorm: 1, regularise: true };

/** What a person likes: the first number seen high, the second action strong. */
function liked(observations: Float32Array, actions: Float32Array, row: number): number {
  return observations[row * 3] - 0.5 * observations[row * 3 + 1] ** 2 + actions[row * 2 + 1];
}

function segment(id: number, random: Random): Segment {
  // What a clip shows differs more between clips than within one, as it does in life.
  const theme = Array.from({ length: 5 }, () => random.normal());
  const draw = (offset: number, size: number) =>
    Float32Array.from({ length: STEPS * size }, (_, i) => theme[offset + (i % size)] + 0.3 * random.normal());
  return {
    id,
    atStep: 0,
    policyVersion: 0,
    length: STEPS,
    observations: draw(0, 3),
    actions: draw(3, 2),
    rewards: new Float32Array(STEPS),
    state: null,
    clip: { framesPerSecond: 60, frames: 0, poses: new Float32Array() },
  };
}

function returnOf({ observations, actions }: Segment): number {
  let total = 0;
  for (let t = 0; t < STEPS; t++) total += liked(observations, actions, t);
  return total;
}

/** An ensemble fitted to `labels` comparisons, of which a share is answered the other way round. */
function fitted(seed: number, labels: number, steps: number, noise = 0) {
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
  const evidenceShape = { ...SIZES, capacity: labels, segments: 2 * labels, mostSegments: 2, steps: STEPS };
  const maxRows = RewardFit.maxRows(OPTIONS, evidenceShape, 1);
  const ensemble = new RewardEnsemble(kernel, arena, shape, optimiser.parameters, optimiser.gradients, maxRows);
  const evidence = new Evidence(new SharedArrayBuffer(Evidence.bytes(evidenceShape)), evidenceShape);
  const normaliser = new Normaliser(3);
  for (let query = 1; query <= labels; query++) {
    const left = segment(2 * query, random);
    const right = segment(2 * query + 1, random);
    const prefersRight = returnOf(left) > returnOf(right) === random.float() < noise;
    evidence.enter(String(query), query, "comparison", [left, right], [prefersRight ? 0 : 1], random);
    normaliser.add(left.observations, STEPS);
  }
  const fit = new RewardFit(ensemble, optimiser, team, evidence, normaliser, OPTIONS);
  for (let round = 0; round < steps / 5; round++) fit.run(5, random);
  return { fit, ensemble, normaliser, random, optimiser };
}

/** Spearman's rank correlation between true and predicted returns of segments never judged. */
function rankCorrelation({ ensemble, normaliser, random }: ReturnType<typeof fitted>): number {
  const segments = Array.from({ length: 200 }, (_, i) => segment(i, random));
  const predictions = Array.from({ length: SIZES.members }, () => new Float32Array(STEPS));
  const predicted = segments.map(({ observations, actions }) => {
    const seen = new Float32Array(observations.length);
    normaliser.normalise(observations, seen, STEPS);
    ensemble.predict(seen, actions, STEPS, predictions);
    return predictions.reduce((sum, of) => sum + of.reduce((total, reward) => total + reward, 0), 0);
  });
  const ranks = (values: readonly number[]) => {
    const order = values.map((_, i) => i).toSorted((a, b) => values[a] - values[b]);
    const rank: number[] = [];
    for (const [place, i] of order.entries()) rank[i] = place;
    return rank;
  };
  const a = ranks(segments.map(returnOf));
  const b = ranks(predicted);
  const distance = a.reduce((sum, rank, i) => sum + (rank - b[i]) ** 2, 0);
  return 1 - (6 * distance) / (a.length * (a.length ** 2 - 1));
}

test("from 120 comparisons the reward model ranks clips that nobody judged, for each of five seeds", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const model = fitted(seed, 120, 150);
    expect(rankCorrelation(model)).toBeGreaterThan(0.85);
    for (const { heldOutAccuracy } of model.fit.reports) expect(heldOutAccuracy).toBeGreaterThan(0.7);
  }
});

test("without a single gradient step it ranks nothing", () => {
  expect(Math.abs(rankCorrelation(fitted(1, 120, 0)))).toBeLessThan(0.6);
});

test("regularisation grows where held-out judgements are predicted much worse than those learned from", () => {
  const overfitted = fitted(1, 30, 400, 0.3).fit;
  for (const decay of overfitted.weightDecay) expect(decay).toBeGreaterThan(1e-3);
  const easy = fitted(1, 1_000, 200, 0.4).fit;
  for (const decay of easy.weightDecay) expect(decay).toBeLessThan(1e-4);
});

test("rewards come out at mean 0 and unit spread per member, whatever the networks' scale", () => {
  const { ensemble } = fitted(1, 10, 0);
  const random = new Random(2);
  const team = new Team(new SharedArrayBuffer(Team.bytes(1, 64)), 0, 1);
  const predictions = [1, 100, 0.01].map((scale) =>
    Float32Array.from({ length: 500 }, () => scale * (3 + random.normal())),
  );
  const rewards = new Float32Array(500);
  ensemble.renewScale(predictions, 500, team);
  ensemble.combine(predictions, 500, rewards);
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / 500;
  const variance = rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / 500;
  expect(mean).toBeCloseTo(0, 3);
  // Three independent unit spreads, averaged.
  expect(variance).toBeGreaterThan(0.2);
  expect(variance).toBeLessThan(0.5);
});

test("reports and regularisation survive a checkpoint", () => {
  const { fit } = fitted(1, 60, 20);
  const { fit: other } = fitted(2, 60, 0);
  other.restore(fit.state());
  expect(other.reports).toEqual(fit.reports);
  expect(other.weightDecay).toEqual(fit.weightDecay);
});
