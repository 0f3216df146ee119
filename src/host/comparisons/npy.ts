// Reads NumPy's .npy format: a header that is a Python dictionary, then the array's numbers.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import { UsageError } from "../errors.ts";

/** An array of numbers of any rank, row-major. */
export interface NumpyArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

const MAGIC = "\x93NUMPY";
/** Magic string and version. */
const PREFIX_BYTES = 8;

interface NumberType {
  readonly bytes: number;
  readonly read: (view: DataView, at: number, littleEndian: boolean) => number;
}

/** By NumPy's letter and size. 64-bit integers beyond 2^53 become the nearest number. */
const TYPES: Readonly<Record<string, NumberType>> = {
  f8: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
  f4: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  i8: { bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  i4: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  i2: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  u8: { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  u4: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  u2: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  b1: { bytes: 1, read: (view, at) => view.getUint8(at) },
};

/**
 * The array in an .npy file. Both byte orders and both orders of axes (C and Fortran) are read.
 * @param name what to call it in messages
 * @throws UsageError where the file is cut short, no .npy file, or holds anything but real numbers
 */
export function readNpy(bytes: Uint8Array, name: string): NumpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString("latin1");
  if (text(0, 6) !== MAGIC)
    throw new UsageError(`${name} is not a NumPy array: its first bytes are not an .npy file's.`);
  if (bytes.length < PREFIX_BYTES) throw truncated(name, "it ends within its first bytes");
  const version = bytes[6];
  if (version < 1 || version > 3) {
    throw new UsageError(
      `${name} is of version ${version} of the .npy format; 1 to 3 are read. Write it with np.savez.`,
    );
  }
  const lengthBytes = version === 1 ? 2 : 4;
  const headerStart = PREFIX_BYTES + lengthBytes;
  if (bytes.length < headerStart) throw truncated(name, "it ends within its header");
  const headerBytes = version === 1 ? view.getUint16(PREFIX_BYTES, true) : view.getUint32(PREFIX_BYTES, true);
  const start = headerStart + headerBytes;
  if (bytes.length < start) throw truncated(name, "it ends within its header");

  const { type, littleEndian, fortran, shape } = readHeader(text(headerStart, start), name);
  const count = shape.reduce((product, size) => product * size, 1);
  const expected = count * type.bytes;
  const found = bytes.length - start;
  if (!Number.isSafeInteger(expected) || found < expected) {
    throw truncated(
      name,
      `${expected} bytes of numbers were expected for shape (${shape.join(", ")}), and ${found} are there`,
    );
  }
  if (found > expected) {
    throw new UsageError(
      `${name} has ${found - expected} bytes more than its shape (${shape.join(", ")}) needs. Write it again.`,
    );
  }
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = type.read(view, start + i * type.bytes, littleEndian);
  return { shape, values: fortran ? rowMajor(values, shape) : values };
}

function readHeader(
  header: string,
  name: string,
): { type: NumberType; littleEndian: boolean; fortran: boolean; shape: number[] } {
  const descr = /'descr':\s*('[^']*'|\[)/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (descr === undefined || fortran === undefined || shape === undefined) {
    throw new UsageError(`${name} is damaged: its header does not say type, order and shape of the array.`);
  }
  const spelt = descr === "[" ? "a record of several fields" : descr.slice(1, -1);
  const [, order = "", kind = ""] = /^([<>|=])(.+)$/.exec(spelt) ?? [];
  const type = Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined;
  if (type === undefined) {
    const why = kind.startsWith("O") ? " (Python objects, which are pickled and could run code when read)" : "";
    throw new UsageError(
      `${name} is of type ${spelt}${why}. Expected floats of 4 or 8 bytes, integers or booleans: ` +
        "convert it with .astype(np.float64).",
    );
  }
  return {
    type,
    littleEndian: order !== ">",
    fortran: fortran === "True",
    shape: shape
      .split(",")
      .filter((size) => size.trim() !== "")
      .map(Number),
  };
}

/** What was written with its first axis running fastest, with its last axis running fastest. */
function rowMajor(values: Float64Array, shape: readonly number[]): Float64Array {
  const result = new Float64Array(values.length);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  const index = shape.map(() => 0);
  for (let i = 0; i < result.length; i++) {
    result[i] = values[index.reduce((at, position, axis) => at + position * strides[axis], 0)];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] += 1;
      if (index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
  return result;
}

function truncated(name: string, how: string): UsageError {
  return new UsageError(`${name} is truncated: ${how}. Copy or download the file again.`);
}
