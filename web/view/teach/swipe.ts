// Swipes of a finger over the clips.
import type { TargetedPointerEvent } from "preact";

export type Direction = "left" | "right" | "up" | "down";

/** CSS pixels that a finger moves at least, and how much further along than across. */
const LEAST = 48;
const STRAIGHT = 1.5;

/** The direction of a movement by these CSS pixels, or null where it is too short or too slanted to be meant. */
export function directionOf(x: number, y: number): Direction | null {
  const [across, along] = [Math.abs(x), Math.abs(y)];
  if (across >= LEAST && across >= STRAIGHT * along) return x < 0 ? "left" : "right";
  if (along >= LEAST && along >= STRAIGHT * across) return y < 0 ? "up" : "down";
  return null;
}

/** Listeners for an element. `swiped` gets the moment in milliseconds of the page's clock. */
export function swipes(swiped: (direction: Direction, at: number) => void) {
  let from: { readonly pointer: number; readonly x: number; readonly y: number } | null = null;
  let swiping = false;
  return {
    onPointerDown(event: TargetedPointerEvent<HTMLElement>): void {
      swiping = false;
      if (event.pointerType === "touch" && event.isPrimary) {
        from = { pointer: event.pointerId, x: event.clientX, y: event.clientY };
      }
    },
    onPointerUp(event: TargetedPointerEvent<HTMLElement>): void {
      if (from?.pointer !== event.pointerId) return;
      const direction = directionOf(event.clientX - from.x, event.clientY - from.y);
      from = null;
      if (direction === null) return;
      swiping = true;
      swiped(direction, event.timeStamp);
    },
    onPointerCancel(): void {
      from = null;
    },
    /** A swipe may end in a click, which would answer a second time. */
    onClickCapture(event: MouseEvent): void {
      if (swiping) event.stopPropagation();
      swiping = false;
    },
  };
}
