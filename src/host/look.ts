import type { Task } from "../environment/environment.ts";
import type { NewRun } from "../store/store.ts";

/** What a run keeps of its task. */
export async function look(task: Task): Promise<Pick<NewRun, "task" | "question" | "scene" | "stepSeconds">> {
  const environment = await task.create();
  try {
    const { stepSeconds } = environment;
    return { task: task.name, question: task.question, scene: environment.scene(), stepSeconds };
  } finally {
    environment.close();
  }
}
