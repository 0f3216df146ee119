// Answers to what is on the screen, and the next clips as soon as they can be drawn.
import { computed, effect, signal, untracked } from "@preact/signals";
import type { Answer } from "../../../src/feedback/judgement.ts";
import type { Pair } from "../../session/session.ts";
import { drawable, hurrying, pairPlayback, session, ticking, watching } from "../page.ts";

const HURRY_MILLISECONDS = 4;
const LONGEST_HURRY_MILLISECONDS = 300;

/** Whether a pair is on the screen and can be answered. */
export const answerable = computed(
  () => drawable.value === true && session.pairs.value.length > 0 && watching.value === false,
);

/** The query whose clips can be seen, and since when, in milliseconds of the page's clock. */
export const shown = signal<{ readonly query: number; readonly since: number } | null>(null);

/** When the answer was given that brought this pair up. */
let askedForAt: number | null = null;

/** Gives this answer. `at` is the moment of the key press or click, in milliseconds of the page's clock. */
export function answer(given: Answer, at: number): void {
  if (!answerable.peek()) return;
  const since = shown.peek()?.since;
  const decision = since === undefined ? null : Math.max(0, Math.round(at - since));
  hurrying.value = session.pairs.peek().length > 1;
  askedForAt = hurrying.peek() ? at : null;
  session.answer(given, decision);
  hurry();
  setTimeout(() => (hurrying.value = false), LONGEST_HURRY_MILLISECONDS);
}

/** Draws a new pair as soon as that can be done, which may be before the browser asks for its next frame. */
function hurry(): void {
  if (!pairPlayback.showing) return;
  ticking.tick(performance.now());
  setTimeout(hurry, HURRY_MILLISECONDS);
}

let playing: Pair | undefined;

effect(() => {
  const [pair] = session.pairs.value;
  untracked(() => showPair(pair));
});

function showPair(pair: Pair | undefined): void {
  if (pair?.query === playing?.query) return;
  playing = pair;
  shown.value = null;
  if (pair === undefined) return pairPlayback.show([]);
  pairPlayback.show([pair.left, pair.right], (now) => {
    measureAnswer();
    shown.value = { query: pair.query, since: now };
    hurrying.value = false;
  });
}

/** Leaves a measure "answer-to-next-pair": from the key press until the next pair has been drawn. */
function measureAnswer(): void {
  if (askedForAt === null) return;
  const start = askedForAt;
  askedForAt = null;
  performance.measure("answer-to-next-pair", { start, end: performance.now() });
}
