// Says that a run was deleted, and takes it back with one key.
import { useEffect, useRef } from "preact/hooks";
import { change, justDeleted } from "./run-list.ts";

/** Milliseconds until it goes by itself; the run can be restored from the list of deleted ones after that. */
const STAYS = 20_000;

export function UndoToast() {
  const run = justDeleted.value;
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (run === null) return undefined;
    // The button that was pressed is gone with its run.
    undo.current?.focus();
    const timer = setTimeout(() => (justDeleted.value = null), STAYS);
    return () => clearTimeout(timer);
  }, [run]);
  return (
    <div role="status" class="toast-place">
      {run !== null && (
        <div class="toast">
          <span>{run.name} is deleted.</span>
          <button type="button" ref={undo} onClick={() => void change(run, "restore")}>
            Undo
          </button>
          <button type="button" class="quiet" onClick={() => (justDeleted.value = null)}>
            Close
          </button>
        </div>
      )}
    </div>
  );
}
