import { checkEnvironment } from "../../environment/check.ts";
import { loadTask, taskReference } from "../../host/load-task.ts";
import type { Output } from "../output.ts";

/** Checks an environment module as training will use it; 1 where it has errors. */
export async function checkEnvironmentModule(output: Output, file: string): Promise<number> {
  const task = await loadTask(taskReference(file));
  const findings = await checkEnvironment(task);
  let errors = 0;
  for (const finding of findings) {
    if (finding.severity === "error") errors++;
    output.result(
      { event: "finding", ...finding },
      `${finding.severity}: ${finding.wrong} Expected: ${finding.expected} ${finding.advice}`,
    );
  }
  const warnings = findings.length - errors;
  const verdict = errors === 0 ? `can be taught: heed teach ${file}` : "cannot be taught as it is";
  output.result(
    { event: "checked", task: task.name, errors, warnings },
    `${task.name}: ${errors} errors, ${warnings} warnings. It ${verdict}`,
  );
  return errors === 0 ? 0 : 1;
}
