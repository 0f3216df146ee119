// The ant's body: a robot on four legs that moves in all directions, as in Gymnasium's Ant-v5.
import type { World } from "../mujoco-environment.ts";

/** One leg: two links fixed to the torso and to each other by a hip about z and an ankle about a horizontal axis. */
function leg(name: string, x: number, y: number, ankleAxis: string, ankleRange: string, colours: Colours): string {
  return `
      <body name="${name} root">
        <geom name="${name} root" fromto="0 0 0 ${0.2 * x} ${0.2 * y} 0" rgba="${colours.upper}"/>
        <body name="${name} leg" pos="${0.2 * x} ${0.2 * y} 0">
          <joint name="${name} hip" axis="0 0 1" range="-30 30"/>
          <geom name="${name} leg" fromto="0 0 0 ${0.2 * x} ${0.2 * y} 0" rgba="${colours.upper}"/>
          <body name="${name} foot" pos="${0.2 * x} ${0.2 * y} 0">
            <joint name="${name} ankle" axis="${ankleAxis}" range="${ankleRange}"/>
            <geom name="${name} foot" fromto="0 0 0 ${0.4 * x} ${0.4 * y} 0" rgba="${colours.lower}"/>
          </body>
        </body>
      </body>`;
}

interface Colours {
  readonly upper: string;
  readonly lower: string;
}

/** The legs that go ahead when the ant walks along +x, and those behind. */
const FORE: Colours = { upper: "0.95 0.72 0.30 1", lower: "0.35 0.62 0.60 1" };
const HIND: Colours = { upper: "0.62 0.42 0.55 1", lower: "0.33 0.24 0.42 1" };
const LEGS = ["fore left", "hind left", "hind right", "fore right"] as const;

/**
 * Dimensions, densities, joint ranges, gears and contact settings are those published with Gymnasium's Ant-v5
 * (gymnasium/envs/mujoco/assets/ant.xml), and so are the order of bodies and that of motors, which is another one.
 * +x is forward; +y is left; +z is up. As in the hopper, islands are off and the pairs of geoms that can touch are
 * listed, with the sum of their margins.
 */
const MJCF = `
<mujoco model="ant">
  <compiler angle="degree" inertiafromgeom="true"/>
  <option integrator="RK4" timestep="0.01">
    <flag island="disable"/>
  </option>
  <size memory="1M"/>
  <default>
    <geom type="capsule" size="0.08" density="5" contype="0" conaffinity="0"/>
    <pair condim="3" friction="1 1 0.5 0.5 0.5" margin="0.02"/>
    <joint type="hinge" armature="1" damping="1" limited="true"/>
    <motor gear="150" ctrllimited="true" ctrlrange="-1 1"/>
  </default>
  <worldbody>
    <geom name="floor" type="plane" size="40 40 40"/>
    <body name="torso" pos="0 0 0.75">
      <joint name="torso" type="free" armature="0" damping="0" limited="false" margin="0.01"/>
      <geom name="torso" type="sphere" size="0.25" rgba="0.90 0.45 0.25 1"/>
      ${leg("fore left", 1, 1, "-1 1 0", "30 70", FORE)}
      ${leg("hind left", -1, 1, "1 1 0", "-70 -30", HIND)}
      ${leg("hind right", -1, -1, "-1 1 0", "-70 -30", HIND)}
      ${leg("fore right", 1, -1, "1 1 0", "30 70", FORE)}
    </body>
  </worldbody>
  <contact>
    <pair geom1="floor" geom2="torso"/>
    ${LEGS.flatMap((name) => ["root", "leg", "foot"].map((part) => `<pair geom1="floor" geom2="${name} ${part}"/>`)).join("\n    ")}
  </contact>
  <actuator>
    ${["fore right", "fore left", "hind left", "hind right"]
      .flatMap((name) => ["hip", "ankle"].map((joint) => `<motor name="${name} ${joint}" joint="${name} ${joint}"/>`))
      .join("\n    ")}
  </actuator>
</mujoco>
`;

/** Action, `[8]`: motor signals for hip and ankle of the legs fore right, fore left, hind left, hind right, in -1..1. */
export const ANT: World = {
  name: "ant",
  mjcf: MJCF,
  frameSkip: 5,
  horizon: 1_000,
  resetNoise: 0.1,
  resetVelocities: "normal",
  hiddenPositions: 2,
  maxVelocity: Infinity,
  view: { follow: "torso", distance: 5, elevation: 30 },
};
