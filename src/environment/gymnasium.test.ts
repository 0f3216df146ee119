// Holds the eight robots to what Gymnasium's v5 environments do with MuJoCo's native build of the same version. The
// fixtures are written by bench/peers/fixtures.py, which says what is in them.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Environment } from "./environment.ts";
import { measured, type MeasuredEnvironment } from "./measuring.ts";
import type { Simulation } from "./mujoco.ts";
import { findTask } from "./registry.ts";

interface State {
  readonly qpos: readonly number[];
  readonly qvel: readonly number[];
}

interface Run {
  readonly actionSeed: number;
  readonly starts: readonly State[];
  readonly trajectory: string;
}

interface Fixture {
  readonly environment: string;
  readonly versions: { readonly mujoco: string };
  readonly restartEvery: number;
  readonly runs: readonly Run[];
  readonly resets: {
    readonly count: number;
    readonly mean: readonly number[];
    readonly deviation: readonly number[];
    readonly furthest: readonly number[];
  };
  readonly statistics: {
    readonly runs: number;
    readonly steps: number;
    readonly mean: readonly number[];
    readonly deviation: readonly number[];
  };
}

const ROBOTS = [
  "hopper",
  "walker2d",
  "half-cheetah",
  "ant",
  "swimmer",
  "reacher",
  "inverted-pendulum",
  "inverted-double-pendulum",
] as const;
const COMPARED_STEPS = 100;
/** Of what Gymnasium gives, or of 1 where that is less than 1. */
const TOLERANCE = 1e-6;
/** Long runs to take here, and how far their means may be from Gymnasium's. */
const RUNS = 6;
const ERRORS = 4;

describe.each(ROBOTS)("%s", (robot) => {
  // What Python wrote is what the interfaces above say.
  const fixture = JSON.parse(readFileSync(new URL(`fixtures/${robot}.json`, import.meta.url), "utf8")) as Fixture;

  test("was recorded with the version of MuJoCo that is installed", () => {
    const path = new URL("../../node_modules/@mujoco/mujoco/package.json", import.meta.url);
    const installed = JSON.parse(readFileSync(path, "utf8")) as { version: string };
    expect(installed.version).toBe(fixture.versions.mujoco);
  });

  test(`does what Gymnasium's does for ${COMPARED_STEPS} steps, to 1e-6`, async () => {
    const environment = await make(robot);
    const { observationSpace } = environment;
    const observation = new Float32Array(observationSpace.size);
    expect(fixture.runs).toHaveLength(3);
    for (const { actionSeed, starts, trajectory } of fixture.runs) {
      const expected = floats(trajectory);
      const stride = observationSpace.size + 2;
      expect(expected).toHaveLength((COMPARED_STEPS + 1) * stride);
      const actions = new Actions(actionSeed, environment);
      start(environment, starts[0], observation);
      for (let t = 0; t <= COMPARED_STEPS; t++) {
        const outcome = t === 0 ? "running" : environment.step(actions.next(), observation);
        const row = expected.subarray(t * stride, (t + 1) * stride);
        const found = [...observation, environment.trueReward(), outcome === "terminated" ? 1 : 0];
        for (const [i, value] of found.entries()) {
          const error = Math.abs(value - row[i]) / Math.max(1, Math.abs(row[i]));
          if (!(error <= TOLERANCE)) {
            expect.fail(`step ${t}, number ${i}: ${value} instead of ${row[i]}, ${error} off`);
          }
        }
        const restart = starts[t / fixture.restartEvery];
        if (t > 0 && restart !== undefined) start(environment, restart, observation);
      }
    }
    environment.close();
  });

  test("begins its episodes like Gymnasium's: as far apart, and by noise of the same kind", async () => {
    const environment = await make(robot);
    const { count, mean, deviation, furthest } = fixture.resets;
    const observations = Array.from({ length: count }, (_, seed) => {
      const observation = new Float32Array(environment.observationSpace.size);
      environment.reset(seed, observation);
      return observation;
    });
    for (const [i, expected] of mean.entries()) {
      const values = observations.map((observation) => observation[i]);
      const average = values.reduce((sum, value) => sum + value, 0) / count;
      const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (count - 1));
      const far = Math.max(...values.map((value) => Math.abs(value - average)));
      const error = deviation[i] * Math.sqrt(2 / count);
      expect(Math.abs(average - expected), `mean of number ${i}`).toBeLessThan(ERRORS * error + TOLERANCE);
      expect(Math.abs(spread - deviation[i]), `spread of number ${i}`).toBeLessThan(0.1 * deviation[i] + TOLERANCE);
      // The furthest of a thousand is about 1.7 deviations away where noise is uniform and 3.3 where it is normal.
      expect(Math.abs(far - furthest[i]), `tail of number ${i}`).toBeLessThan(deviation[i] + TOLERANCE);
    }
    environment.close();
  });

  test(`is like Gymnasium's over long runs, to ${ERRORS} standard errors`, async () => {
    const environment = await make(robot);
    const { steps, runs, mean, deviation } = fixture.statistics;
    const summaries = Array.from({ length: RUNS }, (_, run) => summarise(environment, run, steps));
    expect(mean).toHaveLength(2 * environment.observationSpace.size + 3);
    for (const [i, expected] of mean.entries()) {
      const found = summaries.reduce((sum, summary) => sum + summary[i], 0) / RUNS;
      const error = deviation[i] * Math.sqrt(1 / runs + 1 / RUNS);
      // Numbers that stay the same throughout have a deviation of 0, give or take rounding.
      const limit = ERRORS * error + TOLERANCE * Math.max(1, Math.abs(expected));
      if (!(Math.abs(found - expected) <= limit)) {
        expect.fail(`number ${i}: ${found} instead of ${expected} +- ${error}`);
      }
    }
    environment.close();
  });
});

