// Which tasks come with heed, and what a module must look like to bring another one.
import { ant, antFixedHorizon } from "./ant/ant.ts";
import type { Task } from "./environment.ts";
import { halfCheetah } from "./half-cheetah/half-cheetah.ts";
import { halfCheetahOneLeg } from "./half-cheetah/one-leg.ts";
import { hopperBackflip } from "./hopper/backflip.ts";
import { hopper, hopperFixedHorizon } from "./hopper/hopper.ts";
import {
  invertedDoublePendulum,
  invertedDoublePendulumFixedHorizon,
} from "./inverted-double-pendulum/inverted-double-pendulum.ts";
import { invertedPendulum, invertedPendulumFixedHorizon } from "./inverted-pendulum/inverted-pendulum.ts";
import { reacher } from "./reacher/reacher.ts";
import { swimmer } from "./swimmer/swimmer.ts";
import { walker2d, walker2dFixedHorizon } from "./walker2d/walker2d.ts";

/** The tasks that come with heed. Lists show them in this order. */
export const tasks: readonly Task[] = [
  hopperBackflip,
  hopper,
  walker2d,
  halfCheetah,
  ant,
  swimmer,
  reacher,
  invertedPendulum,
  invertedDoublePendulum,
  hopperFixedHorizon,
  walker2dFixedHorizon,
  antFixedHorizon,
  invertedPendulumFixedHorizon,
  invertedDoublePendulumFixedHorizon,
  halfCheetahOneLeg,
];

/** The built-in task of that name. An Error lists the known ones where there is none. */
export function findTask(name: string): Task {
  const task = tasks.find((candidate) => candidate.name === name);
  if (task === undefined) {
    const known = tasks.map((candidate) => candidate.name).join(", ");
    throw new Error(`There is no task "${name}". Known tasks: ${known}. Or give the path of an environment module.`);
  }
  return task;
}

/**
 * The default export of somebody's module as a task.
 * @param moduleDefault what the module exports as its default
 * @param where the module's path, for messages
 * @throws Error that names everything that is missing or of the wrong type
 */
export function asTask(moduleDefault: unknown, where: string): Task {
  const expected = `An environment module exports a task as its default: { name, description, question, create }.`;
  if (typeof moduleDefault !== "object" || moduleDefault === null) {
    const found =
      moduleDefault === undefined ? "no default export" : `a default export of type ${typeof moduleDefault}`;
    throw new Error(`${where} has ${found}. ${expected}`);
  }
  const candidate: Partial<Record<keyof Task, unknown>> = moduleDefault;
  const faults: string[] = [];
  const { name, description, question, noiseSeconds, shownSize, create } = candidate;
  if (typeof name !== "string" || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 64) {
    faults.push(
      `"name" is ${shown(name)}; a kebab-case word such as "point-mass" of at most 64 characters was expected`,
    );
  } else if (tasks.some((task) => task.name === name)) {
    faults.push(`"name" is ${shown(name)}, which is a built-in task; choose another`);
  }
  for (const [key, value] of Object.entries({ description, question })) {
    if (typeof value !== "string" || value.trim() === "")
      faults.push(`"${key}" is ${shown(value)}; a sentence was expected`);
  }
  if (
    noiseSeconds !== undefined &&
    !(typeof noiseSeconds === "number" && noiseSeconds >= 0 && noiseSeconds < Infinity)
  ) {
    faults.push(`"noiseSeconds" is ${shown(noiseSeconds)}; a number of seconds from 0 was expected, or nothing`);
  }
  if (shownSize !== undefined && !(Number.isSafeInteger(shownSize) && Number(shownSize) >= 1)) {
    faults.push(`"shownSize" is ${shown(shownSize)}; a whole number from 1 was expected, or nothing`);
  }
  if (typeof create !== "function") {
    faults.push(`"create" is ${shown(create)}; a function that returns an environment was expected`);
  }
  if (faults.length > 0) throw new Error(`${where} does not export a task: ${faults.join("; ")}. ${expected}`);
  // Every member was just checked; what `create` returns is for `checkEnvironment` to find out.
  return moduleDefault as Task;
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : value === null ? "null" : typeof value;
}
