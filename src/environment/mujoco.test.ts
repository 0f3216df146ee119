import { describe, expect, test } from "vitest";
import { modelScene, type View } from "./mujoco-scene.ts";
import { loadModel, Simulation } from "./mujoco.ts";

const PENDULUM = `
<mujoco>
  <size memory="100K"/>
  <worldbody>
    <geom type="plane" size="1 1 1" pos="0 0 -2"/>
    <geom type="box" size="0.1 0.2 0.3" pos="1 0 0"/>
    <body name="arm">
      <joint name="hinge" axis="0 1 0"/>
      <geom type="cylinder" size="0.05 0.5" pos="0 0 -0.5"/>
      <body name="bob" pos="0 0 -1">
        <geom type="sphere" size="0.1" rgba="1 0 0 1"/>
        <geom type="ellipsoid" size="0.1 0.2 0.3" quat="0 1 0 0"/>
      </body>
    </body>
  </worldbody>
  <actuator><motor joint="hinge"/></actuator>
</mujoco>`;

function view(follow: string): View {
  return { follow, distance: 3, elevation: 20 };
}

describe("Simulation", () => {
  test("swings as a pendulum does, and poses show where it is now", async () => {
    const model = await loadModel(PENDULUM);
    const simulation = new Simulation(model);
    simulation.qpos[0] = 0.5;
    expect(simulation.step(10)).toBe(true);
    expect(simulation.qvel[0]).toBeLessThan(0);
    simulation.qpos[0] = Math.PI / 2;
    const { bodyIds } = modelScene(model, view("bob"));
    const pose = new Float32Array(bodyIds.length * 7);
    simulation.pose(bodyIds, pose);
    // World, arm, bob: turned by 90 degrees about +y, what hung down points to -x.
    const expected = [
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      Math.SQRT1_2,
      0,
      Math.SQRT1_2,
      0,
      -1,
      0,
      0,
      Math.SQRT1_2,
      0,
      Math.SQRT1_2,
      0,
    ];
    for (const [i, value] of expected.entries()) expect(pose[i]).toBeCloseTo(value, 6);
    simulation.close();
  });

  test("goes on where it was after the heap has grown and its views went stale", async () => {
    const simulation = new Simulation(await loadModel(PENDULUM));
    simulation.qpos[0] = 0.25;
    const stale = simulation.qpos;
    const large = await loadModel(PENDULUM.replace("100K", "40M"));
    const others = [new Simulation(large), new Simulation(large)];
    expect(stale).toHaveLength(0);
    expect([...simulation.qpos]).toEqual([0.25]);
    expect(simulation.ctrl).toHaveLength(1);
    simulation.pose([1], new Float32Array(7));
    expect(simulation.step(1)).toBe(true);
    expect(simulation.qpos[0]).toBeCloseTo(0.25, 3);
    for (const each of [simulation, ...others]) each.close();
  });

  test("gives its memory back when it is closed, and may be closed twice", async () => {
    const model = await loadModel(PENDULUM.replace("100K", "2M"));
    const make = () => Array.from({ length: 8 }, () => new Simulation(model));
    const bytes = () => {
      const simulations = make();
      const { byteLength } = simulations[0].qpos.buffer;
      for (const simulation of simulations) simulation.close();
      simulations[0].close();
      return byteLength;
    };
    const before = bytes();
    for (let i = 0; i < 20; i++) bytes();
    expect(bytes()).toBe(before);
  });

  test.each<[string, (simulation: Simulation) => void]>([
    ["a position of NaN", ({ qpos }) => void (qpos[0] = NaN)],
    ["a velocity beyond the limit", ({ qvel }) => void (qvel[0] = 1e12)],
  ])("says that physics blew up over %s, and is sound again after a reset", async (_name, breakIt) => {
    const simulation = new Simulation(await loadModel(PENDULUM));
    for (const stepsBefore of [0, 7]) {
      for (let i = 0; i < stepsBefore; i++) expect(simulation.step(4)).toBe(true);
      breakIt(simulation);
      expect(simulation.step(4)).toBe(false);
      simulation.reset();
      expect([...simulation.qpos, ...simulation.qvel, ...simulation.ctrl]).toEqual([0, 0, 0]);
      expect(simulation.step(4)).toBe(true);
    }
    simulation.close();
  });

  test("repeats what MuJoCo says of a wrong document", async () => {
    await expect(loadModel("<mujoco><worldbody><body></worldbody></mujoco>")).rejects.toThrow(/XML/);
  });
});

describe("modelScene", () => {
  test("reads bodies, shapes and the ground from the compiled model", async () => {
    const { scene, bodyIds } = modelScene(await loadModel(PENDULUM), view("bob"));
    expect(bodyIds).toEqual([0, 1, 2]);
    expect(scene.follow).toBe(2);
    expect(scene.ground).toBe(-2);
    expect([scene.cameraDistance, scene.cameraElevation]).toEqual([3, 20]);
    expect(scene.bodies.map(({ name, shapes }) => [name, shapes.map(({ kind, size }) => [kind, size])])).toEqual([
      ["world", [["box", [0.1, 0.2, 0.3]]]],
      ["arm", [["cylinder", [0.05, 0.5]]]],
      [
        "bob",
        [
          ["sphere", [0.1]],
          ["ellipsoid", [0.1, 0.2, 0.3]],
        ],
      ],
    ]);
    const [sphere, ellipsoid] = scene.bodies[2].shapes;
    expect(sphere.colour).toEqual([1, 0, 0]);
    expect(ellipsoid.rotation).toEqual([0, 1, 0, 0]);
    expect(scene.bodies[1].shapes[0].position).toEqual([0, 0, -0.5]);
  });

  test("names the known bodies, and what cannot be drawn", async () => {
    const model = await loadModel(PENDULUM);
    expect(() => modelScene(model, view("leg"))).toThrow(/"leg".*world, arm, bob/);
    const mesh = `<mujoco><asset><mesh name="m" vertex="0 0 0 1 0 0 0 1 0 0 0 1"/></asset>
      <worldbody><body name="b"><geom type="mesh" mesh="m"/></body></worldbody></mujoco>`;
    const meshed = await loadModel(mesh);
    expect(() => modelScene(meshed, view("b"))).toThrow(/mesh.*capsule/);
  });
});
