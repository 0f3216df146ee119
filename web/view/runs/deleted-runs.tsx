// Deleted runs, until they are removed for good.
import type { RunSummary } from "../../../src/server/runs-api.ts";
import { busy, change } from "./run-list.ts";
import { timeText } from "./run-words.ts";

export function DeletedRuns({ runs }: { readonly runs: readonly RunSummary[] }) {
  return (
    <details class="deleted">
      <summary>
        Deleted runs <span class="hint">({runs.length}, each kept for a week)</span>
      </summary>
      <ul>
        {runs.map((run) => (
          <li key={run.id} class="row">
            <span>{run.name}</span>
            <span class="hint">deleted {timeText(run.deleted ?? run.created)}</span>
            {run.actions.includes("restore") && (
              <button
                type="button"
                class="quiet"
                aria-label={`Restore ${run.name}`}
                aria-disabled={busy.value.has(run.id)}
                onClick={() => void change(run, "restore")}
              >
                Restore
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
