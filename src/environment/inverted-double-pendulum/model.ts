// Two poles, one on top of the other, on a cart that slides along a rail, as in Gymnasium's InvertedDoublePendulum-v5.
import type { World } from "../mujoco-environment.ts";

/**
 * Dimensions, the rail's length, damping and the gear are those published with Gymnasium's InvertedDoublePendulum-v5
 * (gymnasium/envs/mujoco/assets/inverted_double_pendulum.xml), in which gravity also pulls a little to the right.
 * Nothing touches anything, so that contacts are off. The tip is a body without mass, so that its place is known.
 */
const MJCF = `
<mujoco model="inverted-double-pendulum">
  <compiler angle="degree" inertiafromgeom="true"/>
  <option integrator="RK4" timestep="0.01" gravity="1e-5 0 -9.81">
    <flag contact="disable" island="disable"/>
  </option>
  <size memory="200K"/>
  <default>
    <geom type="capsule" contype="0" conaffinity="0"/>
    <joint type="hinge" axis="0 1 0" damping="0.05"/>
  </default>
  <worldbody>
    <geom name="rail" size="0.02 1" quat="1 0 1 0" rgba="0.35 0.62 0.60 1"/>
    <body name="cart">
      <joint name="slide" type="slide" axis="1 0 0" limited="true" range="-1 1" margin="0.01"/>
      <geom name="cart" size="0.1 0.1" quat="1 0 1 0" rgba="0.90 0.45 0.25 1"/>
      <body name="lower pole">
        <joint name="lower hinge"/>
        <geom name="lower pole" size="0.045" fromto="0 0 0 0 0 0.6" rgba="0.95 0.72 0.30 1"/>
        <body name="upper pole" pos="0 0 0.6">
          <joint name="upper hinge"/>
          <geom name="upper pole" size="0.045" fromto="0 0 0 0 0 0.6" rgba="0.20 0.35 0.50 1"/>
          <body name="tip" pos="0 0 0.6"/>
        </body>
      </body>
    </body>
  </worldbody>
  <actuator>
    <motor name="slide" joint="slide" gear="500" ctrllimited="true" ctrlrange="-1 1"/>
  </actuator>
</mujoco>
`;

/** Action, `[1]`: force on the cart in units of 500 N, -1..1. */
export const INVERTED_DOUBLE_PENDULUM: World = {
  name: "inverted double pendulum",
  mjcf: MJCF,
  frameSkip: 5,
  horizon: 1_000,
  resetNoise: 0.1,
  resetVelocities: "normal",
  hiddenPositions: 0,
  maxVelocity: 10,
  view: { follow: "world", distance: 4.2, elevation: 0 },
};
