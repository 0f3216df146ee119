// Every action of the page in one table: its keys, its gamepad button, and what is said about it. Handlers, the hints on
// the buttons, the help sheet and the dialog in which keys are changed all read it.

/** Actions of the same group, and of the groups that are always there, can be wanted at the same time. */
export type Group =
  "page" | "clips" | "comparison" | "good-bad" | "live" | "rating" | "ranking" | "critique" | "stop" | "bring";

export interface Entry {
  readonly action: string;
  readonly group: Group;
  /** What the button says. */
  readonly label: string;
  readonly explanation: string;
  /** Chords that do it; the first is shown on the button. */
  readonly keys: readonly string[];
  /** A button of the standard gamepad, or null. */
  readonly pad: number | null;
}

function entry<Name extends string>(
  action: Name,
  group: Group,
  label: string,
  keys: readonly string[],
  pad: number | null,
  explanation: string,
): Entry & { readonly action: Name } {
  return { action, group, label, explanation, keys, pad };
}

export const KEYMAP = [
  entry("help", "page", "Keys", ["?"], 8, "Opens and closes this sheet."),
  entry(
    "take-back",
    "page",
    "Undo",
    ["z"],
    1,
    "Takes back your last answer and brings its clips back, then the one before it.",
  ),
  entry("pause", "page", "Pause", ["p"], 9, "Stops clips and clocks, and goes on."),

  entry("replay", "clips", "Replay", [" "], 2, "Plays the clips again from the start."),
  entry("hold", "clips", "Stop the clips", ["k"], 0, "Stops the clips where they are, and lets them go on."),
  entry("slow", "clips", "Slow motion", ["f"], 10, "A quarter of the speed, and back."),
  entry("slower", "clips", "Slower", ["-"], null, "Plays slower, down to a quarter of the speed."),
  entry("faster", "clips", "Faster", ["+", "="], null, "Plays faster, up to twice the speed."),
  entry("frame-back", "clips", "One frame back", [","], null, "Stops the clips and goes one frame back."),
  entry("frame-on", "clips", "One frame on", ["."], null, "Stops the clips and goes one frame on."),
  entry("camera", "clips", "Camera", ["c"], 11, "From the side, from the front, or from above and behind."),
  entry("trail", "clips", "Trail", ["t"], null, "Shows the way that the body took."),

  entry("left", "comparison", "Left is better", ["arrowleft"], 14, "The left clip is better."),
  entry("right", "comparison", "Right is better", ["arrowright"], 15, "The right clip is better."),
  entry("left-clearly", "comparison", "Clearly left", ["shift+arrowleft", "1"], 4, "The left clip is clearly better."),
  entry("left-slightly", "comparison", "Slightly left", ["2"], 6, "The left clip is slightly better."),
  entry("right-slightly", "comparison", "Slightly right", ["3"], 7, "The right clip is slightly better."),
  entry(
    "right-clearly",
    "comparison",
    "Clearly right",
    ["shift+arrowright", "4"],
    5,
    "The right clip is clearly better.",
  ),
  entry("equal", "comparison", "Equally good", ["arrowdown"], 13, "Both are equally good, or equally bad."),
  entry("cannot-tell", "comparison", "Can’t tell", ["s"], 3, "You cannot tell. Nothing is learned from this pair."),
] as const satisfies readonly Entry[];

export type Action = (typeof KEYMAP)[number]["action"];

export function keymapEntry(action: Action): Entry & { readonly action: Action } {
  const found = KEYMAP.find((entry) => entry.action === action);
  if (found === undefined) throw new RangeError(`There is no action ${action}.`);
  return found;
}

export const GROUPS: Readonly<Record<Group, string>> = {
  page: "Everywhere",
  clips: "Clips",
  comparison: "Compare",
  "good-bad": "Good or bad",
  live: "Live",
  rating: "Rate",
  ranking: "Rank",
  critique: "Critique",
  stop: "Stop",
  bring: "Drive and correct",
};

const ALWAYS: readonly Group[] = ["page", "clips"];

/** Whether actions of these groups can be wanted at the same time. */
export function meet(a: Group, b: Group): boolean {
  return a === b || ALWAYS.includes(a) || ALWAYS.includes(b);
}
