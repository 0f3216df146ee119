// The walker's body: a robot on two legs that moves in a plane, as in Gymnasium's Walker2d-v5.
import type { World } from "../mujoco-environment.ts";

/**
 * Dimensions, joint ranges, gears and friction are those published with Gymnasium's Walker2d-v5
 * (gymnasium/envs/mujoco/assets/walker2d_v5.xml). +x is forward, where the toes point; +z is up; positive angles of
 * `pitch` lean the torso forward.
 *
 * The legs stand 6 cm to either side of the middle, where Gymnasium has both in it. In a plane that changes no motion,
 * and people can tell them apart. As in the hopper, islands are off and the pairs of geoms that can touch are listed.
 */
const MJCF = `
<mujoco model="walker2d">
  <compiler angle="degree" inertiafromgeom="true"/>
  <option integrator="RK4" timestep="0.002">
    <flag island="disable"/>
  </option>
  <size memory="400K"/>
  <default>
    <geom type="capsule" contype="0" conaffinity="0"/>
    <pair condim="3" friction="0.9 0.9 0.1 0.1 0.1"/>
    <joint type="hinge" axis="0 -1 0" armature="0.01" damping="0.1" limited="true"/>
    <default class="root">
      <joint armature="0" damping="0" limited="false"/>
    </default>
    <motor gear="100" ctrllimited="true" ctrlrange="-1 1"/>
  </default>
  <worldbody>
    <geom name="floor" type="plane" size="40 40 40"/>
    <body name="torso" pos="0 0 1.25">
      <joint class="root" name="forward" type="slide" axis="1 0 0" pos="0 0 -1.25"/>
      <joint class="root" name="height" type="slide" axis="0 0 1" pos="0 0 -1.25" ref="1.25"/>
      <joint class="root" name="pitch" axis="0 1 0"/>
      <geom name="torso" size="0.05 0.2" rgba="0.90 0.45 0.25 1"/>
      <body name="right thigh" pos="0 -0.06 -0.2">
        <joint name="right hip" range="-150 0"/>
        <geom name="right thigh" size="0.05 0.225" pos="0 0 -0.225" rgba="0.95 0.72 0.30 1"/>
        <body name="right leg" pos="0 0 -0.7">
          <joint name="right knee" pos="0 0 0.25" range="-150 0"/>
          <geom name="right leg" size="0.04 0.25" rgba="0.35 0.62 0.60 1"/>
          <body name="right foot" pos="0.2 0 -0.35">
            <joint name="right ankle" pos="-0.2 0 0.1" range="-45 45"/>
            <geom name="right foot" size="0.06 0.1" pos="-0.1 0 0.1" quat="0.7071067811865476 0 -0.7071067811865476 0"
              rgba="0.20 0.35 0.50 1"/>
          </body>
        </body>
      </body>
      <body name="left thigh" pos="0 0.06 -0.2">
        <joint name="left hip" range="-150 0"/>
        <geom name="left thigh" size="0.05 0.225" pos="0 0 -0.225" rgba="0.62 0.42 0.55 1"/>
        <body name="left leg" pos="0 0 -0.7">
          <joint name="left knee" pos="0 0 0.25" range="-150 0"/>
          <geom name="left leg" size="0.04 0.25" rgba="0.48 0.33 0.50 1"/>
          <body name="left foot" pos="0.2 0 -0.35">
            <joint name="left ankle" pos="-0.2 0 0.1" range="-45 45"/>
            <geom name="left foot" size="0.06 0.1" pos="-0.1 0 0.1" quat="0.7071067811865476 0 -0.7071067811865476 0"
              rgba="0.33 0.24 0.42 1"/>
          </body>
        </body>
      </body>
    </body>
  </worldbody>
  <contact>
    <pair geom1="floor" geom2="torso"/>
    <pair geom1="floor" geom2="right thigh"/>
    <pair geom1="floor" geom2="right leg"/>
    <pair geom1="floor" geom2="right foot" friction="1.9 1.9 0.1 0.1 0.1"/>
    <pair geom1="floor" geom2="left thigh"/>
    <pair geom1="floor" geom2="left leg"/>
    <pair geom1="floor" geom2="left foot" friction="1.9 1.9 0.1 0.1 0.1"/>
  </contact>
  <actuator>
    <motor name="right hip" joint="right hip"/>
    <motor name="right knee" joint="right knee"/>
    <motor name="right ankle" joint="right ankle"/>
    <motor name="left hip" joint="left hip"/>
    <motor name="left knee" joint="left knee"/>
    <motor name="left ankle" joint="left ankle"/>
  </actuator>
</mujoco>
`;

/**
 * Observation, `[17]`: height (metres) and pitch (radians) of the torso, angles of hip, knee and ankle, first right,
 * then left (radians), then the velocities, clipped to +-10, of x, z, pitch and the six joints. Action, `[6]`: motor
 * signals for hip, knee and ankle, first right, then left, in -1..1.
 */
export const WALKER2D: World = {
  name: "walker",
  mjcf: MJCF,
  frameSkip: 4,
  horizon: 1_000,
  resetNoise: 5e-3,
  resetVelocities: "uniform",
  hiddenPositions: 1,
  maxVelocity: 10,
  view: { follow: "torso", distance: 4, elevation: 8 },
};
