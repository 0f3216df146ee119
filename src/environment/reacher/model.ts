// An arm of two links on a table, seen from above, and the place that it is to reach, as in Gymnasium's Reacher-v5.
import type { World } from "../mujoco-environment.ts";

/**
 * Dimensions, joint ranges and gears are those published with Gymnasium's Reacher-v5
 * (gymnasium/envs/mujoco/assets/reacher.xml). Nothing touches anything, so that contacts are off; the walls are there
 * to be seen.
 */
const MJCF = `
<mujoco model="reacher">
  <compiler angle="radian" inertiafromgeom="true"/>
  <option integrator="RK4" timestep="0.01">
    <flag contact="disable" island="disable"/>
  </option>
  <size memory="200K"/>
  <default>
    <geom type="capsule" contype="0" conaffinity="0"/>
    <joint type="hinge" axis="0 0 1" armature="1" damping="1"/>
    <default class="wall">
      <geom size="0.02" rgba="0.62 0.60 0.58 1"/>
    </default>
    <default class="target">
      <joint type="slide" armature="0" damping="0" limited="true" range="-0.27 0.27"/>
    </default>
    <motor gear="200" ctrllimited="true" ctrlrange="-1 1"/>
  </default>
  <worldbody>
    <geom name="table" type="plane" size="1 1 10"/>
    <geom class="wall" name="south" fromto="-0.3 -0.3 0.01 0.3 -0.3 0.01"/>
    <geom class="wall" name="east" fromto="0.3 -0.3 0.01 0.3 0.3 0.01"/>
    <geom class="wall" name="north" fromto="-0.3 0.3 0.01 0.3 0.3 0.01"/>
    <geom class="wall" name="west" fromto="-0.3 -0.3 0.01 -0.3 0.3 0.01"/>
    <geom name="base" type="cylinder" size="0.011" fromto="0 0 0 0 0 0.02" rgba="0.20 0.35 0.50 1"/>
    <body name="upper arm" pos="0 0 0.01">
      <joint name="shoulder"/>
      <geom name="upper arm" size="0.01" fromto="0 0 0 0.1 0 0" rgba="0.35 0.62 0.60 1"/>
      <body name="forearm" pos="0.1 0 0">
        <joint name="elbow" limited="true" range="-3 3"/>
        <geom name="forearm" size="0.01" fromto="0 0 0 0.1 0 0" rgba="0.95 0.72 0.30 1"/>
        <body name="fingertip" pos="0.11 0 0">
          <geom name="fingertip" type="sphere" size="0.01" rgba="0.20 0.35 0.50 1"/>
        </body>
      </body>
    </body>
    <body name="target" pos="0.1 -0.1 0.01">
      <joint class="target" name="target x" axis="1 0 0" ref="0.1"/>
      <joint class="target" name="target y" axis="0 1 0" ref="-0.1"/>
      <geom name="target" type="sphere" size="0.009" rgba="0.88 0.20 0.16 1"/>
    </body>
  </worldbody>
  <actuator>
    <motor name="shoulder" joint="shoulder"/>
    <motor name="elbow" joint="elbow"/>
  </actuator>
</mujoco>
`;

/** Action, `[2]`: motor signals for shoulder and elbow in -1..1. */
export const REACHER: World = {
  name: "reacher",
  mjcf: MJCF,
  frameSkip: 2,
  horizon: 50,
  resetNoise: 0.1,
  resetVelocities: "uniform",
  hiddenPositions: 0,
  maxVelocity: Infinity,
  view: { follow: "world", distance: 0.95, elevation: 90 },
};
