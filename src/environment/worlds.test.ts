import { describe, expect, test } from "vitest";
import type { Environment } from "./environment.ts";
import { measured, type MeasuredEnvironment } from "./measuring.ts";
import type { Simulation } from "./mujoco.ts";
import { Random } from "./random.ts";
import { findTask, tasks } from "./registry.ts";
import { POSE_NUMBERS_PER_BODY } from "./scene.ts";

async function make(name: string): Promise<MeasuredEnvironment> {
  const environment = measured(await findTask(name).create());
  if (environment === undefined) throw new Error(`${name} is measured`);
  return environment;
}

function observationOf(environment: Environment): Float32Array {
  return new Float32Array(environment.observationSpace.size);
}

/** The simulation inside, to break it. */
function inside(environment: Environment): Simulation {
  return (environment as unknown as { simulation: Simulation }).simulation;
}

/** Actions drawn evenly from their bounds. */
function randomActions(environment: Environment): () => Float32Array {
  const random = new Random(7);
  const { low, high } = environment.actionSpace;
  return () => Float32Array.from(low, (bound, i) => bound + (high[i] - bound) * random.float());
}

describe.each(tasks.map(({ name }) => name))("%s", (name) => {
  test("clips actions to their bounds and refuses what is no number", async () => {
    const [one, other] = [await make(name), await make(name)];
    const [seen, same] = [observationOf(one), observationOf(other)];
    const { high } = one.actionSpace;
    one.reset(1, seen);
    other.reset(1, same);
    one.step(
      Float32Array.from(high, (bound) => 3 * bound),
      seen,
    );
    other.step(Float32Array.from(high), same);
    expect(seen).toEqual(same);
    expect(one.trueReward()).toBe(other.trueReward());
    expect(() =>
      one.step(
        Float32Array.from(high, () => NaN),
        seen,
      ),
    ).toThrow(/Action 0 of the .* is NaN; .*-[13]\.\.[13]/);
    one.close();
    other.close();
  });

  test("ends an episode as diverged when the physics blows up, and begins a sound one after it", async () => {
    const environment = await make(name);
    const observation = observationOf(environment);
    const still = new Float32Array(environment.actionSpace.size);
    environment.reset(1, observation);
    environment.step(still, observation);
    inside(environment).qvel[0] = 1e12;
    expect(environment.step(still, observation)).toBe("diverged");
    expect(environment.trueReward()).toBe(0);
    environment.reset(1, observation);
    expect(environment.step(still, observation)).toBe("running");
    expect(observation.every(Number.isFinite)).toBe(true);
    environment.close();
  });
});

test("the ant ends where it jumps higher than a metre, which costs a quarter of a healthy second where it does not end", async () => {
  const [ending, fixed] = [await make("ant"), await make("ant-fixed-horizon")];
  const observation = observationOf(ending);
  for (const [height, outcome] of [
    [0.6, "running"],
    [1.5, "terminated"],
  ] as const) {
    for (const environment of [ending, fixed]) {
      environment.reset(1, observation);
      inside(environment).qpos[2] = height;
      expect(environment.step(new Float32Array(8), observation)).toBe(environment === ending ? outcome : "running");
    }
    const cost = outcome === "terminated" ? 0.25 / ending.stepSeconds : 0;
    expect(ending.trueReward() - fixed.trueReward()).toBeCloseTo(cost, 6);
  }
  ending.close();
  fixed.close();
});

test.each(["half-cheetah", "half-cheetah-one-leg", "swimmer", "reacher"])(
  "%s lasts exactly as long as its horizon says",
  async (name) => {
    const environment = await make(name);
    const observation = observationOf(environment);
    const next = randomActions(environment);
    environment.reset(1, observation);
    for (let t = 1; t < environment.horizon; t++) expect(environment.step(next(), observation)).toBe("running");
    expect(environment.step(next(), observation)).toBe("truncated");
    environment.close();
  },
);

test.each(["hopper", "walker2d", "half-cheetah", "ant", "swimmer"])("%s measures how far it got", async (name) => {
  const environment = await make(name);
  const observation = observationOf(environment);
  const pose = new Float32Array(environment.scene().bodies.length * POSE_NUMBERS_PER_BODY);
  const next = randomActions(environment);
  const place = () => {
    environment.pose(pose);
    return pose[0];
  };
  environment.reset(1, observation);
  expect(environment.measures()).toEqual({ distance: 0 });
  const started = place();
  for (let t = 0; t < 50; t++) environment.step(next(), observation);
  const { distance } = environment.measures();
  expect(Math.abs(place() - started)).toBeGreaterThan(0.01);
  // The ant's is taken a hundredth of a second earlier.
  expect(distance).toBeCloseTo(place() - started, name === "ant" ? 1 : 5);
  environment.reset(1, observation);
  expect(environment.measures()).toEqual({ distance: 0 });
  environment.close();
});

test.each(["inverted-pendulum-fixed-horizon", "inverted-double-pendulum-fixed-horizon"])(
  "%s measures how long it is upright",
  async (name) => {
    const environment = await make(name);
    const observation = observationOf(environment);
    const next = randomActions(environment);
    environment.reset(1, observation);
    expect(environment.measures()).toEqual({ secondsUpright: 0 });
    let upright = 0;
    for (let t = 0; t < 200; t++) {
      environment.step(next(), observation);
      if (environment.trueReward() > 0) upright++;
    }
    expect(upright).toBeGreaterThan(0);
    expect(upright).toBeLessThan(200);
    expect(environment.measures()["secondsUpright"]).toBeCloseTo(upright * environment.stepSeconds, 9);
    environment.close();
  },
);

test("reacher measures how far the fingertip is from the target, on average", async () => {
  const environment = await make("reacher");
  const observation = observationOf(environment);
  const next = randomActions(environment);
  environment.reset(1, observation);
  expect(environment.measures()).toEqual({ meanDistance: 0 });
  let sum = 0;
  for (let t = 0; t < 20; t++) {
    environment.step(next(), observation);
    sum += Math.hypot(observation[8], observation[9]);
  }
  expect(environment.measures()["meanDistance"]).toBeCloseTo(sum / 20, 6);
  environment.close();
});
