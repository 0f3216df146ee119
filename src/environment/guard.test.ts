import { describe, expect, test } from "vitest";
import type { Environment, Outcome } from "./environment.ts";
import { EnvironmentError, guarded } from "./guard.ts";
import { hopperBackflip } from "./hopper/backflip.ts";
import { measured } from "./measuring.ts";

/** A world of two numbers whose step does as it is told. */
function world(step: (observation: Float32Array) => Outcome): Environment {
  const space = { size: 2, low: [-1, -1], high: [1, 1] };
  return {
    observationSpace: space,
    actionSpace: space,
    horizon: 10,
    stepSeconds: 0.1,
    reset: (_seed, observation) => void observation.fill(0),
    step: (_action, observation) => step(observation),
    scene: () => ({ bodies: [], follow: 0, ground: null, cameraDistance: 1 }),
    pose: () => {},
    close: () => {},
  };
}

const action = new Float32Array(2);
const observation = new Float32Array(2);

describe("guarded", () => {
  test("lets through what is whole and finite", () => {
    const environment = guarded(
      world((out) => {
        out.set([1, 2]);
        return "truncated";
      }),
      "two",
    );
    environment.reset(1, observation);
    expect([...observation]).toEqual([0, 0]);
    expect(environment.step(action, observation)).toBe("truncated");
    expect([...observation]).toEqual([1, 2]);
  });

  test.each<[string, (out: Float32Array) => Outcome, RegExp]>([
    ["NaN", (out) => (out.set([1, NaN]), "running"), /"two".*step \(step 1 of the episode\).*number 1 is NaN/],
    ["an infinity", (out) => (out.set([Infinity, 0]), "running"), /number 0 is Infinity/],
    ["fewer numbers", (out) => (out.set([1]), "running"), /number 1 is NaN or was not written.*all 2/],
    ["more numbers", (out) => (out.set([1, 2, 3]), "running"), /more numbers are written.*the observation has 2/],
    // What JavaScript without types can do.
    ["another outcome", (out) => (out.fill(0), "done" as Outcome), /returned "done".*"running"/],
    ["no outcome", (out) => (out.fill(0), undefined as unknown as Outcome), /returned nothing/],
    [
      "an exception",
      () => {
        throw new Error("no legs");
      },
      /threw "no legs"/,
    ],
  ])("refuses %s", (_name, step, message) => {
    const environment = guarded(world(step), "two");
    environment.reset(1, observation);
    expect(() => environment.step(action, observation)).toThrow(EnvironmentError);
    environment.reset(1, observation);
    expect(() => environment.step(action, observation)).toThrow(message);
  });

  test("sees that numbers of the step before were left standing", () => {
    let steps = 0;
    const environment = guarded(
      world((out) => {
        if (steps++ === 0) out.set([1, 2]);
        return "running";
      }),
      "two",
    );
    environment.reset(1, observation);
    environment.step(action, observation);
    expect(() => environment.step(action, observation)).toThrow(/step 2 of the episode.*number 0/);
  });

  test("does not look at what a diverged step observed", () => {
    const environment = guarded(
      world(() => "diverged"),
      "two",
    );
    environment.reset(1, observation);
    expect(environment.step(action, observation)).toBe("diverged");
  });

  test("watches resets and poses too", () => {
    const broken = guarded({ ...world(() => "running"), reset: () => {} }, "two");
    expect(() => broken.reset(1, observation)).toThrow(/reset left numbers of which number 0/);
    expect(() => broken.pose(new Float32Array(7))).toThrow(/pose.*number 0 is NaN or was not written.*all 7/);
  });

  test("keeps the true reward and the measures of an environment that has them", async () => {
    const inner = measured(await hopperBackflip.create());
    if (inner === undefined) throw new Error("the hopper is measured");
    const outer = measured(guarded(inner, "hopper-backflip"));
    if (outer === undefined) throw new Error("its guard must be too");
    const seen = new Float32Array(11);
    outer.reset(1, seen);
    outer.step(new Float32Array([1, -1, 1]), seen);
    expect(outer.trueReward()).not.toBe(0);
    expect(outer.trueReward()).toBe(inner.trueReward());
    expect(outer.measures()).toEqual({ backflips: 0 });
    outer.close();
    expect(
      measured(
        guarded(
          world(() => "running"),
          "two",
        ),
      ),
    ).toBeUndefined();
  });
});
