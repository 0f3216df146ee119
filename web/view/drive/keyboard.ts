// The keys of a drive, for as long as it is on the screen. They go before the page's own keys.
import type { DriveSession } from "../../drive/session.ts";

/** A key with one effect when it is pressed. */
export interface Command {
  /** `KeyboardEvent.code` */
  readonly code: string;
  readonly cap: string;
  readonly label: string;
  readonly act: (drive: DriveSession) => void;
  /** Whether a correction has this command too. */
  readonly inCorrection: boolean;
}

export const COMMANDS = {
  toggle: { code: "Space", cap: "Space", label: "Go", act: (drive) => drive.toggle(), inCorrection: true },
  record: { code: "Enter", cap: "Enter", label: "Record", act: (drive) => drive.toggleRecording(), inCorrection: true },
  keep: { code: "KeyP", cap: "P", label: "Keep", act: (drive) => void drive.keep(), inCorrection: true },
  discard: { code: "Backspace", cap: "⌫", label: "Discard", act: (drive) => drive.discard(), inCorrection: false },
  anew: { code: "KeyN", cap: "N", label: "Begin anew", act: (drive) => void drive.beginAnew(), inCorrection: true },
  slower: { code: "Comma", cap: ",", label: "Slower", act: (drive) => drive.changeSpeed(-1), inCorrection: true },
  faster: { code: "Period", cap: ".", label: "Faster", act: (drive) => drive.changeSpeed(1), inCorrection: true },
} as const satisfies Readonly<Record<string, Command>>;

/** Goes back while it is held. */
export const REWIND = { code: "KeyR", cap: "R", label: "Go back" } as const;

/** Listens until the function that comes back is called. */
export function listenToDriving(drive: DriveSession, isCorrection: boolean): () => void {
  const commands: readonly Command[] = Object.values(COMMANDS);
  const down = (event: KeyboardEvent): void => {
    drive.setGentle(event.shiftKey);
    if (event.ctrlKey || event.metaKey || event.altKey || belongsElsewhere(event)) return;
    if (event.repeat ? isOurs(event.code) : carryOut(event.code)) event.preventDefault();
  };
  const carryOut = (code: string): boolean => {
    if (code === REWIND.code) {
      drive.rewind();
      return true;
    }
    const command = commands.find((candidate) => candidate.code === code && (candidate.inCorrection || !isCorrection));
    command?.act(drive);
    return command !== undefined || drive.press(code);
  };
  const isOurs = (code: string): boolean =>
    code === REWIND.code || commands.some((command) => command.code === code) || drive.held.peek().has(code);
  const up = (event: KeyboardEvent): void => {
    drive.setGentle(event.shiftKey);
    if (event.code === REWIND.code) drive.stopRewinding();
    drive.release(event.code);
  };
  const away = (): void => drive.letGo();
  const hidden = (): void => {
    if (document.hidden) drive.letGo();
  };
  window.addEventListener("keydown", down, { capture: true });
  window.addEventListener("keyup", up, { capture: true });
  window.addEventListener("blur", away);
  document.addEventListener("visibilitychange", hidden);
  return () => {
    window.removeEventListener("keydown", down, { capture: true });
    window.removeEventListener("keyup", up, { capture: true });
    window.removeEventListener("blur", away);
    document.removeEventListener("visibilitychange", hidden);
  };
}

/** Whether what has the focus needs this key itself, or a dialog has the keyboard. */
function belongsElsewhere({ target, code }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog") !== null) return true;
  if (target.matches("input, select, textarea, [contenteditable]")) return true;
  return target.matches("button, a, summary") && (code === "Space" || code === "Enter");
}
