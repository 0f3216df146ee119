// Pace, poses between two steps, base64 and keys: the small things that driving is made of.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, toBase64 } from "./base64.ts";
import { between } from "./between.ts";
import { type Controls, driveKeys, Held } from "./controls.ts";
import { Pace } from "./pace.ts";

describe("pace", () => {
  test("takes as many steps as time passes, at any rate of drawing and any speed", () => {
    for (const [rate, speed] of [
      [60, 1],
      [144, 0.5],
      [15, 0.25],
      [60, 0.1],
    ]) {
      const pace = new Pace(0.008);
      pace.speed = speed;
      let steps = 0;
      for (let frame = 0; frame <= 10 * rate; frame++) steps += pace.due((frame * 1_000) / rate);
      expect(Math.abs(steps - (10 * speed) / 0.008)).toBeLessThanOrEqual(1);
    }
  });

  test("after a stutter it goes on, and does not leap", () => {
    const pace = new Pace(0.01);
    pace.due(0);
    expect(pace.due(60_000)).toBe(10);
    pace.rest();
    expect(pace.due(70_000)).toBe(0);
    expect(pace.due(70_015)).toBe(1);
    expect(pace.fraction).toBeCloseTo(0.5);
    // A clock that goes back stands still.
    expect(pace.due(60_000)).toBe(0);
  });
});

test("poses between two steps lie between them, and turn the shorter way", () => {
  const half = Math.SQRT1_2;
  const from = Float32Array.of(0, 0, 1, 1, 0, 0, 0);
  // A quarter turn, written as the negative of its quaternion.
  const to = Float32Array.of(2, 4, 1, -half, 0, -half, 0);
  const out = new Float32Array(7);
  between(from, to, 0.5, out);
  expect([...out.subarray(0, 3)]).toEqual([1, 2, 1]);
  expect(Math.hypot(...out.subarray(3))).toBeCloseTo(1);
  expect(Math.abs(out[3])).toBeCloseTo(Math.cos(Math.PI / 8));
  between(from, to, 1, out);
  expect([...out]).toEqual([...to]);
});

test("base64 brings every float back, bit by bit", () => {
  fc.assert(
    fc.property(fc.float32Array({ maxLength: 20_000 / 4 }), (floats) => {
      expect(fromBase64(toBase64(floats))).toEqual(floats);
    }),
  );
  expect(toBase64(Float32Array.of(1))).toBe("AACAPw==");
  const many = Float32Array.from({ length: 30_001 }, (_, i) => i / 3);
  expect(fromBase64(toBase64(many.subarray(1)))).toEqual(many.slice(1));
  expect(() => fromBase64("AACA")).toThrow("no whole number of 32-bit floats");
});

describe("keys", () => {
  const CONTROLS: Controls = {
    names: ["hip", "knee"],
    low: [-1, -2],
    high: [1, 2],
    gestures: [{ name: "stretch", action: [1, 2] }],
  };
  const actionOf = (held: Held, gamepads: readonly (Gamepad | null)[] = []): number[] => {
    const out = new Float32Array(2);
    held.action(gamepads, out);
    return [...out];
  };

  test("each number of an action has a pair, and each gesture a key", () => {
    expect(driveKeys(CONTROLS).map(({ code, label }) => `${code} ${label}`)).toEqual([
      "KeyQ hip +",
      "KeyA hip −",
      "KeyW knee +",
      "KeyS knee −",
      "ArrowUp stretch",
    ]);
    const codes = driveKeys({ ...CONTROLS, names: Array.from({ length: 12 }, () => "x") }).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const taken of ["KeyR", "KeyN", "KeyP", "Space", "Enter"]) expect(codes).not.toContain(taken);
  });

  test("add up while they are held, within the world's bounds", () => {
    const held = new Held(CONTROLS);
    expect(held.press("KeyZ")).toBe(false);
    expect(held.press("KeyA")).toBe(true);
    expect(actionOf(held)).toEqual([-1, 0]);
    held.press("ArrowUp");
    expect(actionOf(held)).toEqual([0, 2]);
    held.press("KeyW");
    expect(actionOf(held)).toEqual([0, 2]);
    held.gentle = true;
    expect(actionOf(held)).toEqual([0, 1]);
    held.releaseAll();
    expect(actionOf(held)).toEqual([0, 0]);
  });

  test("a gamepad's sticks push, but not while they rest", () => {
    const pad = (axes: number[], trigger = 0): Gamepad => {
      const buttons = Array.from({ length: 17 }, (_, i) => ({ value: i === 7 ? trigger : 0 }));
      // Of a gamepad only sticks and buttons are read.
      return { axes, buttons } as unknown as Gamepad;
    };
    const held = new Held(CONTROLS);
    expect(actionOf(held, [null, pad([0.1, -0.1])])).toEqual([0, 0]);
    expect(actionOf(held, [pad([-0.5, -0.5])])).toEqual([-0.5, 1]);
    expect(actionOf(held, [pad([0, 0], 0.5)])).toEqual([0.5, 1]);
  });
});
