import { describe, expect, test } from "vitest";
import type { Environment, Task } from "../environment.ts";
import { measured, type MeasuredEnvironment } from "../measuring.ts";
import type { Simulation } from "../mujoco.ts";
import { hopperBackflip } from "./backflip.ts";
import { hopper } from "./hopper.ts";

const observation = new Float32Array(11);

async function make(task: Task): Promise<MeasuredEnvironment> {
  const environment = measured(await task.create());
  if (environment === undefined) throw new Error(`${task.name} is measured`);
  return environment;
}

/** The simulation inside, to put the hopper where no policy would bring it. */
function inside(environment: Environment): Simulation {
  return (environment as unknown as { simulation: Simulation }).simulation;
}

describe.each([hopper, hopperBackflip])("$name", (task) => {
  // Recorded from Gymnasium 1.4.0's Hopper-v5 with MuJoCo 3.14.0, from rest, with the actions below.
  const recorded = new Map([
    [
      1,
      [
        0.000188369068665, 1.2495665926, 0.000463321219942, -0.000169622294255, 0.000941779944904, 0.00515825477968,
        0.0362310360536, -0.107048724475, 0.0672438062425, -0.0310495975753, 0.11041536902, 1.2949000771,
      ],
    ],
    [
      50,
      [
        -0.0544984105897, 1.48935975716, -0.435821445888, 0.00309119040106, -0.678732068926, -0.5437178659,
        -1.56619478827, -0.446360089198, -7.40996831988, -0.0117538322591, -13.3275974616, 9.01375566063,
      ],
    ],
    [
      250,
      [
        -0.307809933546, 0.798176076864, -4.50524920156, -1.70094958621, -1.92934827759, 0.415926224494, 0.847842515291,
        -2.75282334023, -3.22510232929, 4.53350073936, 1.70952203617, -9.64780171909,
      ],
    ],
  ]);

  test("moves as Gymnasium's Hopper-v5 does, step by step", async () => {
    const environment = await make(task);
    environment.reset(0, observation);
    const simulation = inside(environment);
    simulation.reset();
    simulation.forward();
    for (let t = 0; t < 250; t++) {
      const action = new Float32Array([Math.sin(0.05 * t), Math.sin(0.07 * t + 1), Math.sin(0.11 * t + 2)]);
      environment.step(action, observation);
      const expected = recorded.get(t + 1);
      if (expected === undefined) continue;
      const state = [...simulation.qpos, ...simulation.qvel];
      for (const [i, value] of expected.entries())
        expect(Math.abs(state[i] - value), `${t + 1}: ${i}`).toBeLessThan(1e-8);
      const clipped = expected.map((value, i) => (i < 6 ? value : Math.max(-10, Math.min(10, value)))).slice(1);
      // What is taught to flip sees which way up it is, but not how often it has turned: at step 250 that differs.
      if (task === hopperBackflip) clipped[1] = Math.atan2(Math.sin(clipped[1]), Math.cos(clipped[1]));
      for (const [i, value] of clipped.entries()) expect(observation[i]).toBeCloseTo(value, 5);
    }
    environment.close();
  });

  test("starts near rest, evenly up to 5e-3 off, by the seed alone", async () => {
    const environment = await make(task);
    const offsets: number[] = [];
    for (let seed = 0; seed < 100; seed++) {
      environment.reset(seed, observation);
      const { qpos, qvel } = inside(environment);
      offsets.push(...qpos.map((value, i) => value - (i === 1 ? 1.25 : 0)), ...qvel);
    }
    expect(Math.max(...offsets)).toBeLessThanOrEqual(5e-3);
    expect(Math.min(...offsets)).toBeGreaterThanOrEqual(-5e-3);
    const variance = offsets.reduce((sum, offset) => sum + offset ** 2, 0) / offsets.length;
    expect(Math.abs(variance / (5e-3 ** 2 / 3) - 1)).toBeLessThan(0.1);
    environment.close();
  });

  test("clips actions to -1..1 and refuses what is no number", async () => {
    const [one, other] = [await make(task), await make(task)];
    const seen = new Float32Array(11);
    one.reset(1, observation);
    other.reset(1, seen);
    const action = new Float32Array([7, -7, 0.5]);
    one.step(action, observation);
    other.step(new Float32Array([1, -1, 0.5]), seen);
    expect(observation).toEqual(seen);
    expect(one.trueReward()).toBe(other.trueReward());
    expect([...action]).toEqual([7, -7, 0.5]);
    expect(() => one.step(new Float32Array([0, NaN, 0]), observation)).toThrow(/Action 1 of the hopper is NaN/);
    one.close();
    other.close();
  });

  test("ends an episode as diverged when the physics blows up, and begins a sound one after it", async () => {
    const environment = await make(task);
    for (const blow of [(s: Simulation) => (s.qvel[0] = 1e12), (s: Simulation) => (s.qpos[3] = NaN)]) {
      environment.reset(1, observation);
      expect(environment.step(new Float32Array(3), observation)).toBe("running");
      blow(inside(environment));
      expect(environment.step(new Float32Array(3), observation)).toBe("diverged");
      expect(environment.trueReward()).toBe(0);
      environment.reset(1, observation);
      expect(environment.step(new Float32Array(3), observation)).toBe("running");
      expect(observation.every(Number.isFinite)).toBe(true);
    }
    environment.close();
  });

  test("is drawn as torso, thigh, leg and foot, standing on the ground with its toe forward", async () => {
    const environment = await make(task);
    const { bodies, follow, ground } = environment.scene();
    expect(bodies.map(({ name }) => name)).toEqual(["torso", "thigh", "leg", "foot"]);
    expect(bodies.flatMap(({ shapes }) => shapes.map(({ kind, size }) => [kind, ...size]))).toEqual([
      ["capsule", 0.05, 0.2],
      ["capsule", 0.05, 0.225],
      ["capsule", 0.04, 0.25],
      ["capsule", 0.06, 0.195],
    ]);
    expect([follow, ground]).toEqual([0, 0]);
    environment.reset(1, observation);
    const pose = new Float32Array(bodies.length * 7);
    environment.pose(pose);
    const [, , leg, foot] = [0, 1, 2, 3].map((i) => pose.subarray(i * 7, i * 7 + 7));
    const middleOfFoot = foot[0] + bodies[3].shapes[0].position[0];
    expect(middleOfFoot - leg[0]).toBeGreaterThan(0.05);
    expect(pose[2]).toBeCloseTo(1.25, 1);
    environment.close();
  });
});