/** What fixtures.py calls statistics, of one run from this start on. */
function summarise(environment: MeasuredEnvironment, seed: number, steps: number): number[] {
  const { size } = environment.observationSpace;
  const observation = new Float32Array(size);
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  const actions = new Actions(30_000 + seed, environment);
  let [total, firstLength, firstReturn, over] = [0, 0, 0, false];
  environment.reset(seed, observation);
  for (let t = 0; t < steps; t++) {
    const outcome = environment.step(actions.next(), observation);
    const reward = environment.trueReward();
    for (let i = 0; i < size; i++) {
      sums[i] += observation[i];
      squares[i] += observation[i] ** 2;
    }
    total += reward;
    if (over) continue;
    firstLength++;
    firstReturn += reward;
    over = outcome === "terminated";
  }
  const means = [...sums].map((sum) => sum / steps);
  const deviations = [...squares].map((square, i) => Math.sqrt(Math.max(0, square / steps - means[i] ** 2)));
  return [...means, ...deviations, total, firstLength, firstReturn];
}

/** Uniform random actions from Marsaglia's 32-bit xorshift, as in the script that made the fixtures. */
class Actions {
  #state: number;
  readonly #environment: Environment;
  readonly #action: Float32Array;

  constructor(seed: number, environment: Environment) {
    this.#state = seed;
    this.#environment = environment;
    this.#action = new Float32Array(environment.actionSpace.size);
  }

  /** The next action, in the same array each time. */
  next(): Float32Array {
    const { low, high } = this.#environment.actionSpace;
    for (let i = 0; i < this.#action.length; i++) {
      let word = this.#state;
      word ^= word << 13;
      word ^= word >>> 17;
      word ^= word << 5;
      this.#state = word;
      this.#action[i] = low[i] + (high[i] - low[i]) * ((word >>> 8) / 2 ** 24);
    }
    return this.#action;
  }
}

async function make(robot: string): Promise<MeasuredEnvironment> {
  const environment = measured(await findTask(robot).create());
  if (environment === undefined) throw new Error(`${robot} is measured`);
  return environment;
}

/** Starts an episode in a given state. */
function start(environment: Environment, { qpos, qvel }: State, observation: Float32Array): void {
  // Noise is drawn by another generator than Gymnasium's, so that it is taken out of the way.
  const inside = environment as unknown as { simulation: Simulation; disturb: () => void };
  inside.disturb = () => {
    inside.simulation.qpos.set(qpos);
    inside.simulation.qvel.set(qvel);
  };
  environment.reset(0, observation);
}

/** Little-endian float32 numbers in base64. */
function floats(base64: string): Float32Array {
  const bytes = Buffer.from(base64, "base64");
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}
