import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Looks, Point } from "./eyes.ts";
import { keyFor, liking, torsoIn } from "./taste.ts";

/** A bar at this angle, anticlockwise in radians, with its middle at this height of the picture. */
function bar(angle: number, height = 0.5): Point[] {
  return Array.from({ length: 60 }, (_, i): Point => {
    const along = ((i % 20) - 9.5) / 100;
    const across = (Math.floor(i / 20) - 1) / 100;
    const x = along * Math.cos(angle) - across * Math.sin(angle);
    const y = along * Math.sin(angle) + across * Math.cos(angle);
    return [0.5 + x, 1 - height - y];
  });
}

/** A bar that turns by so many radians in ten looks. */
function turning(radians: number, height?: number): Looks {
  return Array.from({ length: 11 }, (_, i) => bar((radians * i) / 10, height));
}

test("sees how a bar lies, which looks the same from both ends", () => {
  fc.assert(
    fc.property(fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }), (angle) => {
      const torso = torsoIn(bar(angle, 0.3));
      const off = (torso?.angle ?? Number.NaN) - angle;
      expect(Math.abs(off - Math.PI * Math.round(off / Math.PI))).toBeLessThan(1e-6);
      expect(torso?.middle[1]).toBeCloseTo(0.7);
    }),
  );
});

describe("likes", () => {
  test("what turns anticlockwise, over half a turn and more", () => {
    expect(liking(turning(4))).toBeCloseTo(4 * 1.5);
    expect(liking(turning(-4))).toBeCloseTo(-4 * 1.5);
    expect(keyFor(turning(4), turning(2))).toBe("ArrowLeft");
    expect(keyFor(turning(-4), turning(2))).toBe("ArrowRight");
  });

  test("a turn high up more than one on the ground", () => {
    expect(keyFor(turning(2, 0.2), turning(2, 0.6))).toBe("ArrowRight");
  });

  test("neither where nobody sees a difference, and says so where too little was seen", () => {
    expect(keyFor(turning(1), turning(1.01))).toBe("ArrowDown");
    expect(keyFor(turning(1), [[], bar(0), bar(1)])).toBe("s");
    expect(keyFor([], turning(1))).toBe("s");
  });
});
