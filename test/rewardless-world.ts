// An environment module with no true reward, as those are that only people can judge.
import type { Environment, Task } from "../src/environment/index.ts";
import pointMass from "../examples/point-mass.ts";

async function create(): Promise<Environment> {
  const world = await pointMass.create();
  return {
    observationSpace: world.observationSpace,
    actionSpace: world.actionSpace,
    horizon: world.horizon,
    stepSeconds: world.stepSeconds,
    reset: (seed, observation) => world.reset(seed, observation),
    step: (action, observation) => world.step(action, observation),
    scene: () => world.scene(),
    pose: (out) => world.pose(out),
    close: () => world.close(),
  };
}

export default { ...pointMass, name: "rewardless-world", create } satisfies Task;
