// A button for an action of the hotkey table.
import type { ComponentChildren } from "preact";
import { type Action, hotkey } from "./hotkeys.ts";
import { act } from "./page.ts";

interface Props {
  readonly action: Action;
  readonly class?: string;
  readonly disabled?: boolean;
  /** Stands above the label. */
  readonly children?: ComponentChildren;
}

export function ActionButton({ action, class: name = "", disabled = false, children }: Props) {
  const { label, cap, explanation } = hotkey(action);
  const click = (event: MouseEvent) => {
    // The second click of a double click would answer a pair that nobody has seen.
    if (event.detail <= 1) act(action, event.timeStamp);
  };
  return (
    <button
      type="button"
      class={name}
      // Focus would stay on a clicked button, and the space bar press it again.
      onMouseDown={(event) => event.preventDefault()}
      onClick={click}
      aria-disabled={disabled}
      title={explanation}
    >
      {children}
      <span class="action">
        {label} <kbd>{cap}</kbd>
      </span>
    </button>
  );
}
