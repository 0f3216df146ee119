import { describe, expect, it } from "vitest";
import { Arena } from "./arena.ts";

describe("Arena", () => {
  it("hands out arrays that share no cache line, and never address 0", () => {
    const arena = new Arena(new SharedArrayBuffer(4096), 0, 4096);
    const arrays = [arena.floats(1), arena.integers(17), arena.floats(0), arena.floats(16)];
    expect(arrays.map(({ byteOffset }) => byteOffset)).toEqual([64, 128, 256, 256]);
    expect(arrays.map(({ length }) => length)).toEqual([1, 17, 0, 16]);
    expect(arena.used + arena.remaining).toBe(4096 - 64);
  });

  it("shows what another arena over the same bytes has written", () => {
    const buffer = new SharedArrayBuffer(4096);
    const written = new Arena(buffer, 1024, 1024).floats(3);
    written.set([1, 2, 3]);
    expect(new Arena(buffer, 1024, 1024).floats(3)).toEqual(written);
  });

  it("can be cut into parts", () => {
    const arena = new Arena(new SharedArrayBuffer(4096), 0, 4096);
    const part = arena.part(256);
    const after = arena.floats(1);
    expect(part.floats(48).byteOffset).toBe(64);
    expect(after.byteOffset).toBe(64 + 256);
  });

  it("says how much was asked for and how much remains when it is full", () => {
    const arena = new Arena(new SharedArrayBuffer(65536), 64, 256);
    arena.floats(20);
    expect(() => arena.floats(17)).toThrow("68 bytes were asked for and 64 of its 192 remain");
    expect(arena.floats(16).length).toBe(16);
    expect(arena.remaining).toBe(0);
  });

  it("refuses stretches that are crooked, too small or outside the memory, and lengths that are none", () => {
    const buffer = new SharedArrayBuffer(4096);
    expect(() => new Arena(buffer, 32, 128)).toThrow("must start at a multiple of 64 bytes, not at 32");
    expect(() => new Arena(buffer, 0, 64)).toThrow("An arena of 64 bytes at 0 does not fit");
    expect(() => new Arena(buffer, 64, 4096)).toThrow("the memory has 4096");
    expect(() => new Arena(buffer, 0, 4096).floats(-1)).toThrow("a whole number, at least 0, not -1");
  });
});
