// A pole on a cart that slides along a rail, as in Gymnasium's InvertedPendulum-v5.
import type { World } from "../mujoco-environment.ts";

/**
 * Dimensions, joint ranges and the gear are those published with Gymnasium's InvertedPendulum-v5
 * (gymnasium/envs/mujoco/assets/inverted_pendulum.xml), in which the pole leans by a millimetre. Nothing touches
 * anything, so that contacts are off.
 */
const MJCF = `
<mujoco model="inverted-pendulum">
  <compiler angle="degree" inertiafromgeom="true"/>
  <option integrator="RK4" timestep="0.02">
    <flag contact="disable" island="disable"/>
  </option>
  <size memory="200K"/>
  <default>
    <geom type="capsule" contype="0" conaffinity="0"/>
    <joint damping="1" limited="true"/>
  </default>
  <worldbody>
    <geom name="rail" size="0.02 1" quat="1 0 1 0" rgba="0.35 0.62 0.60 1"/>
    <body name="cart">
      <joint name="slide" type="slide" axis="1 0 0" range="-1 1"/>
      <geom name="cart" size="0.1 0.1" quat="1 0 1 0" rgba="0.90 0.45 0.25 1"/>
      <body name="pole">
        <joint name="hinge" type="hinge" axis="0 1 0" range="-90 90"/>
        <geom name="pole" size="0.049" fromto="0 0 0 0.001 0 0.6" rgba="0.95 0.72 0.30 1"/>
      </body>
    </body>
  </worldbody>
  <actuator>
    <motor name="slide" joint="slide" gear="100" ctrllimited="true" ctrlrange="-3 3"/>
  </actuator>
</mujoco>
`;

/**
 * Observation, `[4]`: place of the cart (metres), angle of the pole from upright (radians), and their velocities.
 * Action, `[1]`: force on the cart in units of 100 N, -3..3.
 */
export const INVERTED_PENDULUM: World = {
  name: "inverted pendulum",
  mjcf: MJCF,
  frameSkip: 2,
  horizon: 1_000,
  resetNoise: 0.01,
  resetVelocities: "uniform",
  hiddenPositions: 0,
  maxVelocity: Infinity,
  view: { follow: "world", distance: 3.4, elevation: 0 },
};
