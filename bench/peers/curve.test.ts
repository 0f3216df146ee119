import { expect, it } from "vitest";
import { commonReturn, finalReturn, secondsTo, type CurveLine } from "./curve.ts";

const curve = (...returns: (number | null)[]): CurveLine[] =>
  returns.map((trueReturn, i) => ({ steps: 100 * (i + 1), seconds: i + 1, trueReturn }));

it("takes the end of a run from its last tenth", () => {
  const lines = curve(...Array.from({ length: 20 }, (_, i) => (i < 18 ? -1_000 : i)));
  expect(finalReturn(lines)).toBe(18.5);
  expect(finalReturn(curve(1, null))).toBeNaN();
});

it("finds when a return is first reached, over lines without one", () => {
  expect(secondsTo(5, curve(1, null, 6, 4, 9))).toBe(3);
  expect(secondsTo(10, curve(1, 9))).toBe(Infinity);
});

it("finds the highest return that both curves reach", () => {
  const [a, b] = [curve(-5, 20, 3), curve(null, 7, 8)];
  expect(commonReturn(a, b)).toBe(8);
  expect(commonReturn(b, a)).toBe(8);
});
