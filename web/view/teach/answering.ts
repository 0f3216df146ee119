// Answers to what is on the screen, and the next clips as soon as they can be drawn.
import { computed, effect, signal, untracked } from "@preact/signals";
import type { Answer } from "../../../src/feedback/judgement.ts";
import type { Question } from "../../session/question.ts";
import { drawable, hurrying, pairPlayback, session, ticking, watching } from "../page.ts";
import { swapped } from "./shuffle.ts";
import { paused, work } from "./work.ts";

const HURRY_MILLISECONDS = 4;
const LONGEST_HURRY_MILLISECONDS = 300;

/** The question on the screen, or undefined where there is none. */
export const question = computed<Question | undefined>(() => session.queue.questions.value[0]);

/** Whether a question is on the screen and can be answered. */
export const answerable = computed(
  () => drawable.value === true && question.value !== undefined && watching.value === false && !paused.value,
);

/** The query whose clips can be seen, and since when, in milliseconds of the page's clock. */
export const shown = signal<{ readonly query: number; readonly since: number } | null>(null);

/**
 * Whether the pair on the screen stands the other way round: the query's left clip is on the right. Settled when the
 * pair is brought up, so that whoever types another name meanwhile answers what they saw.
 */
export function turned(): boolean {
  return playing !== undefined && turnedOver;
}

/** When the answer was given that brought this question up. */
let askedForAt: number | null = null;

/**
 * Gives this answer, which `told` says in a sentence. `at` is the moment of the key press or click, in milliseconds of
 * the page's clock.
 */
export function answer(given: Answer, told: string, at: number): void {
  if (!answerable.peek() || question.peek()?.kind !== given.kind) return;
  const since = shown.peek()?.since;
  const decision = since === undefined ? null : Math.max(0, Math.round(at - since - work.pausedSince(since)));
  hurryOn(at);
  work.answered(at);
  session.answer(given, decision, told);
  hurry();
}

/** Goes on without an answer. */
export function skip(at: number): void {
  if (!answerable.peek()) return;
  hurryOn(at);
  session.notice.value = "Skipped. It may come again another day.";
  session.queue.skip();
  hurry();
}

function hurryOn(at: number): void {
  hurrying.value = session.queue.questions.peek().length > 1;
  askedForAt = hurrying.peek() ? at : null;
  setTimeout(() => (hurrying.value = false), LONGEST_HURRY_MILLISECONDS);
}

/** Draws new clips as soon as that can be done, which may be before the browser asks for its next frame. */
function hurry(): void {
  if (!pairPlayback.showing) return;
  ticking.tick(performance.now());
  setTimeout(hurry, HURRY_MILLISECONDS);
}

let playing: Question | undefined;
let turnedOver = false;

effect(() => {
  const asked = question.value;
  untracked(() => show(asked));
});

function show(asked: Question | undefined): void {
  if (asked?.query === playing?.query) return;
  playing = asked;
  shown.value = null;
  if (asked === undefined) return pairPlayback.show([]);
  pairPlayback.loops = asked.kind !== "live";
  const run = session.run.peek()?.id ?? "";
  turnedOver = asked.kind === "comparison" && swapped(run, asked.query, session.person.peek());
  pairPlayback.show(turnedOver ? asked.clips.toReversed() : asked.clips, (now) => {
    measureAnswer();
    shown.value = { query: asked.query, since: now };
    hurrying.value = false;
    work.began(now);
  });
}

/** Leaves a measure "answer-to-next-pair": from the key press until the next clips have been drawn. */
function measureAnswer(): void {
  if (askedForAt === null) return;
  const start = askedForAt;
  askedForAt = null;
  performance.measure("answer-to-next-pair", { start, end: performance.now() });
}
