import { describe, expect, test } from "vitest";
import pointMass from "../../examples/point-mass.ts";
import { checkEnvironment } from "./check.ts";
import type { Environment, Outcome, Task } from "./environment.ts";
import type { MeasuredEnvironment } from "./measuring.ts";
import { Random } from "./random.ts";
import { tasks } from "./registry.ts";
import type { Scene, Shape } from "./scene.ts";

const ball: Shape = { kind: "sphere", size: [0.1], position: [0, 0, 0], rotation: [1, 0, 0, 0], colour: [1, 0, 0] };
const scene: Scene = { bodies: [{ name: "ball", shapes: [ball] }], follow: 0, ground: 0, cameraDistance: 3 };

/** A flawless little world: a number that actions push, for ten steps. Each test breaks one thing in it. */
class World implements MeasuredEnvironment {
  observationSpace: Environment["observationSpace"] = { size: 2, low: [-50, 0], high: [50, 10] };
  actionSpace: Environment["actionSpace"] = { size: 1, low: [-1], high: [1] };
  horizon = 10;
  stepSeconds = 0.1;
  x = 0;
  steps = 0;
  reset(seed: number, observation: Float32Array): void {
    this.x = new Random(seed).float();
    this.steps = 0;
    this.observe(observation);
  }
  step(action: Float32Array, observation: Float32Array): Outcome {
    this.x += action[0];
    this.steps++;
    this.observe(observation);
    return this.steps === this.horizon ? "truncated" : "running";
  }
  observe(observation: Float32Array): void {
    observation[0] = this.x;
    observation[1] = this.steps;
  }
  scene(): Scene {
    return scene;
  }
  pose(out: Float32Array): void {
    out.set([this.x, 0, 0, 1, 0, 0, 0]);
  }
  trueReward(): number {
    return this.x;
  }
  measures(): Readonly<Record<string, number>> {
    return { steps: this.steps };
  }
  close(): void {}
}

function taskOf(create: Task["create"]): Task {
  return { name: "broken", description: "A broken world.", question: "Which is less broken?", create };
}

/** The flawless world with some members put in place of its own. */
function broken(parts: (world: World) => object): Task {
  return taskOf(() => {
    const world = new World();
    return Object.assign(world, parts(world));
  });
}

