import { openExistingData } from "../../host/data.ts";
import { evaluationText } from "../evaluation.ts";
import type { Output } from "../output.ts";
import { runEvent, table, taskText, timeText } from "../run-view.ts";

/** Shows one run: what it was asked to do, how far it is and how good it got. */
export async function show(output: Output, idOrName: string, data: string | undefined): Promise<number> {
  const store = await openExistingData(data);
  try {
    const run = await store.findRun(idOrName);
    const metrics = (await store.listMetrics(run.id, 1)).at(-1) ?? null;
    const { options, status, holder } = run;
    const accuracy = metrics?.rewardAccuracy ?? null;
    const rows = [
      ["run", run.name === run.id ? run.id : `${run.id} (${run.name})`],
      ["task", taskText(options.task)],
      ["teacher", options.teacher],
      ["phase", status.phase],
      ...(status.waitingFor === null ? [] : [["waiting for", status.waitingFor]]),
      ["labels", `${status.labels} of ${options.labels}`],
      ["steps", `${status.steps} of ${options.steps}`],
      ["seed", String(options.seed)],
      ["workers", String(options.workers)],
      ["steps per label", String(options.stepsPerLabel)],
      ...(accuracy === null ? [] : [["reward accuracy", `${Math.round(accuracy * 100)} % of held-out judgements`]]),
      ...(metrics === null || metrics.diverged === 0 ? [] : [["blown-up episodes", String(metrics.diverged)]]),
      ["started", `${timeText(run.created)} with heed ${run.heedVersion}`],
      ...(holder === null ? [] : [["process", String(holder.processId)]]),
      ...(holder?.address == null ? [] : [["page", holder.address]]),
      ["evaluation", run.evaluation === null ? "none yet" : evaluationText(run.evaluation)],
    ];
    output.result({ ...runEvent(run), metrics }, table(rows));
    return 0;
  } finally {
    await store.close();
  }
}
