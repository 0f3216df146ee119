// A button for an action of the keymap, with the key that does the same.
import type { ComponentChildren } from "preact";
import { capOf, PAD_CAPS } from "./chord.ts";
import { bindings, byPad, perform } from "./dispatch.ts";
import { type Action, keymapEntry } from "./keymap.ts";

interface Props {
  readonly action: Action;
  readonly class?: string;
  readonly disabled?: boolean;
  /** Whether what it switches is on; left out where it switches nothing. */
  readonly pressed?: boolean;
  /** What it says instead of the table's label. */
  readonly label?: string;
  /** What it is called where its label is no word. */
  readonly name?: string;
  /** Stands above the label. */
  readonly children?: ComponentChildren;
}

export function ActionButton({ action, class: classes = "", disabled = false, pressed, label, name, children }: Props) {
  const entry = keymapEntry(action);
  const click = (event: MouseEvent) => {
    // The second click of a double click would answer what nobody has seen.
    if (event.detail <= 1 && !disabled) perform(action, event.timeStamp);
  };
  return (
    <button
      type="button"
      class={classes}
      data-action={action}
      // Focus would stay on a clicked button, and the space bar press it again.
      onMouseDown={(event) => event.preventDefault()}
      onClick={click}
      aria-disabled={disabled}
      aria-pressed={pressed}
      title={entry.explanation}
    >
      {children}
      <span class="action">
        {name === undefined ? (label ?? entry.label) : <Named name={name} label={label ?? entry.label} />}{" "}
        <Hint action={action} />
      </span>
    </button>
  );
}

/** A sign to see and a name to hear. */
export function Named({ name, label }: { readonly name: string; readonly label: ComponentChildren }) {
  return (
    <>
      <span class="unseen">{name}</span>
      <span aria-hidden="true">{label}</span>
    </>
  );
}

/** The key, or the gamepad's button, that does this; nothing where there is none. */
export function Hint({ action }: { readonly action: Action }) {
  const { keys, pad } = bindings.value[action];
  if (byPad.value && pad !== null) return <kbd>{PAD_CAPS[pad]}</kbd>;
  return keys.length === 0 ? null : <kbd>{capOf(keys[0])}</kbd>;
}
