// Every action of the page in one table: its keys, its gamepad button, and what is said about it. Handlers, the hints on
// the buttons, the help sheet and the dialog in which keys are changed all read it.

/** Actions of the same group, and of the groups that are always there, can be wanted at the same time. */
export type Group =
  | "page"
  | "answers"
  | "clips"
  | "comparison"
  | "good-bad"
  | "live"
  | "rating"
  | "ranking"
  | "critique"
  | "stop"
  | "drive";

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
    "answers",
    "Undo",
    ["z"],
    1,
    "Takes your last answer back and shows what it was about; then the one before.",
  ),
  entry("cannot-tell", "answers", "Can’t tell", ["s"], 3, "You cannot tell, or would rather not: on to the next."),
  entry("send", "answers", "Send", ["enter"], 0, "Sends an answer that is made of several parts."),
  entry("pause", "answers", "Pause", ["p"], 9, "Stops clips and clocks, and lets them go on."),
  entry("take-over", "answers", "Take over", ["o"], null, "Stops the clip; from there you show how it is done."),

  entry("replay", "clips", "Replay", [" "], 2, "Plays the clips again from the start."),
  entry("hold", "clips", "Hold", ["k"], 10, "Stops the clips where they are, or lets them go on."),
  entry("slow", "clips", "Slow motion", ["f"], 11, "A quarter of the speed, and back."),
  entry("slower", "clips", "Slower", ["-"], null, "Plays slower, down to a quarter of the speed."),
  entry("faster", "clips", "Faster", ["+", "="], null, "Plays faster, up to twice the speed."),
  entry("frame-back", "clips", "One frame back", [","], null, "Stops the clips and goes one frame back."),
  entry("frame-on", "clips", "One frame on", ["."], null, "Stops the clips and goes one frame on."),
  entry("camera", "clips", "Camera", ["c"], null, "Looks from the side, from the front, or from behind and above."),
  entry("trail", "clips", "Trail", ["t"], null, "Shows the way that the body took."),

  entry("left", "comparison", "Left is better", ["arrowleft"], 14, "The left clip is better."),
  entry("right", "comparison", "Right is better", ["arrowright"], 15, "The right clip is better."),
  entry("left-clearly", "comparison", "Clearly left", ["1", "shift+arrowleft"], 4, "The left clip is clearly better."),
  entry("left-slightly", "comparison", "Slightly left", ["2"], 6, "The left clip is slightly better."),
  entry("right-slightly", "comparison", "Slightly right", ["3"], 7, "The right clip is slightly better."),
  entry(
    "right-clearly",
    "comparison",
    "Clearly right",
    ["4", "shift+arrowright"],
    5,
    "The right clip is clearly better.",
  ),
  entry("equal", "comparison", "Equally good", ["arrowdown"], 13, "Both are equally good, or equally bad."),

  entry("good", "good-bad", "Good", ["arrowup"], 12, "The clip is good."),
  entry("bad", "good-bad", "Bad", ["arrowdown"], 13, "The clip is bad."),

  entry("live-good", "live", "Good", ["arrowup"], 12, "You like what the agent is doing at this moment."),
  entry("live-bad", "live", "Bad", ["arrowdown"], 13, "You do not like what it is doing at this moment."),

  entry("star-1", "rating", "1", ["1"], null, "One star: as bad as it gets."),
  entry("star-2", "rating", "2", ["2"], null, "Two stars."),
  entry("star-3", "rating", "3", ["3"], null, "Three stars: in the middle."),
  entry("star-4", "rating", "4", ["4"], null, "Four stars."),
  entry("star-5", "rating", "5", ["5"], null, "Five stars: as good as you can wish."),
  entry("star-fewer", "rating", "Fewer", ["arrowleft"], 14, "One star fewer, to be sent."),
  entry("star-more", "rating", "More", ["arrowright"], 15, "One star more, to be sent."),

  entry("place-1", "ranking", "1", ["1"], null, "Clip 1 is the next best."),
  entry("place-2", "ranking", "2", ["2"], null, "Clip 2 is the next best."),
  entry("place-3", "ranking", "3", ["3"], null, "Clip 3 is the next best."),
  entry("place-4", "ranking", "4", ["4"], null, "Clip 4 is the next best."),
  entry("place-5", "ranking", "5", ["5"], null, "Clip 5 is the next best."),
  entry("place-6", "ranking", "6", ["6"], null, "Clip 6 is the next best."),
  entry("card-before", "ranking", "Before", ["arrowleft"], 14, "Goes to the clip before."),
  entry("card-after", "ranking", "After", ["arrowright"], 15, "Goes to the clip after."),
  entry("card-better", "ranking", "Better", ["arrowup", "shift+arrowleft"], 12, "Moves this clip one place up."),
  entry("card-worse", "ranking", "Worse", ["arrowdown", "shift+arrowright"], 13, "Moves this clip one place down."),
  entry("start-over", "ranking", "Start over", ["backspace"], null, "Forgets the places given so far."),

  entry("part-good", "critique", "Good part", ["arrowup"], 12, "Here a good part begins; the second time, it ends."),
  entry("part-bad", "critique", "Bad part", ["arrowdown"], 13, "Here a bad part begins; the second time, it ends."),
  entry("part-away", "critique", "Remove", ["backspace"], null, "Removes the part that was marked last."),

  entry("stop-here", "stop", "Never this", ["arrowdown"], 13, "It should never have come to this moment."),

  entry("drive-go", "drive", "Go", [" "], 2, "Lets the world go, or stand still."),
  entry("drive-record", "drive", "Record", ["enter"], 0, "Begins to record, and ends the recording."),
  entry("drive-back", "drive", "Go back", ["r"], 1, "Goes back while it is held, up to 20 seconds."),
  entry("drive-keep", "drive", "Keep", ["p"], 9, "Keeps what was recorded: it is sent and counts."),
  entry("drive-discard", "drive", "Discard", ["backspace"], 13, "Discards the recording."),
  entry("drive-anew", "drive", "Begin anew", ["n"], 3, "Begins anew, where an episode or the correction begins."),
  entry("drive-slower", "drive", "Slower", [","], 14, "Time passes slower, down to a tenth of its pace."),
  entry("drive-faster", "drive", "Faster", ["."], 15, "Time passes faster, up to its own pace."),
] as const satisfies readonly Entry[];

export type Action = (typeof KEYMAP)[number]["action"];

export function keymapEntry(action: Action): Entry & { readonly action: Action } {
  const found = KEYMAP.find((entry) => entry.action === action);
  if (found === undefined) throw new RangeError(`There is no action ${action}.`);
  return found;
}

export const GROUPS: Readonly<Record<Group, string>> = {
  page: "Everywhere",
  answers: "Answers",
  clips: "Clips",
  comparison: "Compare",
  "good-bad": "Good or bad",
  live: "Live",
  rating: "Rate",
  ranking: "Rank",
  critique: "Critique",
  stop: "Stop",
  drive: "Drive",
};

/** Groups that are there whatever is asked, unless somebody drives. */
export const ALWAYS: readonly Group[] = ["page", "answers", "clips"];

/** Whether actions of these groups can be wanted at the same time. */
export function meet(a: Group, b: Group): boolean {
  if (a === b || a === "page" || b === "page") return true;
  // While somebody drives, nothing is asked and no clips play.
  if (a === "drive" || b === "drive") return false;
  return ALWAYS.includes(a) || ALWAYS.includes(b);
}
