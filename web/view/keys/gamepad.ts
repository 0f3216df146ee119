// A gamepad with the standard mapping. Browsers tell of no presses, so its buttons are read with every frame while one is
// plugged in. https://w3c.github.io/gamepad/
import { pressPad, releasePad } from "./dispatch.ts";

/** Whoever wants the next press for something else, and says whether it took it. */
export const padPress: { taker: (button: number) => boolean } = { taker: () => false };

let plugged = 0;
const down = new Set<number>();

export function listenToGamepads(): void {
  addEventListener("gamepadconnected", () => {
    plugged++;
    if (plugged === 1) requestAnimationFrame(read);
  });
  addEventListener("gamepaddisconnected", () => {
    plugged = Math.max(0, plugged - 1);
    down.clear();
  });
}

function read(now: number): void {
  if (plugged === 0) return;
  for (const pad of navigator.getGamepads()) {
    if (pad === null) continue;
    for (let button = 0; button < pad.buttons.length; button++) {
      const key = pad.index * 64 + button;
      if (!pad.buttons[button].pressed) {
        if (down.delete(key)) releasePad(button);
      } else if (!down.has(key)) {
        down.add(key);
        if (!padPress.taker(button)) pressPad(button, now);
      }
    }
  }
  requestAnimationFrame(read);
}
