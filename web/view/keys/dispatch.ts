// The one way in which every action is carried out, whether by key, button, swipe or gamepad. Whoever is on the screen
// says what it does; an action that nobody there knows does nothing.
import { signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { browserStorage } from "../../session/outbox.ts";
import { actionsOfChord, actionsOfPad, type Bindings, keepBindings, keptBindings } from "./bindings.ts";
import { chordOf } from "./chord.ts";
import type { Action } from "./keymap.ts";

/**
 * Carries an action out that was asked for at this moment, in milliseconds of the page's clock. What lasts for as long as
 * the key or button is held gives back how it ends.
 */
export type Handler = (at: number) => void | (() => void);

export type Table = { readonly [action in Action]?: Handler };

export const bindings = signal<Bindings>(keptBindings(browserStorage()));
/** Whether the last thing used was a gamepad: then hints name its buttons. */
export const byPad = signal(false);
/** Whether a dialog has the keyboard to itself; only the sheet's own key closes it then. */
export const sheetOpen = signal(false);

const handlers = new Map<Action, Handler>();
/** What actions do where nothing on the screen says otherwise. */
const fallbacks = new Map<Action, Handler>();
/** How what is held ends, by the key or button that holds it. */
const endings = new Map<string, () => void>();

export function setBindings(value: Bindings): void {
  bindings.value = value;
  keepBindings(browserStorage(), value);
}

/** Makes these actions known for as long as the function that comes back has not been called. */
export function register(table: Table, into = handlers): () => void {
  // Object.entries forgets the keys' type.
  const added = Object.entries(table) as [Action, Handler][];
  for (const [action, handler] of added) into.set(action, handler);
  return () => {
    for (const [action, handler] of added) if (into.get(action) === handler) into.delete(action);
  };
}

/**
 * Makes these actions known while the component is on the screen, and not a moment longer. The table must stay the same
 * object.
 */
export function useActions(table: Table): void {
  useLayoutEffect(() => register(table), [table]);
}

/** The same, for what a part of the screen may do differently. */
export function useFallbackActions(table: Table): void {
  useLayoutEffect(() => register(table, fallbacks), [table]);
}

export function isKnown(action: Action): boolean {
  return handlers.has(action) || fallbacks.has(action);
}

/** Carries it out where somebody knows how, and says whether that was so. `holder` is what is held down, if anything. */
export function perform(action: Action, at: number, holder: string | null = null): boolean {
  const handler = handlers.get(action) ?? fallbacks.get(action);
  const ending = handler?.(at);
  if (typeof ending === "function") {
    if (holder === null) ending();
    else endings.set(holder, ending);
  }
  return handler !== undefined;
}

function letGo(holder: string): void {
  endings.get(holder)?.();
  endings.delete(holder);
}

/** Carries out what a gamepad's button means now. */
export function pressPad(button: number, at: number): void {
  byPad.value = true;
  for (const action of actionsOfPad(bindings.peek(), button)) {
    if (sheetOpen.peek() && action !== "help") continue;
    if (perform(action, at, holderOfPad(button))) return;
  }
}

export function releasePad(button: number): void {
  letGo(holderOfPad(button));
}

function holderOfPad(button: number): string {
  return `gamepad ${button}`;
}

export function listenToKeys(): void {
  document.addEventListener("keydown", press);
  document.addEventListener("keyup", ({ code }) => letGo(code));
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const chord = chordOf(event);
  if (chord === null || hasOwnUse(event.target, chord)) return;
  // Where the shift key makes no difference, it makes none: somebody who drives may be holding it.
  for (const meant of new Set([chord, chord.replace(/^shift\+/, "")])) {
    for (const action of actionsOfChord(bindings.peek(), meant)) {
      if (sheetOpen.peek() && action !== "help") continue;
      if (!isKnown(action)) continue;
      // A key that stays down must not scroll the page either.
      event.preventDefault();
      if (event.repeat) return;
      byPad.value = false;
      perform(action, event.timeStamp, event.code);
      return;
    }
  }
}

/** Whether what has the focus needs this key itself: fields take all, others those that press or move them. */
function hasOwnUse(target: EventTarget | null, chord: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("input[type=range], [role=slider]")) return /arrow|page|home|end/.test(chord);
  if (target.matches("input[type=checkbox]")) return chord === " ";
  if (target.matches("input, select, textarea, [contenteditable]")) return true;
  if (target.matches("button, a, summary")) return chord === " " || chord === "enter";
  return false;
}
