// The hopper's body: a one-legged robot that moves in a plane, as in Gymnasium's Hopper-v5.
import type { World } from "../mujoco-environment.ts";

/**
 * Dimensions, joint ranges, gears, contact and solver settings are those published with Gymnasium's
 * Hopper-v5 (gymnasium/envs/mujoco/assets/hopper.xml), whose lengths such as 0.19999999999999996 are written as the 0.2
 * that was meant. +x is forward, where the toe points; +z is up; positive angles of `pitch` lean the torso forward.
 *
 * Two things are said differently, because the numbers stay the same and the physics runs 1.2 times as fast. Islands
 * are off: there is a single kinematic tree. And the pairs of geoms that can touch are listed, with the settings that
 * MuJoCo would have combined for them (the larger friction and dimension, the sum of the margins), instead of being
 * searched for at every step.
 */
const MJCF = `
<mujoco model="hopper">
  <compiler angle="degree" inertiafromgeom="true"/>
  <option integrator="RK4" timestep="0.002">
    <flag island="disable"/>
  </option>
  <size memory="400K"/>
  <default>
    <geom type="capsule" contype="0" conaffinity="0"/>
    <pair condim="3" friction="1 1 0.005 0.0001 0.0001" margin="0.002" solref="0.02 1" solimp="0.8 0.8 0.01"/>
    <joint type="hinge" axis="0 -1 0" armature="1" damping="1" limited="true"/>
    <default class="root">
      <joint armature="0" damping="0" limited="false"/>
    </default>
    <motor gear="200" ctrllimited="true" ctrlrange="-1 1"/>
  </default>
  <worldbody>
    <geom name="floor" type="plane" size="20 20 0.125"/>
    <body name="torso" pos="0 0 1.25">
      <joint class="root" name="forward" type="slide" axis="1 0 0" pos="0 0 -1.25"/>
      <joint class="root" name="height" type="slide" axis="0 0 1" pos="0 0 -1.25" ref="1.25"/>
      <joint class="root" name="pitch" axis="0 1 0"/>
      <geom name="torso" size="0.05 0.2" rgba="0.90 0.45 0.25 1"/>
      <body name="thigh" pos="0 0 -0.2">
        <joint name="hip" range="-150 0"/>
        <geom name="thigh" size="0.05 0.225" pos="0 0 -0.225" rgba="0.95 0.72 0.30 1"/>
        <body name="leg" pos="0 0 -0.7">
          <joint name="knee" pos="0 0 0.25" range="-150 0"/>
          <geom name="leg" size="0.04 0.25" rgba="0.35 0.62 0.60 1"/>
          <body name="foot" pos="0.13 0 -0.35">
            <joint name="ankle" pos="-0.13 0 0.1" range="-45 45"/>
            <geom name="foot" size="0.06 0.195" pos="-0.065 0 0.1" quat="0.7071067811865476 0 -0.7071067811865476 0"
              rgba="0.20 0.35 0.50 1"/>
          </body>
        </body>
      </body>
    </body>
  </worldbody>
  <contact>
    <pair geom1="floor" geom2="torso"/>
    <pair geom1="floor" geom2="thigh"/>
    <pair geom1="floor" geom2="leg"/>
    <pair geom1="floor" geom2="foot" friction="2 2 0.005 0.0001 0.0001"/>
    <pair geom1="torso" geom2="leg" condim="1"/>
    <pair geom1="torso" geom2="foot" condim="1"/>
    <pair geom1="thigh" geom2="foot" condim="1"/>
  </contact>
  <actuator>
    <motor name="hip" joint="hip"/>
    <motor name="knee" joint="knee"/>
    <motor name="ankle" joint="ankle"/>
  </actuator>
</mujoco>
`;

/**
 * Observation, `[11]`: height (metres) and pitch (radians) of the torso, angles of hip, knee and ankle (radians), then
 * the velocities, clipped to +-10, of x, z, pitch, hip, knee and ankle. Action, `[3]`: motor signals for hip, knee and
 * ankle in -1..1.
 */
export const HOPPER: World = {
  name: "hopper",
  mjcf: MJCF,
  frameSkip: 4,
  horizon: 1_000,
  resetNoise: 5e-3,
  resetVelocities: "uniform",
  hiddenPositions: 1,
  maxVelocity: 10,
  view: { follow: "torso", distance: 4, elevation: 0 },
  gestures: [
    { name: "stretch", action: [1, 1, -1] },
    { name: "crouch", action: [-1, -1, 1] },
  ],
};
