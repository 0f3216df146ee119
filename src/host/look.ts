import type { Task } from "../environment/environment.ts";
import type { NewRun } from "../store/store.ts";
import type { TrainingOptions } from "../training/options.ts";
import { demandTruth } from "../training/truth.ts";
import { messageOf, UsageError } from "./errors.ts";

/**
 * What a run keeps of its task.
 * @throws UsageError where the teacher needs a true reward and the task has none
 */
export async function look(
  task: Task,
  { teacher }: Pick<TrainingOptions, "teacher">,
): Promise<Pick<NewRun, "task" | "question" | "scene" | "stepSeconds">> {
  const environment = await task.create();
  try {
    try {
      demandTruth(environment, task.name, teacher);
    } catch (error) {
      throw new UsageError(messageOf(error), { field: "teacher", cause: error });
    }
    const { stepSeconds } = environment;
    return { task: task.name, question: task.question, scene: environment.scene(), stepSeconds };
  } finally {
    environment.close();
  }
}
