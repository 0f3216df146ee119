import { describe, expect, test } from "vitest";
import type { Environment } from "../environment.ts";
import { measured, type MeasuredEnvironment } from "../measuring.ts";
import { bodyId, type Simulation } from "../mujoco.ts";
import { Random } from "../random.ts";
import { halfCheetahOneLeg } from "./one-leg.ts";

const observation = new Float32Array(17);
const still = new Float32Array(6);

async function make(): Promise<MeasuredEnvironment> {
  const environment = measured(await halfCheetahOneLeg.create());
  if (environment === undefined) throw new Error("half-cheetah-one-leg is measured");
  return environment;
}

/** The simulation inside, to put the robot where no policy would bring it. */
function inside(environment: Environment): Simulation {
  return (environment as unknown as { simulation: Simulation }).simulation;
}

/**
 * Starts an episode with the torso `height` metres above where it stands, and turned by `pitch` radians. Returns where
 * along x that is.
 */
function place(environment: MeasuredEnvironment, height: number, pitch: number, velocity = 0): number {
  environment.reset(1, observation);
  const { qpos, qvel } = inside(environment);
  qpos.fill(0, 1);
  qvel.fill(0);
  qpos[1] = height;
  qpos[2] = pitch;
  qvel[0] = velocity;
  return qpos[0];
}

function touchingBodies(simulation: Simulation): number[] {
  simulation.findContactForces();
  const touching = simulation.cfrcExt.reduce(
    (bodies, force, i) => (force === 0 ? bodies : bodies.add(Math.floor(i / 6))),
    new Set<number>(),
  );
  return [...touching].filter((id) => id !== 0);
}

describe("half-cheetah-one-leg", () => {
  test("rewards rearing and moving ahead, up to a point, while nothing touches that may not", async () => {
    const environment = await make();
    for (const [pitch, velocity] of [
      [-1, 0],
      [-1, 1.5],
      [-0.3, 1.5],
      [-1, -0.5],
      [-1, 5],
      [0.5, 1],
    ]) {
      const started = place(environment, 2, pitch, velocity);
      environment.step(still, observation);
      const [x, , turned] = inside(environment).qpos;
      const reared = Math.max(0, -Math.sin(turned));
      const ahead = (x - started) / environment.stepSeconds;
      expect(environment.trueReward()).toBeCloseTo(reared * (1 + Math.min(2, ahead)), 6);
      const { distanceOnOneLeg, shareOnOneLeg } = environment.measures();
      expect(distanceOnOneLeg).toBeCloseTo(x - started, 9);
      expect(shareOnOneLeg).toBe(1);
    }
    environment.close();
  });

  test("lets the hind foot touch", async () => {
    const environment = await make();
    const simulation = inside(environment);
    const hindFoot = bodyId(simulation.model, "hind foot");
    place(environment, 0.4, -0.8);
    let touched = 0;
    for (let t = 0; t < 12 && touched === 0; t++) {
      environment.step(still, observation);
      const bodies = touchingBodies(simulation);
      if (bodies.length === 1 && bodies[0] === hindFoot) touched++;
    }
    expect(touched).toBe(1);
    expect(environment.trueReward()).toBeGreaterThan(0);
    expect(environment.measures()["shareOnOneLeg"]).toBe(1);
    environment.close();
  });

  test.each<[string, number, number]>([
    ["stands on both legs", 0, 0],
    ["lies on its back", -0.6, Math.PI],
    ["stands on its fore leg", 0.2, 0.8],
  ])("charges a robot that %s, however fast it is", async (_name, height, pitch) => {
    const environment = await make();
    place(environment, height, pitch);
    for (let t = 0; t < 20; t++) environment.step(still, observation);
    expect(touchingBodies(inside(environment)).length).toBeGreaterThan(0);
    const { distanceOnOneLeg } = environment.measures();
    inside(environment).qvel[0] = 5;
    environment.step(still, observation);
    expect(environment.trueReward()).toBeCloseTo(-1, 6);
    expect(environment.measures()["distanceOnOneLeg"]).toBe(distanceOnOneLeg);
    expect(environment.measures()["shareOnOneLeg"]).toBeLessThan(1);
    environment.close();
  });

  test("sees touches between two observations", async () => {
    const environment = await make();
    const simulation = inside(environment);
    const random = new Random(1);
    const hindFoot = bodyId(simulation.model, "hind foot");
    environment.reset(1, observation);
    let seenAtTheEnd = 0;
    for (let t = 0; t < 300; t++) {
      environment.step(
        still.map(() => 2 * random.float() - 1),
        observation,
      );
      if (touchingBodies(simulation).some((id) => id !== hindFoot)) seenAtTheEnd++;
    }
    expect(seenAtTheEnd).toBeGreaterThan(50);
    expect(300 * (1 - environment.measures()["shareOnOneLeg"])).toBeGreaterThan(seenAtTheEnd + 5);
    environment.close();
  });

  test("begins every episode with measures of 0", async () => {
    const environment = await make();
    place(environment, 2, -1, 1);
    environment.step(still, observation);
    environment.reset(1, observation);
    expect(environment.measures()).toEqual({ distanceOnOneLeg: 0, shareOnOneLeg: 0 });
    environment.close();
  });
});
