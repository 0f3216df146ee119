import fc from "fast-check";
import { expect, test } from "vitest";
import {
  actionsOfChord,
  actionsOfPad,
  type Bindings,
  keepBindings,
  keptBindings,
  rebind,
  STANDARD,
} from "./bindings.ts";
import { GESTURE_BUTTONS, PUSH_CHORDS } from "../../drive/controls.ts";
import { capOf, chordOf, PAD_CAPS } from "./chord.ts";
import { KEYMAP, meet } from "./keymap.ts";

const press = (key: string, changes = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...changes,
});

class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>();
  get length(): number {
    return this.#items.size;
  }
  clear(): void {
    this.#items.clear();
  }
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
}

/** Whether no key and no button has two meanings that can be wanted at the same time. */
function unambiguous(bindings: Bindings): boolean {
  return KEYMAP.every((one) =>
    KEYMAP.every((other) => {
      if (one.action >= other.action || !meet(one.group, other.group)) return true;
      const [a, b] = [bindings[one.action], bindings[other.action]];
      return !a.keys.some((key) => b.keys.includes(key)) && (a.pad === null || a.pad !== b.pad);
    }),
  );
}

test("the table gives no key and no button two meanings, and every action one entry", () => {
  expect(new Set(KEYMAP.map(({ action }) => action)).size).toBe(KEYMAP.length);
  expect(unambiguous(STANDARD)).toBe(true);
});

test.each([
  ["ArrowLeft", {}, "left"],
  ["ArrowLeft", { shiftKey: true }, "left-clearly"],
  ["s", {}, "cannot-tell"],
  ["S", {}, "cannot-tell"],
  ["?", { shiftKey: true }, "help"],
  [" ", {}, "replay"],
])("%s with %o means %s", (key, changes, action) => {
  expect(actionsOfChord(STANDARD, chordOf(press(key, changes)) ?? "")).toContain(action);
});

test("keys with other modifiers, and keys that belong to the browser, mean nothing", () => {
  for (const modifier of ["ctrlKey", "altKey", "metaKey"]) expect(chordOf(press("z", { [modifier]: true }))).toBeNull();
  for (const key of ["Tab", "Escape", "Shift", "Dead", ""]) expect(chordOf(press(key))).toBeNull();
});

test("a key that means something else is refused with what it means; one of another way to answer is not", () => {
  expect(rebind(STANDARD, "left", { keys: ["arrowright"] })).toMatch(/^→ already means “Right is better”/);
  expect(rebind(STANDARD, "left", { keys: ["z"] })).toMatch(/“Undo”/);
  expect(rebind(STANDARD, "left", { pad: 1 })).toMatch(/^B already means “Undo”/);
  expect(rebind(STANDARD, "drive-keep", { keys: ["n"] })).toMatch(/“Begin anew”/);
  expect(rebind(STANDARD, "drive-keep", { keys: ["?"] })).toMatch(/“Keys”/);
  expect(rebind(STANDARD, "drive-keep", { keys: ["z"] })).toMatchObject({ "drive-keep": { keys: ["z"] } });
  const changed = rebind(STANDARD, "left", { keys: ["arrowup"], pad: 12 });
  if (typeof changed === "string") throw new Error(changed);
  expect(actionsOfChord(changed, "arrowup")).toContain("left");
  expect(actionsOfPad(changed, 12)).toContain("left");
  expect(changed.right).toEqual(STANDARD.right);
});

test("what pushes the robot can mean nothing else while somebody drives", () => {
  expect(rebind(STANDARD, "drive-keep", { keys: ["q"] })).toMatch(/^Q pushes the robot/);
  expect(rebind(STANDARD, "drive-keep", { keys: ["arrowup"] })).toMatch(/^↑ pushes the robot/);
  expect(rebind(STANDARD, "drive-keep", { pad: 7 })).toMatch(/^RT pushes the robot/);
  for (const { keys, pad } of KEYMAP.filter(({ group }) => group === "drive")) {
    expect(keys.filter((key) => PUSH_CHORDS.has(key))).toEqual([]);
    expect(GESTURE_BUTTONS).not.toContain(pad);
  }
});

test("what was chosen is kept, also where two keys changed places", () => {
  const storage = new MemoryStorage();
  const steps = [
    ["left", "q"],
    ["right", "arrowleft"],
    ["left", "arrowright"],
  ] as const;
  let bindings = STANDARD;
  for (const [action, key] of steps) {
    const changed = rebind(bindings, action, { keys: [key] });
    if (typeof changed === "string") throw new Error(changed);
    bindings = changed;
  }
  keepBindings(storage, bindings);
  expect(keptBindings(storage)).toEqual(bindings);
  keepBindings(storage, STANDARD);
  expect(storage.length).toBe(0);
  expect(keptBindings(null)).toEqual(STANDARD);
});

test("whatever is in the storage, no key has two meanings", () => {
  const storage = new MemoryStorage();
  const key = fc.constantFrom("a", "z", "arrowleft", "?", 7, "");
  const binding = fc.oneof(
    fc.record({ keys: fc.array(key), pad: fc.oneof(fc.nat({ max: 20 }), fc.constant(null)) }, { requiredKeys: [] }),
    fc.anything(),
  );
  const kept = fc.dictionary(fc.constantFrom(...KEYMAP.map(({ action }) => action), "nonsense"), binding);
  fc.assert(
    fc.property(
      fc.oneof(
        kept.map((value) => JSON.stringify(value)),
        fc.string(),
        fc.json(),
      ),
      (text) => {
        storage.setItem("heed.keymap", text);
        expect(unambiguous(keptBindings(storage))).toBe(true);
      },
    ),
  );
});

test("every key and button has a cap", () => {
  for (const { keys, pad } of KEYMAP) {
    for (const key of keys) expect(capOf(key)).not.toBe("");
    if (pad !== null) expect(PAD_CAPS[pad]).toBeTruthy();
  }
  expect(capOf("shift+arrowleft")).toBe("⇧ ←");
});
