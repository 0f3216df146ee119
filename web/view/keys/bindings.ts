// Which key and which gamepad button does what: the table's own, changed by what the person chose, which is kept.
import { GESTURE_BUTTONS, PUSH_CHORDS } from "../../drive/controls.ts";
import { capOf, PAD_CAPS } from "./chord.ts";
import { type Action, type Entry, KEYMAP, meet } from "./keymap.ts";

export interface Binding {
  readonly keys: readonly string[];
  readonly pad: number | null;
}

export type Bindings = Readonly<Record<Action, Binding>>;

const KEPT = "heed.keymap";

export const STANDARD: Bindings = bindingsOf(({ keys, pad }) => ({ keys, pad }));

function bindingsOf(of: (entry: Entry & { readonly action: Action }) => Binding): Bindings {
  // Every action of the table has its entry, which is all that the type says.
  return Object.fromEntries(KEYMAP.map((entry) => [entry.action, of(entry)])) as Record<Action, Binding>;
}

/** Actions that a chord does, in the order of the table. Those of one group at a time can be live. */
export function actionsOfChord(bindings: Bindings, chord: string): Action[] {
  return KEYMAP.filter(({ action }) => bindings[action].keys.includes(chord)).map(({ action }) => action);
}

export function actionsOfPad(bindings: Bindings, button: number): Action[] {
  return KEYMAP.filter(({ action }) => bindings[action].pad === button).map(({ action }) => action);
}

/** The changed bindings, or a sentence that says why they cannot be changed so. */
export function rebind(bindings: Bindings, action: Action, change: Partial<Binding>): Bindings | string {
  const own = KEYMAP.find((entry) => entry.action === action);
  if (own === undefined) return `There is no action ${action}.`;
  if (own.group === "drive") {
    const push = change.keys?.find((chord) => PUSH_CHORDS.has(chord));
    if (push !== undefined) return `${capOf(push)} pushes the robot. Choose another key.`;
    if (typeof change.pad === "number" && GESTURE_BUTTONS.includes(change.pad)) {
      return `${PAD_CAPS[change.pad]} pushes the robot. Choose another button.`;
    }
  }
  for (const other of KEYMAP) {
    if (other.action === action || !meet(own.group, other.group)) continue;
    const key = change.keys?.find((chord) => bindings[other.action].keys.includes(chord));
    if (key !== undefined) {
      return `${capOf(key)} already means “${other.label}”. Choose another key, or give that one another first.`;
    }
    if (typeof change.pad === "number" && bindings[other.action].pad === change.pad) {
      const cap = PAD_CAPS[change.pad] ?? `Button ${change.pad}`;
      return `${cap} already means “${other.label}”. Choose another button, or give that one another first.`;
    }
  }
  return { ...bindings, [action]: { ...bindings[action], ...change } };
}

/** What a person chose earlier. What cannot be read, or would put two meanings on one key, is left out. */
export function keptBindings(storage: Storage | null): Bindings {
  let bindings = STANDARD;
  const changes = keptChanges(storage);
  if (changes.size === 0) return STANDARD;
  // All at once and then one by one, since two keys may have changed places.
  const together = bindingsOf(({ action }) => {
    const change = changes.get(action);
    return change === undefined ? STANDARD[action] : { ...STANDARD[action], ...change };
  });
  if (KEYMAP.every(({ action }) => typeof rebind(together, action, together[action]) !== "string")) return together;
  for (const [action, change] of changes) {
    const changed = rebind(bindings, action, change);
    if (typeof changed !== "string") bindings = changed;
  }
  return bindings;
}

export function keepBindings(storage: Storage | null, bindings: Bindings): void {
  const changed = KEYMAP.filter(({ action }) => bindings[action] !== STANDARD[action]);
  try {
    if (changed.length === 0) storage?.removeItem(KEPT);
    else {
      const entries = changed.map(({ action }) => [action, bindings[action]]);
      storage?.setItem(KEPT, JSON.stringify(Object.fromEntries(entries)));
    }
  } catch {
    // Storage is full or forbidden: the keys are as chosen for as long as the page lives.
  }
}

function keptChanges(storage: Storage | null): Map<Action, Partial<Binding>> {
  const changes = new Map<Action, Partial<Binding>>();
  let kept: unknown;
  try {
    kept = JSON.parse(storage?.getItem(KEPT) ?? "null");
  } catch {
    return changes;
  }
  if (typeof kept !== "object" || kept === null) return changes;
  const byAction = new Map<string, unknown>(Object.entries(kept));
  for (const { action } of KEYMAP) {
    const value = byAction.get(action);
    if (typeof value !== "object" || value === null) continue;
    const keys = "keys" in value ? value.keys : null;
    const pad = "pad" in value ? value.pad : undefined;
    const change: { keys?: readonly string[]; pad?: number | null } = {};
    if (Array.isArray(keys) && keys.every((key) => typeof key === "string" && key !== "")) change.keys = keys;
    if (pad === null || (typeof pad === "number" && pad in PAD_CAPS)) change.pad = pad;
    changes.set(action, change);
  }
  return changes;
}
