import { expect, test } from "vitest";
import { actionOf, HOTKEYS, hotkey } from "./hotkeys.ts";

const press = (key: string, changes = {}) => ({
  key,
  repeat: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...changes,
});

test.each([
  ["ArrowLeft", "left"],
  ["ArrowRight", "right"],
  ["ArrowDown", "equal"],
  ["s", "cannot-tell"],
  ["S", "cannot-tell"],
  ["z", "take-back"],
  [" ", "replay"],
  ["?", "help"],
])("%s means %s", (key, action) => expect(actionOf(press(key))).toBe(action));

test("other keys, keys held down and keys with modifiers mean nothing", () => {
  expect(actionOf(press("ArrowUp"))).toBeNull();
  expect(actionOf(press("ArrowLeft", { repeat: true }))).toBeNull();
  for (const modifier of ["ctrlKey", "altKey", "metaKey"]) {
    expect(actionOf(press("z", { [modifier]: true }))).toBeNull();
  }
});

test("every action and every key is there once", () => {
  expect(new Set(HOTKEYS.map(({ action }) => action)).size).toBe(HOTKEYS.length);
  expect(new Set(HOTKEYS.map(({ key }) => key)).size).toBe(HOTKEYS.length);
  for (const entry of HOTKEYS) expect(hotkey(entry.action)).toBe(entry);
});
