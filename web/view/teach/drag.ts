// Cards that are dragged to another place among their neighbours, by mouse or finger.

type CardEvent = PointerEvent & { readonly currentTarget: HTMLElement };

/** CSS pixels that a card is moved at least before it is meant. */
const LEAST = 8;

/**
 * Listeners for each card, which carries the number of its clip in data-clip. `moved` gets it and its new place, and
 * `pressed` the clip of a card that was pressed and not moved.
 */
export function dragging(moved: (clip: number, place: number) => void, pressed: (clip: number) => void) {
  let from: { readonly x: number; readonly y: number } | null = null;
  const letGo = (card: HTMLElement): void => {
    from = null;
    card.style.translate = "";
    delete card.dataset["dragged"];
  };
  return {
    onPointerDown(event: CardEvent): void {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      from = { x: event.clientX, y: event.clientY };
    },
    onPointerMove(event: CardEvent): void {
      if (from === null) return;
      const card = event.currentTarget;
      const [x, y] = [event.clientX - from.x, event.clientY - from.y];
      if (!("dragged" in card.dataset) && Math.hypot(x, y) < LEAST) return;
      card.dataset["dragged"] = "";
      card.style.translate = `${x}px ${y}px`;
    },
    onPointerUp(event: CardEvent): void {
      const card = event.currentTarget;
      if (from === null) return;
      const dragged = "dragged" in card.dataset;
      const clip = Number(card.dataset["clip"]);
      letGo(card);
      if (dragged) moved(clip, placeAt(card, event.clientX, event.clientY));
      else pressed(clip);
    },
    onPointerCancel(event: CardEvent): void {
      letGo(event.currentTarget);
    },
  };
}

/** The place of the card whose middle is nearest to this point. */
function placeAt(card: HTMLElement, x: number, y: number): number {
  const cards = [...(card.parentElement?.children ?? [])];
  const distances = cards.map((other) => {
    const box = other.getBoundingClientRect();
    return Math.hypot(box.left + box.width / 2 - x, box.top + box.height / 2 - y);
  });
  return distances.indexOf(Math.min(...distances));
}
