import { expect, it } from "vitest";
import { hasScreen } from "./browser.ts";

it("knows where somebody can see a browser", () => {
  expect(hasScreen(true, "linux", { DISPLAY: ":0" })).toBe(true);
  expect(hasScreen(true, "linux", { WAYLAND_DISPLAY: "wayland-0" })).toBe(true);
  expect(hasScreen(true, "darwin", {})).toBe(true);
});

it("knows where nobody can", () => {
  expect(hasScreen(false, "darwin", {})).toBe(false);
  expect(hasScreen(true, "linux", {})).toBe(false);
  expect(hasScreen(true, "darwin", { CI: "true" })).toBe(false);
});
