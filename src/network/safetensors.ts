// Reads and writes safetensors, the common file format for weights: an 8-byte length, a JSON header of that length that
// says where each array lies, and the arrays' bytes. Format: https://github.com/huggingface/safetensors#format

/** An array with its dimensions, row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** Longest header that is read, as in the format's own implementation. */
const LONGEST_HEADER = 100_000_000;

/** The types of numbers that are read. All are little-endian, like the machines that have run WebAssembly so far. */
const KINDS = {
  F32: { bytes: 4, read: (bytes: ArrayBuffer) => new Float32Array(bytes) },
  F64: { bytes: 8, read: (bytes: ArrayBuffer) => new Float64Array(bytes) },
} as const;

/**
 * A safetensors file with these arrays, in the map's order, and these strings as its `__metadata__`. Throws a RangeError
 * if an array has another length than its shape says.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  // Entries rather than properties, so that an array may be called `__proto__` like anything else.
  const header: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) header.push(["__metadata__", metadata]);
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    if (name === "__metadata__")
      throw new RangeError("An array cannot be called __metadata__: the format reserves it.");
    const length = shape.reduce((product, dimension) => product * dimension, 1);
    if (length !== data.length || !shape.every(isCount)) {
      throw new RangeError(`${name} has ${data.length} numbers, which do not fill the shape [${shape.join(", ")}].`);
    }
    const dtype = data instanceof Float64Array ? "F64" : "F32";
    header.push([name, { dtype, shape, data_offsets: [end, end + data.byteLength] }]);
    end += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  // Spaces after the JSON bring the arrays to a multiple of 8 bytes, which lets others map the file into memory.
  const start = 8 + Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  let at = start;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * The arrays and the metadata of a safetensors file, copied out of `bytes`. Arrays of 32- and 64-bit floats are read.
 * Throws an Error that says what is wrong with anything that is not such a file, whole.
 */
export function decodeSafetensors(bytes: Uint8Array): {
  readonly tensors: Map<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
} {
  const header = readHeader(bytes);
  const start = 8 + header.bytes;
  const available = bytes.length - start;
  const metadata = checkMetadata(header.json["__metadata__"]);
  const entries = Object.entries(header.json)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, entry]) => ({ name, ...checkEntry(name, entry) }))
    .sort((a, b) => a.from - b.from || a.to - b.to);

  // The arrays must cover the rest of the file, each byte once: anything else is damage.
  let end = 0;
  for (const { name, from, to } of entries) {
    if (from !== end) {
      fail(`${name} starts at byte ${from}, where byte ${end} was expected: arrays may neither overlap nor leave gaps`);
    }
    end = to;
  }
  if (end !== available) fail(`its arrays take ${end} bytes, but ${available} follow the header`);

  const tensors = new Map<string, Tensor>();
  for (const { name, dtype, shape, from, to } of entries) {
    tensors.set(name, { shape, data: KINDS[dtype].read(bytes.slice(start + from, start + to).buffer) });
  }
  return { tensors, metadata };
}

function readHeader(bytes: Uint8Array): { json: Readonly<Record<string, unknown>>; bytes: number } {
  if (bytes.length < 8) fail(`it has ${bytes.length} bytes, and the length of its header alone takes 8`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > LONGEST_HEADER)
    fail(`its header would have ${length} bytes, and more than ${LONGEST_HEADER} are never read`);
  if (length > bytes.length - 8) fail(`its header should have ${length} bytes, but only ${bytes.length - 8} are left`);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.slice(8, 8 + length)));
  } catch (error) {
    fail("its header is not JSON", error);
  }
  if (!isObject(json)) fail("its header is not a JSON object");
  return { json, bytes: length };
}

function checkMetadata(metadata: unknown): Record<string, string> {
  if (metadata === undefined) return {};
  if (!isObject(metadata)) fail("its __metadata__ is not an object of strings");
  const strings = Object.entries(metadata).map(([key, value]): [string, string] => {
    if (typeof value !== "string") fail(`its __metadata__ has ${JSON.stringify(key)}, which is not a string`);
    return [key, value];
  });
  return Object.fromEntries(strings);
}

function checkEntry(name: string, entry: unknown): Entry {
  if (!isObject(entry)) fail(`what it says of ${name} is not an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== "F32" && dtype !== "F64") {
    fail(
      `${name} holds numbers of type ${JSON.stringify(dtype)}; the known types are ${Object.keys(KINDS).join(", ")}`,
    );
  }
  if (!isCounts(shape)) fail(`the shape of ${name} is not a list of whole numbers from 0 up`);
  if (!isCounts(offsets) || offsets.length !== 2) fail(`${name} does not say where it starts and ends`);
  const [from, to] = offsets;
  const size = shape.reduce((product, dimension) => product * dimension, KINDS[dtype].bytes);
  if (to - from !== size) fail(`${name} goes from byte ${from} to ${to}, but its shape and type take ${size} bytes`);
  return { dtype, shape, from, to };
}

interface Entry {
  readonly dtype: keyof typeof KINDS;
  readonly shape: readonly number[];
  /** Bytes from the end of the header. */
  readonly from: number;
  readonly to: number;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isCount);
}

function fail(why: string, cause?: unknown): never {
  throw new Error(`This is not a whole safetensors file: ${why}.`, { cause });
}
