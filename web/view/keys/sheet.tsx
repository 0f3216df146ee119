// The sheet of all keys, made from the keymap. Keys and gamepad buttons are changed here, too.
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { rebind, STANDARD } from "./bindings.ts";
import { capOf, chordOf, PAD_CAPS } from "./chord.ts";
import { bindings, isKnown, register, setBindings, sheetOpen } from "./dispatch.ts";
import { padPress } from "./gamepad.ts";
import { type Action, ALWAYS, type Group, GROUPS, KEYMAP } from "./keymap.ts";
import "./keys.css";

/** Whose key or button is waited for. */
const waiting = signal<{ readonly action: Action; readonly for: "key" | "pad" } | null>(null);
const refusal = signal("");

register({ help: () => void (sheetOpen.value = !sheetOpen.peek()) });

export function KeySheet() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = sheetOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const changed = bindings.value !== STANDARD;
  return (
    <dialog ref={dialog} class="key-sheet" aria-labelledby="keys" onClose={closed} onKeyDown={take}>
      <h2 id="keys">Keys</h2>
      <p class="hint">Those of what is on the screen come first. Choose one to give it another key or button.</p>
      <p role="alert" class="refusal">
        {refusal.value}
      </p>
      {open && groups().map((group) => <GroupRows key={group} group={group} />)}
      <div class="row">
        <button type="button" class="primary" onClick={() => (sheetOpen.value = false)}>
          Close
        </button>
        <button type="button" class="quiet" aria-disabled={!changed} onClick={reset}>
          Back to the standard keys
        </button>
      </div>
    </dialog>
  );
}

/** First what is asked on the screen, then what is always there, then the rest. */
function groups(): Group[] {
  const all = [...new Set(KEYMAP.map(({ group }) => group))];
  const rank = (group: Group): number => {
    const here = KEYMAP.some((entry) => entry.group === group && isKnown(entry.action));
    return ALWAYS.includes(group) ? 1 : here ? 0 : 2;
  };
  return all.sort((a, b) => rank(a) - rank(b));
}

function GroupRows({ group }: { readonly group: Group }) {
  return (
    <section>
      <h3>{GROUPS[group]}</h3>
      <ul>
        {KEYMAP.filter((entry) => entry.group === group).map(({ action, explanation }) => (
          <li key={action}>
            <span>{explanation}</span>
            <Change action={action} for="key" />
            <Change action={action} for="pad" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Change({ action, for: what }: { readonly action: Action; readonly for: "key" | "pad" }) {
  const { keys, pad } = bindings.value[action];
  const waits = waiting.value?.action === action && waiting.value.for === what;
  const device = what === "key" ? "key" : "gamepad button";
  const caps = what === "key" ? keys.map(capOf).join(" or ") : pad === null ? "" : PAD_CAPS[pad];
  return (
    <button
      type="button"
      class="cap"
      data-action={action}
      data-for={what}
      aria-label={`${explanationOf(action)} ${caps === "" ? `No ${device}` : `${device}: ${caps}`}. Change.`}
      onClick={() => {
        refusal.value = "";
        waiting.value = waits ? null : { action, for: what };
      }}
    >
      {waits ? `press a ${what === "key" ? "key" : "button"}` : caps === "" ? "–" : caps}
    </button>
  );
}

function explanationOf(action: Action): string {
  return KEYMAP.find((entry) => entry.action === action)?.explanation ?? action;
}

/** Takes the key that was waited for. */
function take(event: KeyboardEvent): void {
  const wanted = waiting.peek();
  if (wanted === null || wanted.for !== "key") return;
  if (event.key === "Escape" || event.key === "Tab") {
    waiting.value = null;
    if (event.key === "Escape") event.preventDefault();
    return;
  }
  const chord = chordOf(event);
  if (chord === null) return;
  event.preventDefault();
  event.stopPropagation();
  change(wanted.action, { keys: [chord] });
}

/** Takes the gamepad's button that was waited for, and says whether one was. */
export function takePad(button: number): boolean {
  const wanted = waiting.peek();
  if (wanted === null || wanted.for !== "pad" || !(button in PAD_CAPS)) return false;
  change(wanted.action, { pad: button });
  return true;
}

padPress.taker = takePad;

function change(action: Action, to: { readonly keys?: readonly string[]; readonly pad?: number }): void {
  const changed = rebind(bindings.peek(), action, to);
  waiting.value = null;
  refusal.value = typeof changed === "string" ? changed : "";
  if (typeof changed !== "string") setBindings(changed);
}

function reset(): void {
  refusal.value = "";
  waiting.value = null;
  setBindings(STANDARD);
}

function closed(): void {
  sheetOpen.value = false;
  waiting.value = null;
  refusal.value = "";
}
