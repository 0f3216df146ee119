import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors, type Tensor } from "./safetensors.ts";

const tensor = fc
  .record({
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
    double: fc.boolean(),
    seed: fc.float({ noNaN: true }),
  })
  .map(({ shape, double, seed }): Tensor => {
    const length = shape.reduce((product, dimension) => product * dimension, 1);
    return { shape, data: double ? new Float64Array(length).fill(seed / 3) : new Float32Array(length).fill(seed) };
  });
const name = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => text !== "__metadata__");
const file = fc.record({
  tensors: fc.array(fc.tuple(name, tensor), { maxLength: 5 }).map((entries) => new Map(entries)),
  metadata: fc.dictionary(fc.string(), fc.string(), { maxKeys: 3, noNullPrototype: true }),
});

/** A file with this header, as it stands, and this many bytes of arrays. */
function handMade(header: string, arrays: number): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + arrays);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const entry = (from: number, to: number, shape = [(to - from) / 4]) => ({
  dtype: "F32",
  shape,
  data_offsets: [from, to],
});

describe("safetensors", () => {
  it("gives back what was written", () => {
    fc.assert(
      fc.property(file, ({ tensors, metadata }) => {
        const decoded = decodeSafetensors(encodeSafetensors(tensors, metadata));
        expect(decoded.tensors).toEqual(tensors);
        expect(decoded.metadata).toEqual(metadata);
      }),
    );
  });

  it("keeps names that mean something to JavaScript", () => {
    const tensors = new Map([["__proto__", { shape: [1], data: Float32Array.of(3) }]]);
    expect(decodeSafetensors(encodeSafetensors(tensors)).tensors).toEqual(tensors);
  });

  it("writes the bytes that the format's page describes", () => {
    const bytes = encodeSafetensors(new Map([["w", { shape: [1, 2], data: Float32Array.of(1, -2) }]]), { by: "heed" });
    const header = '{"__metadata__":{"by":"heed"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    expect([...bytes.subarray(0, 8)]).toEqual([padded.length, 0, 0, 0, 0, 0, 0, 0]);
    expect(new TextDecoder().decode(bytes.subarray(8, -8))).toBe(padded);
    expect([...bytes.subarray(-8)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
  });

  it("reads from the middle of a larger buffer", () => {
    const tensors = new Map([["w", { shape: [2], data: Float64Array.of(1, 2) }]]);
    const bytes = encodeSafetensors(tensors);
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(decodeSafetensors(larger.subarray(3)).tensors).toEqual(tensors);
  });

  it("refuses every file that was cut short", () => {
    fc.assert(
      fc.property(file, fc.nat(), ({ tensors, metadata }, seed) => {
        const bytes = encodeSafetensors(tensors, metadata);
        const cut = bytes.subarray(0, seed % bytes.length);
        expect(() => decodeSafetensors(cut)).toThrow("not a whole safetensors file");
      }),
    );
  });

  it("either reads a damaged file or says that it is damaged", () => {
    fc.assert(
      fc.property(
        file,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1 }),
        ({ tensors, metadata }, changes) => {
          const bytes = encodeSafetensors(tensors, metadata);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          let decoded;
          try {
            decoded = decodeSafetensors(bytes);
          } catch (error) {
            expect(String(error)).toContain("not a whole safetensors file");
            return;
          }
          for (const { shape, data } of decoded.tensors.values()) {
            expect(data.length).toBe(shape.reduce((product, dimension) => product * dimension, 1));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ["arrays that overlap", { a: entry(0, 8), b: entry(4, 12) }, 12, "b starts at byte 4, where byte 8 was expected"],
    ["gaps", { a: entry(0, 4), b: entry(8, 12) }, 12, "b starts at byte 8, where byte 4 was expected"],
    ["bytes left over", { a: entry(0, 4) }, 9, "its arrays take 4 bytes, but 9 follow"],
    ["arrays past the end", { a: entry(0, 8) }, 4, "its arrays take 8 bytes, but 4 follow"],
    ["a shape that does not fit", { a: entry(0, 8, [3]) }, 8, "its shape and type take 12 bytes"],
    ["a negative shape", { a: entry(0, 8, [-1, -2]) }, 8, "the shape of a is not a list of whole numbers"],
    ["an unknown type", { a: { ...entry(0, 4), dtype: "BF16" } }, 4, 'type "BF16"; the known types are F32, F64'],
    ["no offsets", { a: { dtype: "F32", shape: [1] } }, 4, "a does not say where it starts"],
    ["metadata that is not text", { __metadata__: { a: 1 } }, 0, '"a", which is not a string'],
    ["a header that is a list", [], 0, "its header is not a JSON object"],
  ])("refuses %s", (_, header, arrays, message) => {
    expect(() => decodeSafetensors(handMade(JSON.stringify(header), arrays))).toThrow(message);
  });

  it("refuses headers that are not JSON, or longer than the file or than anyone's", () => {
    expect(() => decodeSafetensors(handMade("{", 0))).toThrow("its header is not JSON");
    const long = handMade("{}", 0);
    long[1] = 1;
    expect(() => decodeSafetensors(long)).toThrow("its header should have 258 bytes, but only 2 are left");
    long[7] = 1;
    expect(() => decodeSafetensors(long)).toThrow("more than 100000000 are never read");
  });

  it("refuses to write an array that does not fill its shape", () => {
    const tensors = new Map([["w", { shape: [2, 2], data: new Float32Array(3) }]]);
    expect(() => encodeSafetensors(tensors)).toThrow("w has 3 numbers, which do not fill the shape [2, 2]");
  });
});
