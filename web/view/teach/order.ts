// The order of clips that are ranked, while it is made: by naming them from best to worst, or by moving them about.

export interface Order {
  /** Positions in the query, best first. */
  readonly clips: readonly number[];
  /** How many of the first ones were put where they are. */
  readonly placed: number;
}

export function unranked(count: number): Order {
  return { clips: Array.from({ length: count }, (_, index) => index), placed: 0 };
}

/** Whether nothing is left to say: with all but one placed, the last is the worst. */
export function isRanked({ clips, placed }: Order): boolean {
  return clips.length > 0 && placed >= clips.length - 1;
}

/** The clip that is named becomes the next best. Naming one again that was placed changes nothing. */
export function placeNext(order: Order, clip: number): Order {
  const { clips, placed } = order;
  const at = clips.indexOf(clip);
  if (at < placed) return order;
  const rest = clips.filter((other) => other !== clip);
  return { clips: [...rest.slice(0, placed), clip, ...rest.slice(placed)], placed: placed + 1 };
}

/** Moves the clip to this place, 0 the best. Whoever moves clips about means the order that they see. */
export function moveTo({ clips }: Order, clip: number, place: number): Order {
  const rest = clips.filter((other) => other !== clip);
  const to = Math.min(rest.length, Math.max(0, place));
  return { clips: [...rest.slice(0, to), clip, ...rest.slice(to)], placed: clips.length };
}
