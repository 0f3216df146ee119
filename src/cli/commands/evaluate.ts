import { evaluateRun } from "../../host/evaluate.ts";
import { evaluationText, flatEvaluation } from "../evaluation.ts";
import type { Output } from "../output.ts";

/** Measures the agent of a run's last checkpoint by the true reward and the task's measures. */
export async function evaluate(
  output: Output,
  idOrName: string,
  episodes: number,
  data: string | undefined,
): Promise<number> {
  const { run, evaluation, warnings } = await evaluateRun(idOrName, { data, episodes });
  for (const warning of warnings) {
    output.say(`Warning: ${warning}`);
  }
  output.result(
    { event: "evaluated", run: run.id, evaluation: flatEvaluation(evaluation) },
    `${run.id}: ${evaluationText(evaluation)}`,
  );
  return 0;
}
