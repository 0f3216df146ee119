// The tasks that an experiment is about, found before anything is run.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadTask, taskReference } from "../host/load-task.ts";

export interface ExperimentTask {
  readonly name: string;
  /** How every thread finds it. */
  readonly reference: string;
  /** Changes with what the task is: the name of one of heed's own, a digest of the text of somebody's module. */
  readonly identity: string;
}

/**
 * @param given a built-in task's name or a module's path
 * @throws UsageError where there is no such task
 */
export async function findExperimentTask(given: string): Promise<ExperimentTask> {
  const reference = taskReference(given);
  const { name } = await loadTask(reference);
  return { name, reference, identity: reference.startsWith("file:") ? digest(reference) : name };
}

function digest(reference: string): string {
  return createHash("sha256")
    .update(readFileSync(fileURLToPath(reference)))
    .digest("hex");
}
