import { expect, test } from "vitest";
import { Random } from "../environment/random.ts";
import { Normaliser } from "../network/normaliser.ts";
import { Novelty } from "./novelty.ts";
import { DIVERGED, Rollout } from "./rollout.ts";

const SIZE = 3;
const ROWS = 200;

/** A rollout whose states are drawn around `centre` with standard deviation 0.1. */
function rolloutAt(centre: number, random: Random): Rollout {
  const rollout = new Rollout(ROWS, 1, SIZE, 1);
  for (let i = 0; i < ROWS * SIZE; i++) {
    rollout.observations[i] = centre + 0.1 * random.normal();
    rollout.normalised[i] = rollout.observations[i];
  }
  return rollout;
}

const mean = (values: Float32Array, from: number, to: number): number =>
  values.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from);

test("states far from all others are rewarded most, on a scale of mean 0 and spread 1", () => {
  const random = new Random(1);
  const rollout = rolloutAt(0, random);
  for (let row = 0; row < 10; row++) rollout.normalised[row * SIZE] = 3 + row;
  new Novelty(SIZE).reward(rollout, new Normaliser(SIZE), random);
  expect(mean(rollout.rewards, 0, 10)).toBeGreaterThan(mean(rollout.rewards, 10, ROWS) + 2);
  expect(mean(rollout.rewards, 0, ROWS)).toBeCloseTo(0, 5);
  const square = rollout.rewards.reduce((sum, value) => sum + value * value, 0) / ROWS;
  expect(square).toBeCloseTo(1, 3);
});

test("where earlier rollouts have been counts as known", () => {
  const random = new Random(2);
  const novelty = new Novelty(SIZE);
  const normaliser = new Normaliser(SIZE);
  for (let i = 0; i < 4; i++) novelty.reward(rolloutAt(0, random), normaliser, random);
  // Half of the states are where the earlier ones were, half are as dense elsewhere.
  const rollout = rolloutAt(0, random);
  for (let i = (ROWS / 2) * SIZE; i < ROWS * SIZE; i++) rollout.normalised[i] += 5;
  novelty.reward(rollout, normaliser, random);
  expect(mean(rollout.rewards, ROWS / 2, ROWS)).toBeGreaterThan(mean(rollout.rewards, 0, ROWS / 2) + 0.3);
});

test("a step in which the physics blew up earns nothing and spoils nothing", () => {
  const random = new Random(3);
  const rollout = rolloutAt(0, random);
  rollout.ends[7] = DIVERGED;
  rollout.normalised.fill(Number.NaN, 7 * SIZE, 8 * SIZE);
  rollout.observations.fill(Number.NaN, 7 * SIZE, 8 * SIZE);
  const novelty = new Novelty(SIZE);
  novelty.reward(rollout, new Normaliser(SIZE), random);
  expect(rollout.rewards[7]).toBe(0);
  expect(rollout.rewards.every(Number.isFinite)).toBe(true);
  novelty.reward(rollout, new Normaliser(SIZE), random);
  expect(rollout.rewards.every(Number.isFinite)).toBe(true);
});
