// The help sheet, made from the hotkey table.
import { useEffect, useRef } from "preact/hooks";
import { HOTKEYS, WATCHING } from "./hotkeys.ts";
import { helpOpen, watching } from "./page.ts";

export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = helpOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const keys = HOTKEYS.filter(({ action }) => watching.value !== true || WATCHING.includes(action));
  return (
    <dialog ref={dialog} aria-labelledby="help" onClose={() => (helpOpen.value = false)}>
      <h2 id="help">Keys</h2>
      <dl>
        {keys.map(({ action, cap, explanation }) => (
          <div key={action}>
            <dt>
              <kbd>{cap}</kbd>
            </dt>
            <dd>{explanation}</dd>
          </div>
        ))}
      </dl>
      <p>
        Click a clip to prefer it. The agent learns from every answer within seconds, and never stops practising for
        long.
      </p>
      <button type="button" onClick={() => (helpOpen.value = false)}>
        Close
      </button>
    </dialog>
  );
}
