// The swimmer's body: a chain of three links in a viscous fluid, which moves in a plane seen from above, as in
// Gymnasium's Swimmer-v5.
import type { World } from "../mujoco-environment.ts";

/**
 * Dimensions, joint ranges, gears and the fluid are those published with Gymnasium's Swimmer-v5
 * (gymnasium/envs/mujoco/assets/swimmer.xml). +x is forward, where the head begins. Nothing touches anything, so that
 * contacts are off; the floor is there to be seen.
 */
const MJCF = `
<mujoco model="swimmer">
  <compiler angle="degree" inertiafromgeom="true"/>
  <option integrator="RK4" timestep="0.01" density="4000" viscosity="0.1">
    <flag contact="disable" island="disable"/>
  </option>
  <size memory="200K"/>
  <default>
    <geom type="capsule" size="0.1" density="1000" contype="0" conaffinity="0"/>
    <joint type="hinge" axis="0 0 1" armature="0.1"/>
    <motor gear="150" ctrllimited="true" ctrlrange="-1 1"/>
  </default>
  <worldbody>
    <geom name="floor" type="plane" size="40 40 0.1" pos="0 0 -0.1"/>
    <body name="head">
      <joint name="forward" type="slide" axis="1 0 0"/>
      <joint name="sideways" type="slide" axis="0 1 0"/>
      <joint name="heading"/>
      <geom name="head" fromto="1.5 0 0 0.5 0 0" rgba="0.90 0.45 0.25 1"/>
      <body name="middle" pos="0.5 0 0">
        <joint name="front" limited="true" range="-100 100"/>
        <geom name="middle" fromto="0 0 0 -1 0 0" rgba="0.95 0.72 0.30 1"/>
        <body name="tail" pos="-1 0 0">
          <joint name="back" limited="true" range="-100 100"/>
          <geom name="tail" fromto="0 0 0 -1 0 0" rgba="0.35 0.62 0.60 1"/>
        </body>
      </body>
    </body>
  </worldbody>
  <actuator>
    <motor name="front" joint="front"/>
    <motor name="back" joint="back"/>
  </actuator>
</mujoco>
`;

/**
 * Observation, `[8]`: heading of the head, angles of the front and back joint (radians), then the velocities of x, y,
 * heading, front and back joint. Action, `[2]`: motor signals for the front and the back joint in -1..1.
 */
export const SWIMMER: World = {
  name: "swimmer",
  mjcf: MJCF,
  frameSkip: 4,
  horizon: 1_000,
  resetNoise: 0.1,
  resetVelocities: "uniform",
  hiddenPositions: 2,
  maxVelocity: Infinity,
  view: { follow: "middle", distance: 6, elevation: 90 },
};
