// What people can choose from when they start a run: the tasks, and the options with this machine's defaults.
import { pathToFileURL } from "node:url";
import { tasks } from "../environment/registry.ts";
import type { Offer } from "../server/live.ts";
import type { Store } from "../store/store.ts";
import { TrainingOptions } from "../training/options.ts";
import { UsageError } from "./errors.ts";
import { loadTask } from "./load-task.ts";
import { describeOption, flagOptions } from "./options.ts";

export const RUN_NAME = {
  type: "string",
  maxLength: 64,
  description: "what to call the run; the task's name and a number where it is left out",
};

/** @param own references of the tasks besides heed's own that may be chosen */
export async function offer(own: readonly string[]): Promise<Offer> {
  const { properties } = TrainingOptions;
  const described = Object.fromEntries(
    flagOptions.map((name) => {
      const { default: value } = describeOption(name);
      return [name, { ...properties[name], ...(value === undefined ? {} : { default: value }) }];
    }),
  );
  const loaded = await Promise.all(own.map((reference) => ownTask(reference)));
  return {
    schema: {
      type: "object",
      required: ["task"],
      properties: { task: properties.task, name: RUN_NAME, ...described },
      additionalProperties: false,
    },
    tasks: [...tasks, ...loaded.flat()].map(({ name, description, question }) => ({ name, description, question })),
  };
}

/** The references of modules that runs of this data directory were made with: the ones that somebody trusted before. */
export async function ownTasks(store: Store): Promise<readonly string[]> {
  const references = (await store.listRuns()).map(({ options }) => options.task);
  return [...new Set(references)].filter((reference) => reference.startsWith("file:"));
}

/**
 * What `loadTask` takes for a task that somebody chose on the page. A path is refused unless a run was made with it
 * from the command line: nobody may make this process load a file by asking for it over a network.
 * @throws UsageError for any other task
 */
export function chosenTask(given: unknown, own: readonly string[]): string {
  const names = tasks.map(({ name }) => name);
  if (typeof given === "string") {
    if (names.includes(given)) return given;
    const reference = given.startsWith("/") ? pathToFileURL(given).href : given;
    if (own.includes(reference)) return reference;
  }
  throw new UsageError(
    `task: there is no task ${JSON.stringify(given) ?? "undefined"} to choose. Expected one of ${[...names, ...own].join(", ")}. ` +
      `A run with an environment module of your own is started with "heed teach FILE".`,
    { field: "task" },
  );
}

/** The task as it is chosen: by its reference. None where the module is not there any more. */
async function ownTask(reference: string): Promise<{ name: string; description: string; question: string }[]> {
  try {
    const { description, question } = await loadTask(reference);
    return [{ name: reference, description, question }];
  } catch {
    return [];
  }
}
