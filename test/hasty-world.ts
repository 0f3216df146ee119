// An environment module whose episodes end before there is a clip of them.
import type { Environment, Outcome, Task } from "../src/environment/index.ts";
import pointMass from "../examples/point-mass.ts";

async function create(): Promise<Environment> {
  const world = await pointMass.create();
  let steps = 0;
  const step = world.step.bind(world);
  world.step = (action: Float32Array, observation: Float32Array): Outcome => {
    const outcome = step(action, observation);
    return ++steps % 5 === 0 ? "terminated" : outcome;
  };
  return world;
}

export default { ...pointMass, name: "hasty-world", create } satisfies Task;
