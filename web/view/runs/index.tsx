// The runs of this server: which there are, and all that can be done with them.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Comparison } from "./comparison.tsx";
import { DeletedRuns } from "./deleted-runs.tsx";
import { ForkDialog } from "./fork-dialog.tsx";
import { listed, trouble, watchRuns } from "./run-list.ts";
import { RunTable } from "./run-table.tsx";
import { StartDialog } from "./start-dialog.tsx";
import { UndoToast } from "./undo-toast.tsx";
import "./runs.css";

/** How many runs are laid over each other. */
const COMPARED = 2;

export function Runs() {
  const starting = useSignal(false);
  const forking = useSignal<string | null>(null);
  const chosen = useSignal<readonly string[]>([]);
  useEffect(() => watchRuns(), []);
  const known = listed.value;
  const runs = known?.runs ?? [];
  const compared = useComputed(() =>
    chosen.value.flatMap((id) => (listed.value?.runs ?? []).filter((run) => run.id === id)),
  );
  const choose = (id: string, on: boolean): void => {
    const others = chosen.peek().filter((other) => other !== id);
    chosen.value = on ? [...others, id].slice(-COMPARED) : others;
  };
  const source = runs.find(({ id }) => id === forking.value);
  return (
    <main class="tab runs" aria-labelledby="runs">
      <div class="row">
        <h1 id="runs">Runs</h1>
        <span class="gap" />
        {known?.mayManage === true && (
          <button type="button" class="primary" onClick={() => (starting.value = true)}>
            New run
          </button>
        )}
      </div>
      {trouble.value !== "" && (
        <p role="alert" class="trouble">
          {trouble.value}
        </p>
      )}
      {known !== null && runs.length === 0 && <Nothing mayManage={known.mayManage} />}
      {runs.length > 0 && (
        <RunTable runs={runs} chosen={chosen.value} choose={choose} fork={(run) => (forking.value = run.id)} />
      )}
      {runs.length > 1 && compared.value.length < COMPARED && (
        <p class="hint">Tick two runs to see their curves and figures beside each other.</p>
      )}
      {compared.value.length === COMPARED && <Comparison runs={compared.value} />}
      {known !== null && known.deleted.length > 0 && <DeletedRuns runs={known.deleted} />}
      {starting.value && <StartDialog close={() => (starting.value = false)} />}
      {source !== undefined && <ForkDialog run={source} close={() => (forking.value = null)} />}
      <UndoToast />
    </main>
  );
}

function Nothing({ mayManage }: { readonly mayManage: boolean }) {
  return (
    <div class="card nothing">
      <p class="lead">There are no runs yet.</p>
      <p class="hint">
        {mayManage
          ? "A run is an agent that learns one task. Press “New run”, choose a task, and say how many answers you want to give: its first clips are there to compare within seconds."
          : "Whoever owns this server can start one. It shows up here by itself."}
      </p>
    </div>
  );
}
