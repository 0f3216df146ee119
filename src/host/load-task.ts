// Finds a task: one of heed's own by its name, a user's by the path of the module that exports it.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Task } from "../environment/environment.ts";
import { asTask, findTask } from "../environment/registry.ts";
import { messageOf, UsageError } from "./errors.ts";

const MODULE = /\.(m?js|m?ts)$/;

/**
 * The reference under which every thread of every later process finds the same task: a built-in task's name as it is,
 * a module's path as an absolute file URL.
 */
export function taskReference(given: string, directory: string = process.cwd()): string {
  if (given.startsWith("file:")) return given;
  const isPath = /[/\\]/.test(given) || MODULE.test(given);
  return isPath ? pathToFileURL(resolve(directory, given)).href : given;
}

/**
 * @param reference a built-in task's name, or a file URL from `taskReference`
 * @throws UsageError where there is no such task or the module does not export one
 */
export async function loadTask(reference: string): Promise<Task> {
  if (reference.startsWith("file:")) return loadModule(reference);
  try {
    return findTask(reference);
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

async function loadModule(reference: string): Promise<Task> {
  const path = fileURLToPath(reference);
  if (!existsSync(path)) {
    throw new UsageError(
      `There is no file ${path}. Expected an environment module: a .ts or .js file that exports a task as its default.`,
    );
  }
  let exports: { readonly default?: unknown };
  try {
    exports = await import(reference);
  } catch (error) {
    throw new UsageError(`${path} could not be loaded: ${messageOf(error)}`, { cause: error });
  }
  try {
    return asTask(exports.default, path);
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}
