import { openExistingData } from "../../host/data.ts";
import { importTrajectories } from "../../host/import.ts";
import type { Output } from "../output.ts";

/** Brings the trajectories in a file into a run, where they count as better than what the agent did. */
export async function importFile(
  output: Output,
  run: string,
  file: string,
  annotator: string,
  data: string | undefined,
): Promise<number> {
  const store = await openExistingData(data);
  try {
    const imported = await importTrajectories(store, run, file, annotator);
    const again = imported.known === 0 ? "" : ` ${imported.known} of them had been brought before.`;
    output.result(
      { event: "imported", ...imported, file },
      `${imported.trajectories} trajectories are in ${imported.run}, in ${imported.judgements} judgements.${again}`,
    );
    return 0;
  } finally {
    await store.close();
  }
}
