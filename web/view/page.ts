// What the views share: the session, the two playbacks, and the one way in which every action is carried out.
import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { Playback } from "../clips/playback.ts";
import { Ticking } from "../clips/ticking.ts";
import { type Pair, Session } from "../session/session.ts";
import { type Action, actionOf, WATCHING } from "./hotkeys.ts";
import { situation } from "./words.ts";

const HURRY_MILLISECONDS = 4;
const LONGEST_HURRY_MILLISECONDS = 300;
/** Seconds that a pair stands still before it plays again. */
const REST_SECONDS = 0.4;
/** Shorter clips are gone before anyone has seen two of them. */
const LEAST_SECONDS = 1;

export const session = new Session();
export const pairPlayback = new Playback(REST_SECONDS, LEAST_SECONDS);
export const agentPlayback = new Playback(0);
export const ticking = new Ticking(pairPlayback, [agentPlayback]);

/** Whether clips can be drawn: null until three.js is there, false where the browser has no WebGL. */
export const drawable = signal<boolean | null>(null);
export const helpOpen = signal(false);

export const dark = signal(false);

/** Whether a pair is on the screen and can be answered. */
export const answerable = computed(
  () => drawable.value === true && session.pairs.value.length > 0 && watching.value === false,
);

/** Whether no answers are taken here; null until the run is known. */
export const watching = computed(() => (session.run.value === null ? null : session.run.value.answerTo !== null));

/** The query whose clips can be seen, and since when, in milliseconds of the page's clock. */
export const shown = signal<{ readonly query: number; readonly since: number } | null>(null);
/** Whether an answer was given and the next pair is on its way to the screen. */
const hurrying = signal(false);

/** The same, but it changes only while nothing hurries: drawing text can take as long as drawing the next pair. */
function unhurried<Value>(source: ReadonlySignal<Value>): ReadonlySignal<Value> {
  const copy = signal(source.peek());
  effect(() => {
    const value = source.value;
    if (!hurrying.value) copy.value = value;
  });
  return copy;
}

export const status = unhurried(session.status);
export const metrics = unhurried(session.metrics);
export const notice = unhurried(session.notice);

export const saying = computed(() => {
  return situation({
    connected: session.connected.value,
    pending: session.pending.value,
    run: session.run.value,
    status: status.value,
    pairs: session.pairs.value.length,
  });
});

/** When the answer was given that brought this pair up. */
let askedForAt: number | null = null;

/** Carries an action out. `at` is the moment of the key press or click, in milliseconds of the page's clock. */
export function act(action: Action, at: number): void {
  if (action === "help") {
    helpOpen.value = !helpOpen.peek();
  } else if (action === "replay") {
    pairPlayback.replay();
    agentPlayback.replay();
  } else if (action === "take-back") {
    void session.takeBack();
  } else if (answerable.peek()) {
    const since = shown.peek()?.since;
    const decision = since === undefined ? null : Math.max(0, Math.round(at - since));
    hurrying.value = session.pairs.peek().length > 1;
    askedForAt = hurrying.peek() ? at : null;
    session.answer(action, decision);
    hurry();
    setTimeout(() => (hurrying.value = false), LONGEST_HURRY_MILLISECONDS);
  }
}

/** Draws a new pair as soon as that can be done, which may be before the browser asks for its next frame. */
function hurry(): void {
  if (!pairPlayback.showing) return;
  ticking.tick(performance.now());
  setTimeout(hurry, HURRY_MILLISECONDS);
}

function press(event: KeyboardEvent): void {
  const action = actionOf(event);
  if (action === null) return;
  // An open sheet has the keyboard to itself.
  if (helpOpen.peek() && action !== "help") return;
  if (watching.peek() !== false && !WATCHING.includes(action)) return;
  // On a button that was reached by keyboard the space bar presses that button.
  if (event.key === " " && event.target instanceof HTMLButtonElement) return;
  event.preventDefault();
  act(action, event.timeStamp);
}

/** Ties everything together. Called once. */
export function startPage(): void {
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  dark.value = scheme.matches;
  scheme.addEventListener("change", () => (dark.value = scheme.matches));
  document.addEventListener("keydown", press);
  effect(() => {
    const [pair] = session.pairs.value;
    untracked(() => showPair(pair));
  });
  effect(() => {
    const clip = session.agent.value;
    if (clip !== null) agentPlayback.showNext([clip]);
  });
  ticking.start();
  session.start();
}

let playing: Pair | undefined;

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
