// A chord: one key, with or without the shift key, as one word such as "arrowleft", "shift+arrowleft", "s" or "?".

/** The parts of a keyboard event that decide. */
export interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Keys that only change what others mean, or that belong to the browser and to getting about. */
const NEVER = new Set(["shift", "control", "alt", "meta", "altgraph", "capslock", "tab", "escape", "dead", "process"]);

/** The chord of a press, or null for presses that belong to the browser. */
export function chordOf(press: Press): string | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const key = press.key.toLowerCase();
  if (key === "" || NEVER.has(key) || key === "unidentified") return null;
  // Other characters, such as the question mark, say by themselves whether the shift key is part of them.
  const tellsShift = key.length > 1 || /^\p{L}$/u.test(key);
  return press.shiftKey && tellsShift ? `shift+${key}` : key;
}

const CAPS: Readonly<Record<string, string>> = {
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
  " ": "Space",
  enter: "Enter",
  backspace: "⌫",
  delete: "Del",
  pageup: "PgUp",
  pagedown: "PgDn",
};

/** What is printed on the keys of a chord. */
export function capOf(chord: string): string {
  const shifted = chord.startsWith("shift+");
  const key = shifted ? chord.slice("shift+".length) : chord;
  const cap = CAPS[key] ?? key.charAt(0).toUpperCase() + key.slice(1);
  return shifted ? `⇧ ${cap}` : cap;
}

/** Buttons of the standard gamepad by their number, https://w3c.github.io/gamepad/#remapping. */
export const PAD_CAPS = [
  "A",
  "B",
  "X",
  "Y",
  "LB",
  "RB",
  "LT",
  "RT",
  "Back",
  "Start",
  "L stick",
  "R stick",
  "D-pad ↑",
  "D-pad ↓",
  "D-pad ←",
  "D-pad →",
] as const;
