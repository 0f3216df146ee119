import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { UsageError } from "../errors.ts";
import { ZipArchive } from "./zip.ts";

const files = fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}\.npy$/), fc.uint8Array({ maxLength: 300 }), {
  minKeys: 1,
  maxKeys: 4,
});
const level = fc.constantFrom<0 | 6>(0, 6);

test("every file comes back as it was, stored or deflated", () => {
  fc.assert(
    fc.property(files, level, (content, level) => {
      const archive = new ZipArchive(zipSync(content, { level }), "a.npz");
      expect(archive.names.toSorted()).toEqual(Object.keys(content).toSorted());
      for (const [name, bytes] of Object.entries(content)) {
        expect(Buffer.from(archive.read(name)).equals(bytes)).toBe(true);
      }
    }),
  );
});

test("an archive cut short at any length is refused", () => {
  const whole = zipSync({ "label.npy": strToU8("0, 1, 0.5, 1, 1, 0") });
  for (let length = 0; length < whole.length; length++) {
    expect(() => new ZipArchive(whole.subarray(0, length), "a.npz"), `${length} bytes`).toThrow(UsageError);
  }
});

test("a bit that flipped never changes what is read", () => {
  const content = strToU8("numbers that people measured, twice numbers that people measured");
  fc.assert(
    fc.property(level, fc.nat(), fc.nat(7), (level, at, bit) => {
      const bytes = zipSync({ "label.npy": content }, { level });
      bytes[at % bytes.length] ^= 1 << bit;
      let read: Uint8Array;
      try {
        read = new ZipArchive(bytes, "a.npz").read("label.npy");
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        return;
      }
      // What flipped is something that nobody reads, such as a date.
      expect(Buffer.from(read).equals(content)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("a comment at the end is no part of the archive, even where it looks like one", () => {
  const bytes = zipSync({ "label.npy": strToU8("1") });
  const comment = strToU8("PK\u0005\u0006 said somebody, and went on for a while");
  const end = bytes.length - 22;
  const whole = Buffer.concat([bytes, comment]);
  whole.writeUInt16LE(comment.length, end + 20);
  expect([...new ZipArchive(whole, "a.npz").read("label.npy")]).toEqual([...strToU8("1")]);
});

test("what is wrong is said", () => {
  expect(() => new ZipArchive(strToU8("not an archive"), "a.npz")).toThrow(/a\.npz is not a ZIP archive.*numpy\.savez/);
  const sound = zipSync({ "label.npy": strToU8("1") });
  expect(() => new ZipArchive(sound, "a.npz").read("obs_1.npy")).toThrow('no "obs_1.npy". It holds "label.npy"');
  // Bit 0 of the flags says that a file is encrypted; the method stands two bytes on.
  const directory = Buffer.from(sound).indexOf("PK\u0001\u0002", 0, "latin1");
  const encrypted = sound.slice();
  encrypted[directory + 8] |= 1;
  expect(() => new ZipArchive(encrypted, "a.npz").read("label.npy")).toThrow("encrypted");
  const packed = sound.slice();
  packed[directory + 10] = 14;
  expect(() => new ZipArchive(packed, "a.npz").read("label.npy")).toThrow("packed by method 14");
});
