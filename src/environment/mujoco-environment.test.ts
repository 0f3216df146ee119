import { describe, expect, test } from "vitest";
import { measured, type MeasuredEnvironment } from "./measuring.ts";
import { Random } from "./random.ts";
import { findTask, tasks } from "./registry.ts";

async function make(name: string): Promise<MeasuredEnvironment> {
  const environment = measured(await findTask(name).create());
  if (environment === undefined) throw new Error(`${name} has no true reward.`);
  return environment;
}

interface Step {
  readonly reward: number;
  readonly outcome: string;
  readonly observation: Float32Array;
}

/** Steps with random actions, without end. */
function* played(environment: MeasuredEnvironment, seed: number): Generator<Step> {
  const random = new Random(seed);
  const { low, high, size } = environment.actionSpace;
  const observation = new Float32Array(environment.observationSpace.size);
  const action = new Float32Array(size);
  environment.reset(seed, observation);
  while (true) {
    for (let i = 0; i < size; i++) action[i] = low[i] + (high[i] - low[i]) * random.float();
    const outcome = environment.step(action, observation);
    yield { reward: environment.trueReward(), outcome, observation: observation.slice() };
  }
}

const pairs = tasks.flatMap(({ name, fixedHorizon }) => (fixedHorizon === undefined ? [] : [[name, fixedHorizon]]));

describe.each(pairs)("%s and %s", (ending, fixed) => {
  test("are the same up to the first fall, which ends one and costs a quarter of a healthy second in the other", async () => {
    const [one, other] = [await make(ending), await make(fixed)];
    const start = new Float32Array(other.observationSpace.size);
    const steps = played(other, 4);
    let length = 0;
    // The ant falls late, if at all.
    const most = ending === "ant" ? 100_000 : 2_000;
    for (const expected of played(one, 4)) {
      const { value: step } = steps.next();
      length += 1;
      if (expected.outcome !== "terminated") {
        expect(step.reward).toBe(expected.reward);
        expect(step.observation).toEqual(expected.observation);
        if (length === most || expected.outcome === "truncated") break;
        continue;
      }
      const healthy = ending === "inverted-double-pendulum" ? 10 : 1;
      expect(step.outcome).toBe("running");
      expect(expected.reward - step.reward).toBeCloseTo(healthy * (0.25 / other.stepSeconds), 6);
      other.reset(99, start);
      for (let i = 0; i < Math.min(5, start.length); i++)
        expect(Math.abs(step.observation[i] - start[i])).toBeLessThan(0.6);
      break;
    }
    one.close();
    other.close();
  });

  test("one of them always lasts its whole time", async () => {
    const environment = await make(fixed);
    let length = 0;
    for (const { outcome } of played(environment, 5)) {
      length += 1;
      if (outcome === "running") continue;
      expect([outcome, length]).toEqual(["truncated", environment.horizon]);
      break;
    }
    environment.close();
  });
});

test("a robot is put back up where it fell", async () => {
  const environment = await make("walker2d-fixed-horizon");
  const pose = new Float32Array(environment.scene().bodies.length * 7);
  const far: number[] = [];
  let last = 0;
  for (const { reward, outcome } of played(environment, 6)) {
    environment.pose(pose);
    if (reward < -15) far.push(Math.abs(pose[0] - last));
    [last] = pose;
    if (outcome !== "running") break;
  }
  expect(far.length).toBeGreaterThan(3);
  expect(Math.max(...far)).toBeLessThan(0.3);
  environment.close();
});
