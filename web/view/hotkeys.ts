// Every key of the page in one table. Handlers, the hints on the buttons and the help sheet all read it.
import type { Answer } from "../../src/feedback/judgement.ts";

export type Action = Answer | "take-back" | "replay" | "help";

export interface Hotkey {
  readonly action: Action;
  /** As `KeyboardEvent.key` gives it, in lower case. */
  readonly key: string;
  /** What is printed on the key. */
  readonly cap: string;
  /** What the button says. */
  readonly label: string;
  readonly explanation: string;
}

export const HOTKEYS = [
  {
    action: "left",
    key: "arrowleft",
    cap: "←",
    label: "Left is better",
    explanation: "The left clip is better.",
  },
  {
    action: "right",
    key: "arrowright",
    cap: "→",
    label: "Right is better",
    explanation: "The right clip is better.",
  },
  {
    action: "equal",
    key: "arrowdown",
    cap: "↓",
    label: "Equally good",
    explanation: "Both are equally good, or equally bad.",
  },
  {
    action: "cannot-tell",
    key: "s",
    cap: "S",
    label: "Can’t tell",
    explanation: "You cannot tell. Nothing is learned from this pair.",
  },
  {
    action: "take-back",
    key: "z",
    cap: "Z",
    label: "Take back",
    explanation: "Takes back your last answer and shows its pair again.",
  },
  { action: "replay", key: " ", cap: "Space", label: "Replay", explanation: "Plays both clips again from the start." },
  { action: "help", key: "?", cap: "?", label: "Help", explanation: "Opens and closes this sheet." },
] as const satisfies readonly Hotkey[];

/** The keys that do something where no answers are taken. */
export const WATCHING: readonly Action[] = ["replay", "help"];

export function hotkey(action: Action): Hotkey {
  const found = HOTKEYS.find((entry) => entry.action === action);
  if (found === undefined) throw new RangeError(`No key is bound to ${action}.`);
  return found;
}

/** The parts of a keyboard event that decide. */
export interface Press {
  readonly key: string;
  readonly repeat: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** What a press asks for. A key held down asks once; keys with modifiers belong to the browser. */
export function actionOf(press: Press): Action | null {
  if (press.repeat || press.ctrlKey || press.altKey || press.metaKey) return null;
  return HOTKEYS.find(({ key }) => key === press.key.toLowerCase())?.action ?? null;
}
