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
    const { trajectories, judgements, known } = imported;
    const brought = trajectories === 1 ? "1 trajectory is" : `${trajectories} trajectories are`;
    const again = known === 0 ? "" : ` Brought before: ${known}.`;
    output.result(
      { event: "imported", ...imported, file },
      `${brought} in ${imported.run}, as ${judgements} judgements.${again}`,
    );
    return 0;
  } finally {
    await store.close();
  }
}