describe("hopper", () => {
  test("rewards as Gymnasium does, and ends where the hopper falls", async () => {
    const environment = await make(hopper);
    environment.reset(0, observation);
    const simulation = inside(environment);
    simulation.reset();
    simulation.forward();
    simulation.qpos[0] = 0;
    let total = 0;
    const rewards: number[] = [];
    const outcomes = new Set<string>();
    for (let t = 0; t < 250; t++) {
      const before = simulation.qpos[0];
      const action = new Float32Array([Math.sin(0.05 * t), Math.sin(0.07 * t + 1), Math.sin(0.11 * t + 2)]);
      const outcome = environment.step(action, observation);
      outcomes.add(outcome);
      const healthy = outcome === "running" ? 1 : 0;
      const cost = 1e-3 * action.reduce((sum, value) => sum + value * value, 0);
      rewards.push(environment.trueReward());
      if (t > 0) expect(rewards[t]).toBeCloseTo(healthy + (simulation.qpos[0] - before) / 0.008 - cost, 9);
      total += rewards[t];
    }
    // Gymnasium's rewards of the 50th and the 250th step.
    expect(rewards[49]).toBeCloseTo(-1.5708398551526959, 6);
    expect(rewards[249]).toBeCloseTo(0.7624075050848778, 6);
    expect(total).toBeGreaterThan(0);
    expect([...outcomes].sort()).toEqual(["running", "terminated"]);
    environment.close();
  });

  test("measures how far it got", async () => {
    const environment = await make(hopper);
    environment.reset(1, observation);
    expect(environment.measures()).toEqual({ distance: 0 });
    const start = inside(environment).qpos[0];
    environment.step(new Float32Array([1, 1, 1]), observation);
    expect(environment.measures()["distance"]).toBe(inside(environment).qpos[0] - start);
    environment.close();
  });
});

