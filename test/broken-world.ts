// An environment module that shows NaN without saying that its physics blew up.
import type { Environment, Outcome, Task } from "../src/environment/index.ts";
import pointMass from "../examples/point-mass.ts";

async function create(): Promise<Environment> {
  const world = await pointMass.create();
  let steps = 0;
  const step = world.step.bind(world);
  world.step = (action: Float32Array, observation: Float32Array): Outcome => {
    const outcome = step(action, observation);
    if (++steps === 50) observation[2] = Number.NaN;
    return outcome;
  };
  return world;
}

export default { ...pointMass, name: "broken-world", create } satisfies Task;
