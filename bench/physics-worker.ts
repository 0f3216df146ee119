// One thread of the physics benchmark: steps its environments until it is told to stop.
import { workerData } from "node:worker_threads";
import { Random } from "../src/environment/random.ts";
import { findTask } from "../src/environment/registry.ts";
import type { PhysicsWorkerData } from "./physics.ts";

// Only `measurePhysics` starts this file, and that is what it passes.
const { task, environments: count, seed, shared } = workerData as PhysicsWorkerData;

const environments = await Promise.all(Array.from({ length: count }, () => findTask(task).create()));
const random = new Random(seed);
const [{ observationSpace, actionSpace }] = environments;
const observation = new Float32Array(observationSpace.size);
const action = new Float32Array(actionSpace.size);
for (const environment of environments) environment.reset(random.integer(2 ** 31), observation);

while (Atomics.load(shared, 1) === 0) {
  for (const environment of environments) {
    for (let i = 0; i < action.length; i++) {
      action[i] = actionSpace.low[i] + (actionSpace.high[i] - actionSpace.low[i]) * random.float();
    }
    if (environment.step(action, observation) !== "running") {
      environment.reset(random.integer(2 ** 31), observation);
    }
  }
  Atomics.add(shared, 0, count);
}
for (const environment of environments) environment.close();