describe("hopper-backflip", () => {
  /** Turns the torso to these numbers of full turns backward, one after the other, high above the ground. */
  function turn(environment: Environment, turns: readonly number[]): void {
    environment.reset(1, observation);
    const { qpos, qvel } = inside(environment);
    const startPitch = qpos[2];
    let at = 0;
    for (const target of turns) {
      const steps = Math.ceil(Math.abs(target - at) / 0.1);
      for (let i = 1; i <= steps; i++) {
        qvel.fill(0);
        qpos[1] = 400;
        qpos[2] = startPitch - 2 * Math.PI * (at + ((target - at) * i) / steps);
        environment.step(new Float32Array(3), observation);
      }
      at = target;
    }
  }

  test.each([
    [[0.98], 0],
    [[1.02], 1],
    [[3.5], 3],
    [[1.02, 0.9, 1.02, 0.9, 1.02], 1],
    [[0.4, -0.4, 0.4, -0.4, 0.4, -0.4], 0],
    [[-3.2], 0],
    [[-2, 0.5], 0],
    [[2.1, 0], 2],
  ])("counts turns %j backward as %i backflips", async (turns, backflips) => {
    const environment = await make(hopperBackflip);
    turn(environment, turns);
    expect(environment.measures()).toEqual({ backflips });
    environment.reset(1, observation);
    expect(environment.measures()).toEqual({ backflips: 0 });
    environment.close();
  });

  test("calls backward what turns the head away from where the toe points, and rewards it", async () => {
    const environment = await make(hopperBackflip);
    for (const [spin, sign] of [
      [-3, 1],
      [3, -1],
    ]) {
      environment.reset(1, observation);
      const { qvel } = inside(environment);
      qvel[2] = spin;
      environment.step(new Float32Array(3), observation);
      expect(Math.sign(environment.trueReward())).toBe(sign);
      const pose = new Float32Array(28);
      environment.pose(pose);
      // A turn about y of the quaternion w, 0, y, 0 moves the head along x by its sine.
      const head = 2 * pose[3] * pose[5];
      expect(Math.sign(head)).toBe(-sign);
    }
    environment.close();
  });

  test("rewards by the published formula, from the observation on which the action was chosen", async () => {
    const environment = await make(hopperBackflip);
    environment.reset(2, observation);
    let seen = 0;
    for (let t = 0; t < 200; t++) {
      const action = new Float32Array([Math.sin(t), Math.cos(0.3 * t), Math.sin(0.1 * t)]);
      const [z, , , , , vx, , spin, hip, knee, ankle] = observation;
      const effort = action[0] * hip + action[1] * knee + action[2] * ankle;
      const expected = -spin * (1 + 0.3 * z + 0.1 * effort - 0.05 * vx);
      environment.step(action, observation);
      expect(Math.abs(environment.trueReward() - expected)).toBeLessThan(1e-4);
      seen = Math.max(seen, Math.abs(expected));
    }
    expect(seen).toBeGreaterThan(5);
    environment.close();
  });

  test("never ends before its 1,000 steps of 8 ms", async () => {
    const environment = await make(hopperBackflip);
    environment.reset(1, observation);
    expect(environment.horizon * environment.stepSeconds).toBeCloseTo(8, 9);
    for (let t = 1; t < 1_000; t++) {
      expect(environment.step(new Float32Array([1, -1, Math.sin(t)]), observation)).toBe("running");
    }
    expect(environment.step(new Float32Array(3), observation)).toBe("truncated");
    environment.close();
  });
});
