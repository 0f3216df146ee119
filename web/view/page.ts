// What the views share: the session, the playbacks, and what is known of the run.
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { Playback } from "../clips/playback.ts";
import { Ticking } from "../clips/ticking.ts";
import { Session } from "../session/session.ts";
import { listenToKeys } from "./keys/dispatch.ts";
import { listenToGamepads } from "./keys/gamepad.ts";
import { followAddress, route } from "./shell/route.ts";
import { followTheme } from "./shell/theme.ts";
import { situation } from "./words.ts";

/** Seconds that clips stand still before they play again. */
const REST_SECONDS = 0.4;
/** Shorter clips are gone before anyone has seen two of them. */
const LEAST_SECONDS = 1;

export const session = new Session();
/** What is asked about. */
export const pairPlayback = new Playback(REST_SECONDS, LEAST_SECONDS);
/** What the agent does now. */
export const agentPlayback = new Playback(0);
export const ticking = new Ticking(pairPlayback, [agentPlayback]);

/** Whether clips can be drawn: null until three.js is there, false where the browser has no WebGL. */
export const drawable = signal<boolean | null>(null);

/** Whether no answers are taken here; null until the run is known. */
export const watching = computed(() => (session.run.value === null ? null : session.run.value.answerTo !== null));

/** Whether an answer was given and the next clips are on their way to the screen. */
export const hurrying = signal(false);

/** The same, but it changes only while nothing hurries: drawing text can take as long as drawing the next clips. */
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

const NO_SUCH_RUN = "There is no such run here. The tab Runs lists those that there are.";

/** What the run waits for or is doing, in a sentence. */
export const saying = computed(() => {
  if (session.missing.value) return { tone: "trouble" as const, text: NO_SUCH_RUN };
  return situation({
    connected: session.connected.value,
    pending: session.pending.value,
    run: session.run.value,
    status: status.value,
    questions: session.queue.questions.value.length,
    kind: session.queue.kind.value,
  });
});

/** Ties everything together. Called once. */
export function startPage(): void {
  followAddress();
  followTheme();
  listenToKeys();
  listenToGamepads();
  effect(() => {
    const clip = session.agent.value;
    if (clip !== null) agentPlayback.showNext([clip]);
  });
  ticking.start();
  effect(() => {
    const { run } = route.value;
    if (run !== null) session.open(run);
    else if (session.run.peek() === null) void openAny();
  });
}

/** Opens the run that the server puts first; where there is none, the list in which one is started. */
async function openAny(): Promise<void> {
  const run = await session.start();
  if (run === null && route.peek().run === null) location.replace("#/runs");
}
