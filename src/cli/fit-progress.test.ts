import { expect, test } from "vitest";
import { FitProgress } from "./fit-progress.ts";

function watched(isTTY: boolean) {
  let now = 0;
  let written = "";
  const progress = new FitProgress(10, { isTTY, write: (text: string) => (written += text) }, () => now);
  return {
    progress,
    at: (seconds: number, done: number) => {
      now = seconds * 1000;
      written = "";
      progress.show(done);
      return written;
    },
    cleared: () => {
      written = "";
      progress.clear();
      return written;
    },
  };
}

test("at a terminal one line is rewritten, and removed at the end", () => {
  const { at, cleared } = watched(true);
  expect(at(2, 1)).toBe("\r\u001b[Kmodels 1/10 · 0:18 left");
  expect(at(3, 2)).toBe("\r\u001b[Kmodels 2/10 · 0:12 left");
  expect(cleared()).toBe("\r\u001b[K");
  expect(cleared()).toBe("");
});

test("elsewhere there is a line at once, and one every five seconds after it", () => {
  const { at, cleared } = watched(false);
  expect(at(2, 1)).toBe("models 1/10 · 0:18 left\n");
  expect(at(6, 3)).toBe("");
  expect(at(7, 4)).toBe("models 4/10 · 0:11 left\n");
  expect(at(8, 5)).toBe("");
  expect(at(12, 6)).toBe("models 6/10 · 0:08 left\n");
  expect(cleared()).toBe("");
});
