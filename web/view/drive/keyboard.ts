// The keys of a drive, for as long as it is on the screen. Those that push go before the page's own keys; all else that
// is done while driving is in the page's keymap.
import type { DriveSession } from "../../drive/session.ts";
import type { Table } from "../keys/dispatch.ts";

/** What the keymap's actions do in this drive. */
export function driveActions(drive: DriveSession, isCorrection: boolean): Table {
  return {
    "drive-go": () => drive.toggle(),
    "drive-record": () => drive.toggleRecording(),
    "drive-back": () => {
      drive.rewind();
      return () => drive.stopRewinding();
    },
    "drive-keep": () => void drive.keep(),
    "drive-anew": () => void drive.beginAnew(),
    "drive-slower": () => drive.changeSpeed(-1),
    "drive-faster": () => drive.changeSpeed(1),
    // A correction is recorded from its start.
    ...(!isCorrection && { "drive-discard": () => drive.discard() }),
  };
}

/** Listens to the keys that push until the function that comes back is called. */
export function listenToPushes(drive: DriveSession): () => void {
  const down = (event: KeyboardEvent): void => {
    drive.setGentle(event.shiftKey);
    if (event.ctrlKey || event.metaKey || event.altKey || belongsElsewhere(event)) return;
    const pushes = event.repeat ? drive.held.peek().has(event.code) : drive.press(event.code);
    if (pushes) event.preventDefault();
  };
  const up = (event: KeyboardEvent): void => {
    drive.setGentle(event.shiftKey);
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
function belongsElsewhere({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.closest("dialog") !== null || target.matches("input, select, textarea, [contenteditable]");
}