describe("checkEnvironment", () => {
  test.each([...tasks, pointMass, taskOf(() => new World())])("finds nothing wrong with $name", async (task) => {
    expect(await checkEnvironment(task)).toEqual([]);
  });

  const shared = new World();
  let calls = 0;
  test.each<[string, Task, RegExp]>([
    ["no methods", taskOf(() => ({}) as Environment), /no reset, step, scene, pose, close/],
    ["nothing at all", taskOf(() => undefined as unknown as Environment), /no reset, step/],
    ["no spaces", broken(() => ({ observationSpace: undefined })), /observationSpace is missing/],
    ["a size of 0", broken(() => ({ actionSpace: { size: 0, low: [], high: [] } })), /actionSpace.size is 0/],
    [
      "too few bounds",
      broken(() => ({ actionSpace: { size: 2, low: [0, 0], high: [1] } })),
      /high has 1 entries, size is 2/,
    ],
    ["crossed bounds", broken(() => ({ actionSpace: { size: 1, low: [1], high: [1] } })), /from 1 to 1 in entry 0/],
    ["bounds of NaN", broken(() => ({ actionSpace: { size: 1, low: [NaN], high: [1] } })), /from NaN to 1/],
    ["no horizon", broken(() => ({ horizon: Infinity })), /horizon is Infinity/],
    ["no time", broken(() => ({ stepSeconds: 0 })), /stepSeconds is 0/],
    ["an empty scene", broken(() => ({ scene: () => ({ ...scene, bodies: [] }) })), /no bodies/],
    [
      "a camera below the ground",
      broken(() => ({ scene: () => ({ ...scene, cameraElevation: -1 }) })),
      /Elevation is -1/,
    ],
    ["nobody to follow", broken(() => ({ scene: () => ({ ...scene, follow: 1 }) })), /scene.follow is 1/],
    ["a ground of NaN", broken(() => ({ scene: () => ({ ...scene, ground: NaN }) })), /scene.ground is NaN/],
    ["no camera", broken(() => ({ scene: () => ({ ...scene, cameraDistance: 0 }) })), /cameraDistance is 0/],
    [
      "twins",
      broken(() => ({
        scene: () => ({ ...scene, bodies: [scene.bodies[0], scene.bodies[0]] }),
        pose: (out: Float32Array) => out.set([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]),
      })),
      /Two bodies are called "ball"/,
    ],
    ...(
      [
        [{ kind: "cone" }, /the kind "cone"/],
        [{ size: [1, 2] }, /the size \[1,2\]/],
        [{ position: [0, NaN, 0] }, /the position/],
        [{ rotation: [0, 0, 0, 0] }, /the rotation/],
        [{ colour: [255, 0, 0] }, /the colour/],
      ] as const
    ).map(([part, message]): [string, Task, RegExp] => [
      `a shape with ${JSON.stringify(part)}`,
      broken(() => ({ scene: () => ({ ...scene, bodies: [{ name: "ball", shapes: [{ ...ball, ...part }] }] }) })),
      message,
    ]),
    [
      "a scene without shapes",
      broken(() => ({ scene: () => ({ ...scene, bodies: [{ name: "ball", shapes: [] }] }) })),
      /No body has a shape/,
    ],
    ["one environment for all", taskOf(() => shared), /same environment twice/],
    [
      "a random start",
      broken((world) => ({
        reset: (_seed: number, out: Float32Array) => {
          world.x = ++calls;
          world.steps = 0;
          world.observe(out);
        },
      })),
      /reset\(1\) wrote 1 and later 3/,
    ],
    [
      "a number that is never written",
      broken((world) => ({ observe: (out: Float32Array) => (out[0] = world.x) })),
      /After reset\(1\), number 1 of the observation was not written/,
    ],
    [
      "a number that only reset writes",
      broken((world) => ({
        step: (action: Float32Array, out: Float32Array) => {
          world.x += action[0];
          out[0] = world.x;
          return ++world.steps === world.horizon ? "truncated" : "running";
        },
      })),
      /In step 1 .*number 1 of the observation was not written/,
    ],
    [
      "an infinite number",
      broken((world) => ({ observe: (out: Float32Array) => out.set([world.steps === 5 ? Infinity : 0, 0]) })),
      /In step 5 .*number 0 of the observation is Infinity/,
    ],
    [
      "an observation out of bounds",
      broken(() => ({ observationSpace: { size: 2, low: [-50, 0], high: [50, 9.5] } })),
      /In step 10 .*number 1 of the observation is 10/,
    ],
    [
      "numbers past the end",
      broken((world) => ({
        observe: (out: Float32Array) => {
          out[0] = world.x;
          out[1] = out[2] = 0;
        },
      })),
      /reset writes 3 numbers, observationSpace.size is 2/,
    ],
    [
      "more numbers than fit",
      broken(() => ({ observe: (out: Float32Array) => out.set([0, 0, 0]) })),
      /It threw: offset is out of bounds/,
    ],
    [
      "an outcome of its own",
      broken((world) => ({
        step: (_action: Float32Array, out: Float32Array) => {
          world.observe(out);
          return true;
        },
      })),
      /step returned true/,
    ],
    [
      "a changed action",
      broken((world) => ({
        step: (action: Float32Array, out: Float32Array) => {
          action[0] = 0;
          return World.prototype.step.call(world, action, out);
        },
      })),
      /changed the action/,
    ],
    [
      "no time limit",
      broken((world) => ({
        step: (action: Float32Array, out: Float32Array) => {
          World.prototype.step.call(world, action, out);
          return "running";
        },
      })),
      /After 10 steps .*still goes on/,
    ],
    [
      "an episode that cannot begin again",
      broken((world) => ({
        reset: (seed: number, out: Float32Array) => {
          if (world.steps > 0) throw new Error("cannot begin again");
          World.prototype.reset.call(world, seed, out);
        },
      })),
      /It threw: cannot begin again/,
    ],
    [
      "chance in a step",
      broken((world) => ({
        observe: (out: Float32Array) => out.set([world.steps === 0 ? world.x : ++calls % 50, 0]),
      })),
      /another episode the second time/,
    ],
    ["state that environments share", taskOf(() => new Sharing()), /while another environment was used in between/],
    [
      "a pose that is not whole",
      broken(() => ({ pose: (out: Float32Array) => out.set([0, 0, 0]) })),
      /number 3 of body 0 was not written/,
    ],
    [
      "a rotation of no length",
      broken(() => ({ pose: (out: Float32Array) => out.fill(0) })),
      /rotation of body 0 has length 0/,
    ],
    ["a reward of NaN", broken(() => ({ trueReward: () => NaN })), /trueReward\(\) is NaN/],
    ["a measure of NaN", broken(() => ({ measures: () => ({ laps: NaN }) })), /measures\(\).laps is NaN/],
    [
      "measures that come and go",
      broken((world) => ({ measures: () => (world.steps > 3 ? { laps: 1 } : {}) })),
      /In step 4 .*measures\(\) has laps, and had nothing before/,
    ],
    [
      "an exception when it is made",
      taskOf(() => {
        throw new Error("no such file");
      }),
      /It threw: no such file/,
    ],
  ])("finds %s", async (_name, task, message) => {
    const findings = await checkEnvironment(task);
    expect(findings.map(({ wrong }) => wrong).join("\n")).toMatch(message);
    expect(findings.map(({ severity }) => severity)).toContain("error");
    for (const { wrong, expected, advice } of findings) {
      for (const sentence of [wrong, expected, advice]) expect(sentence).not.toBe("");
    }
  });

  test.each<[string, Task, RegExp]>([
    [
      "a start that never varies",
      broken((world) => ({ reset: (_seed: number, out: Float32Array) => World.prototype.reset.call(world, 0, out) })),
      /begin alike/,
    ],
    ["actions that are not scaled", broken(() => ({ actionSpace: { size: 1, low: [-4], high: [4] } })), /from -4 to 4/],
    ["actions off 0", broken(() => ({ actionSpace: { size: 1, low: [0], high: [2] } })), /from 0 to 2/],
    ["actions that are too fine", broken(() => ({ actionSpace: { size: 1, low: [-0.4], high: [0.4] } })), /0.4 to 0.4/],
    [
      "physics that blows up",
      broken((world) => ({
        step: (action: Float32Array, out: Float32Array) =>
          world.steps === 4 && action[0] === 1 ? "diverged" : World.prototype.step.call(world, action, out),
      })),
      /the physics blew up/,
    ],
  ])("warns of %s", async (_name, task, message) => {
    const findings = await checkEnvironment(task);
    expect(findings).toHaveLength(1);
    expect(findings[0].severity).toBe("warning");
    expect(findings[0].wrong).toMatch(message);
  });
});

/** Keeps its state where all of its kind find it. */
class Sharing extends World {
  static shared = 0;
  override reset(seed: number, observation: Float32Array): void {
    super.reset(seed, observation);
    Sharing.shared = this.x;
    this.observe(observation);
  }
  override step(action: Float32Array, observation: Float32Array): Outcome {
    this.x = Sharing.shared;
    const outcome = super.step(action, observation);
    Sharing.shared = this.x;
    return outcome;
  }
}
