import { assert, float32Array, property } from "fast-check";
import { expect, test } from "vitest";
import { fromBytes, toBytes } from "./bytes.ts";

test("numbers are little-endian on disk", () => {
  expect([...toBytes(Float32Array.of(1))]).toEqual([0, 0, 0x80, 0x3f]);
});

test("numbers come back as they were, from wherever they lie in memory", () => {
  assert(
    property(float32Array(), (values) => {
      const unaligned = new Uint8Array(values.byteLength + 1).subarray(1);
      unaligned.set(toBytes(values));
      expect(fromBytes(unaligned)).toEqual(values);
    }),
  );
});

test("half a number is refused", () => {
  expect(() => fromBytes(new Uint8Array(6))).toThrow("found 6 bytes");
});
