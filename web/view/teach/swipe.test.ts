import { expect, test } from "vitest";
import { directionOf } from "./swipe.ts";

test.each([
  [-80, 10, "left"],
  [60, -20, "right"],
  [5, 90, "down"],
  [-30, -90, "up"],
  [20, 10, null],
  [60, 55, null],
] as const)("a finger that moves by %d, %d swipes %s", (x, y, direction) => expect(directionOf(x, y)).toBe(direction));
