// The half-cheetah's body: a robot with a hind and a fore leg that moves in a plane, as in Gymnasium's HalfCheetah-v5.
import type { World } from "../mujoco-environment.ts";

/**
 * Dimensions, springs, dampers, gears, contact and solver settings are those published with Gymnasium's HalfCheetah-v5
 * (gymnasium/envs/mujoco/assets/half_cheetah.xml). +x is forward, where the head is; +z is up; positive angles of
 * `pitch` lower the head. As in the hopper, islands are off and the pairs of geoms that can touch are listed.
 */
const MJCF = `
<mujoco model="half-cheetah">
  <compiler angle="radian" inertiafromgeom="true" settotalmass="14"/>
  <option timestep="0.01">
    <flag island="disable"/>
  </option>
  <size memory="400K"/>
  <default>
    <geom type="capsule" contype="0" conaffinity="0"/>
    <pair condim="3" friction="0.4 0.4 0.1 0.1 0.1" solref="0.02 1" solimp="0 0.8 0.01"/>
    <joint type="hinge" axis="0 1 0" armature="0.1" limited="true" solreflimit="0.02 1" solimplimit="0 0.8 0.03"/>
    <default class="root">
      <joint armature="0" limited="false"/>
    </default>
    <motor ctrllimited="true" ctrlrange="-1 1"/>
  </default>
  <worldbody>
    <geom name="floor" type="plane" size="40 40 40"/>
    <body name="torso" pos="0 0 0.7">
      <joint class="root" name="forward" type="slide" axis="1 0 0"/>
      <joint class="root" name="height" type="slide" axis="0 0 1"/>
      <joint class="root" name="pitch"/>
      <geom name="torso" fromto="-0.5 0 0 0.5 0 0" size="0.046" rgba="0.90 0.45 0.25 1"/>
      <geom name="head" pos="0.6 0 0.1" axisangle="0 1 0 0.87" size="0.046 0.15" rgba="0.90 0.45 0.25 1"/>
      <body name="hind thigh" pos="-0.5 0 0">
        <joint name="hind hip" range="-0.52 1.05" stiffness="240" damping="6"/>
        <geom name="hind thigh" pos="0.1 0 -0.13" axisangle="0 1 0 -3.8" size="0.046 0.145" rgba="0.62 0.42 0.55 1"/>
        <body name="hind shin" pos="0.16 0 -0.25">
          <joint name="hind knee" range="-0.785 0.785" stiffness="180" damping="4.5"/>
          <geom name="hind shin" pos="-0.14 0 -0.07" axisangle="0 1 0 -2.03" size="0.046 0.15"
            rgba="0.48 0.33 0.50 1"/>
          <body name="hind foot" pos="-0.28 0 -0.14">
            <joint name="hind ankle" range="-0.4 0.785" stiffness="120" damping="3"/>
            <geom name="hind foot" pos="0.03 0 -0.097" axisangle="0 1 0 -0.27" size="0.046 0.094"
              rgba="0.33 0.24 0.42 1"/>
          </body>
        </body>
      </body>
      <body name="fore thigh" pos="0.5 0 0">
        <joint name="fore hip" range="-1 0.7" stiffness="180" damping="4.5"/>
        <geom name="fore thigh" pos="-0.07 0 -0.12" axisangle="0 1 0 0.52" size="0.046 0.133" rgba="0.95 0.72 0.30 1"/>
        <body name="fore shin" pos="-0.14 0 -0.24">
          <joint name="fore knee" range="-1.2 0.87" stiffness="120" damping="3"/>
          <geom name="fore shin" pos="0.065 0 -0.09" axisangle="0 1 0 -0.6" size="0.046 0.106"
            rgba="0.35 0.62 0.60 1"/>
          <body name="fore foot" pos="0.13 0 -0.18">
            <joint name="fore ankle" range="-0.5 0.5" stiffness="60" damping="1.5"/>
            <geom name="fore foot" pos="0.045 0 -0.07" axisangle="0 1 0 -0.6" size="0.046 0.07"
              rgba="0.20 0.35 0.50 1"/>
          </body>
        </body>
      </body>
    </body>
  </worldbody>
  <contact>
    <pair geom1="floor" geom2="torso"/>
    <pair geom1="floor" geom2="head"/>
    <pair geom1="floor" geom2="hind thigh"/>
    <pair geom1="floor" geom2="hind shin"/>
    <pair geom1="floor" geom2="hind foot"/>
    <pair geom1="floor" geom2="fore thigh"/>
    <pair geom1="floor" geom2="fore shin"/>
    <pair geom1="floor" geom2="fore foot"/>
  </contact>
  <actuator>
    <motor name="hind hip" joint="hind hip" gear="120"/>
    <motor name="hind knee" joint="hind knee" gear="90"/>
    <motor name="hind ankle" joint="hind ankle" gear="60"/>
    <motor name="fore hip" joint="fore hip" gear="120"/>
    <motor name="fore knee" joint="fore knee" gear="60"/>
    <motor name="fore ankle" joint="fore ankle" gear="30"/>
  </actuator>
</mujoco>
`;

/**
 * Observation, `[17]`: height (metres) relative to where the torso starts, pitch (radians), angles of hip, knee and
 * ankle, first of the hind, then of the fore leg (radians), then the velocities of x, z, pitch and the six joints.
 * Action, `[6]`: motor signals for hip, knee and ankle, first of the hind, then of the fore leg, in -1..1.
 */
export const HALF_CHEETAH: World = {
  name: "half-cheetah",
  mjcf: MJCF,
  frameSkip: 5,
  horizon: 1_000,
  resetNoise: 0.1,
  resetVelocities: "normal",
  hiddenPositions: 1,
  maxVelocity: Infinity,
  view: { follow: "torso", distance: 4, elevation: 0 },
};
