import { expect, test } from "vitest";
import { testKernel } from "../../test/kernel.ts";
import type { Environment, Outcome } from "../environment/environment.ts";
import { Random } from "../environment/random.ts";
import { Team } from "../kernel/team.ts";
import { Normaliser } from "../network/normaliser.ts";
import { SharedOptimiser } from "../network/shared-optimiser.ts";
import { ActorCritic, actorCriticLayout, initialiseActorCritic } from "./actor-critic.ts";
import { Ppo } from "./ppo.ts";
import { Actor, DIVERGED, Rollout, TRUNCATED } from "./rollout.ts";

const HORIZON = 10;

/** Shows a number and wants it back, halved and turned round. Blows up now and then if it is told to. */
class Echo implements Environment {
  readonly observationSpace = { size: 1, low: [-1], high: [1] };
  readonly actionSpace = { size: 1, low: [-1], high: [1] };
  readonly horizon = HORIZON;
  readonly stepSeconds = 1;
  readonly #divergence: number;
  #random = new Random(0);
  #steps = 0;

  constructor(divergence: number) {
    this.#divergence = divergence;
  }

  reset(seed: number, observation: Float32Array): void {
    this.#random = new Random(seed);
    this.#steps = 0;
    observation[0] = 2 * this.#random.float() - 1;
  }

  step(_action: Float32Array, observation: Float32Array): Outcome {
    if (this.#random.float() < this.#divergence) {
      observation[0] = Number.NaN;
      return "diverged";
    }
    observation[0] = 2 * this.#random.float() - 1;
    return ++this.#steps === HORIZON ? "truncated" : "running";
  }

  scene(): never {
    throw new Error("An echo looks like nothing.");
  }

  pose(): void {}
  close(): void {}
}

const OPTIONS = {
  discount: 0.9,
  lambda: 0.9,
  clip: 0.2,
  epochs: 4,
  batch: 64,
  learningRate: 3e-3,
  entropyBonus: 0,
  maxGradientNorm: 0.5,
  maxDivergence: 0.05,
};

function trained(seed: number, divergence: number, updates: number, options = OPTIONS) {
  const { kernel, arena } = testKernel();
  const team = new Team(new SharedArrayBuffer(Team.bytes(1, 64)), 0, 1);
  const layout = actorCriticLayout({ observationSize: 1, actionSize: 1, hidden: [16] });
  const groups = [
    { start: 0, length: layout.policyLength, maxNorm: 0.5 },
    { start: layout.valueStart, length: layout.valueLength, maxNorm: 0.5 },
  ];
  const optimiser = new SharedOptimiser(kernel, arena, team, layout.length, groups, OPTIONS.learningRate);
  const agent = new ActorCritic(kernel, arena, layout, optimiser.parameters, optimiser.gradients, 65);
  const random = new Random(seed);
  initialiseActorCritic(layout, optimiser.parameters, random, 0.5);
  const normaliser = new Normaliser(1);
  const actor = new Actor(
    Array.from({ length: 8 }, () => new Echo(divergence)),
    0,
  );
  const rollout = new Rollout(32, 8, 1, 1);
  const ppo = new Ppo(agent, optimiser, team, rollout.rows, options);
  const errors: number[] = [];
  let diverged = 0;
  for (let update = 0; update < updates; update++) {
    actor.collect(rollout, agent, normaliser, random, []);
    diverged += rollout.diverged;
    let error = 0;
    for (let row = 0; row < rollout.rows; row++) {
      const miss = (rollout.taken[row] + 0.5 * rollout.observations[row]) ** 2;
      // A diverged row's reward must not matter, whatever it is.
      rollout.rewards[row] = rollout.ends[row] === DIVERGED ? Number.NaN : -miss;
      error += miss / rollout.rows;
    }
    errors.push(error);
    ppo.update(rollout, 1, OPTIONS.learningRate, random);
    normaliser.add(rollout.observations, rollout.rows);
  }
  return { errors, diverged, rollout, parameters: optimiser.parameters.slice(), ppo };
}

test("the agent learns to answer what it sees, for each of five seeds", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const { errors } = trained(seed, 0, 60);
    // The mean squared miss starts at 0.25 + 1/12 of noise and prompt; what is left is the noise it still makes.
    expect(errors[0]).toBeGreaterThan(0.2);
    expect(errors[errors.length - 1]).toBeLessThan(0.05);
  }
});

test("the same seed gives the same agent, to the last bit", () => {
  expect(trained(3, 0, 5).parameters).toEqual(trained(3, 0, 5).parameters);
  expect(trained(3, 0, 5).parameters).not.toEqual(trained(4, 0, 5).parameters);
});

test("rows in which the physics blew up are counted and never learned from", () => {
  const { errors, diverged, rollout, parameters, ppo } = trained(1, 0.05, 60);
  expect(diverged).toBeGreaterThan(100);
  expect([...parameters].every(Number.isFinite)).toBe(true);
  expect([...rollout.observations].every(Number.isFinite)).toBe(true);
  expect(Number.isFinite(ppo.report.divergence)).toBe(true);
  expect(errors[errors.length - 1]).toBeLessThan(0.05);
});

test("first episodes are cut short at different moments, so that environments do not march in step", () => {
  const { rollout } = trained(1, 0, 1);
  const firstEnds = Array.from({ length: 8 }, (_, e) => {
    let t = 0;
    while (rollout.ends[t * 8 + e] !== TRUNCATED) t++;
    return t + 1;
  });
  expect(new Set(firstEnds).size).toBeGreaterThan(4);
  expect(Math.max(...firstEnds)).toBe(HORIZON);
});

test("no further step is taken once the policy has moved too far", () => {
  const stepsOfAll = OPTIONS.epochs * ((32 * 8) / OPTIONS.batch);
  expect(trained(1, 0, 1, { ...OPTIONS, maxDivergence: 10 }).ppo.report.steps).toBe(stepsOfAll);
  // The first step sees the policy unmoved, the second sees it moved.
  expect(trained(1, 0, 1, { ...OPTIONS, maxDivergence: 1e-9 }).ppo.report.steps).toBe(2);
});
