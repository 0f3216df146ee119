import { openExistingData } from "../../host/data.ts";
import type { Output } from "../output.ts";
import { runEvent, table, timeText } from "../run-view.ts";

/** Removes for good the runs that were deleted, which cannot be undone. */
export async function purge(output: Output, data: string | undefined): Promise<number> {
  const store = await openExistingData(data);
  try {
    const purged = await store.purgeRuns(new Date());
    const text = purged.length === 0 ? "No runs were deleted." : `Removed for good: ${purged.join(", ")}.`;
    output.result({ event: "purged", runs: purged }, text);
    return 0;
  } finally {
    await store.close();
  }
}

/** Lists the runs of the data directory, newest first. */
export async function runs(output: Output, data: string | undefined): Promise<number> {
  const store = await openExistingData(data);
  try {
    const found = await store.listRuns();
    if (output.json) {
      for (const run of found) output.result(runEvent(run));
      return 0;
    }
    const named = found.some(({ id, name }) => name !== id);
    const rows = found.map(({ id, name, options, status, created }) => [
      id,
      ...(named ? [name === id ? "" : name] : []),
      options.teacher,
      status.phase,
      `${status.labels}/${options.labels}`,
      `${status.steps}/${options.steps}`,
      timeText(created),
    ]);
    const head = ["RUN", ...(named ? ["NAME"] : []), "TEACHER", "PHASE", "LABELS", "STEPS", "STARTED"];
    output.result({}, table([head, ...rows]));
    return 0;
  } finally {
    await store.close();
  }
}
