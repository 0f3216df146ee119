import fc from "fast-check";
import { expect, test } from "vitest";
import { writeNpy } from "../../../test/npy.ts";
import { UsageError } from "../errors.ts";
import { readNpy } from "./npy.ts";

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
const countOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  "|i1": [-128, 127],
  "|u1": [0, 255],
  "|b1": [0, 1],
  "<i2": [-(2 ** 15), 2 ** 15 - 1],
  ">u2": [0, 2 ** 16 - 1],
  "<i4": [-(2 ** 31), 2 ** 31 - 1],
  ">u4": [0, 2 ** 32 - 1],
  "<i8": [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ">u8": [0, Number.MAX_SAFE_INTEGER],
};

/** The start of an .npy file, up to the numbers. */
function withHeader(header: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  return Buffer.concat([Buffer.from("\x93NUMPY\x01\0", "latin1"), length, Buffer.from(header, "latin1")]);
}

test("what was written is read, for every type of number", () => {
  const array = fc.tuple(
    shapes,
    fc.constantFrom<1 | 2 | 3>(1, 2, 3),
    fc.oneof(fc.constantFrom("<f8", ">f8", "<f4"), fc.constantFrom(...Object.keys(RANGES))),
  );
  const withValues = array.chain(([shape, version, descr]) => {
    const [min, max] = RANGES[descr] ?? [0, 0];
    const value = descr.includes("f8") ? fc.double() : descr.includes("f4") ? fc.float() : fc.integer({ min, max });
    const values = fc.array(value, { minLength: countOf(shape), maxLength: countOf(shape) });
    return fc.record({ shape: fc.constant(shape), version: fc.constant(version), descr: fc.constant(descr), values });
  });
  fc.assert(
    fc.property(withValues, ({ shape, version, descr, values }) => {
      const read = readNpy(writeNpy(shape, values, { version, descr }), "label");
      expect(read.shape).toEqual(shape);
      expect([...read.values]).toEqual(values);
    }),
  );
});

test("Fortran's order of axes gives the same array", () => {
  const values = [1, 2, 3, 4, 5, 6];
  // [[1, 2, 3], [4, 5, 6]] column by column
  const fortran = writeNpy([2, 3], [1, 4, 2, 5, 3, 6], { fortran: true });
  expect([...readNpy(fortran, "label").values]).toEqual(values);
  const cube = writeNpy([2, 1, 3], [1, 4, 2, 5, 3, 6], { fortran: true });
  expect([...readNpy(cube, "label").values]).toEqual(values);
});

test("an array cut short at any length is refused, and so is one with something after it", () => {
  const whole = writeNpy([2, 3], [1, 2, 3, 4, 5, 6]);
  for (let length = 0; length < whole.length; length++) {
    expect(() => readNpy(whole.subarray(0, length), "label"), `${length} bytes`).toThrow(UsageError);
  }
  expect(() => readNpy(Buffer.concat([whole, Buffer.alloc(3)]), "label")).toThrow("3 bytes more");
});

test("a header that says anything is read or refused, never followed blindly", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary-ascii", maxLength: 90 }),
      fc.uint8Array({ maxLength: 40 }),
      (header, rest) => {
        const bytes = Buffer.concat([withHeader(header), rest]);
        expect(() => readNpy(bytes, "label")).toThrow(UsageError);
      },
    ),
  );
});

test("what is wrong is said", () => {
  const ofType = (descr: string) => () => readNpy(writeNpy([0], [], { descr }), "label");
  expect(() => readNpy(Buffer.from("PK"), "label")).toThrow("not a NumPy array");
  expect(ofType("|O8")).toThrow(/Python objects.*astype/);
  expect(ofType("<U8")).toThrow(/type <U8.*Expected floats/);
  expect(ofType("<c16")).toThrow("type <c16");
  const huge = writeNpy([1e9, 1e9], []);
  expect(() => readNpy(huge, "label")).toThrow("truncated");
  const fields = withHeader("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (0,), }");
  expect(() => readNpy(fields, "label")).toThrow(/record of several fields.*Expected floats/);
  expect(() => readNpy(withHeader("{'descr': '<f8', 'shape': (0,), }"), "label")).toThrow("damaged");
  const newer = Buffer.from(writeNpy([1], [1]));
  newer[6] = 9;
  expect(() => readNpy(newer, "label")).toThrow("version 9");
});
