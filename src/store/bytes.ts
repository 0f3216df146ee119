// Numbers as they lie on disk and on the wire: little-endian 32-bit floats.
import { endianness } from "node:os";

const SWAP = endianness() === "BE";

/** The bytes of `values`, four per number. On little-endian machines a view of the same memory, not a copy. */
export function toBytes(values: Float32Array): Uint8Array {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return SWAP ? Buffer.from(bytes).swap32() : bytes;
}

/** The numbers in `bytes`, copied. Throws a RangeError where the length is no multiple of four. */
export function fromBytes(bytes: Uint8Array): Float32Array {
  if (bytes.byteLength % 4 !== 0) {
    throw new RangeError(`Expected whole 32-bit floats, found ${bytes.byteLength} bytes.`);
  }
  // A copy, because bytes from a database need not start where a Float32Array may.
  const copy = new Uint8Array(bytes);
  if (SWAP) Buffer.from(copy.buffer).swap32();
  return new Float32Array(copy.buffer);
}
