// Writes NumPy's formats, for tests of what reads them.
import { zipSync } from "fflate";

export interface NpyOptions {
  /** As NumPy spells it, such as `<f8`. */
  readonly descr?: string;
  readonly fortran?: boolean;
  readonly version?: 1 | 2 | 3;
}

/** An .npy file. `values` are in the order in which they shall lie in the file. */
export function writeNpy(
  shape: readonly number[],
  values: readonly number[],
  { descr = "<f8", fortran = false, version = 1 }: NpyOptions = {},
): Uint8Array {
  const size = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const header = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': (${size}), }`;
  const lengthBytes = version === 1 ? 2 : 4;
  const padding = 64 - ((8 + lengthBytes + header.length + 1) % 64);
  const padded = `${header}${" ".repeat(padding)}\n`;
  const width = Number(descr.slice(2));
  const file = Buffer.alloc(8 + lengthBytes + padded.length + values.length * width);
  file.write(`\x93NUMPY${String.fromCharCode(version)}\0`, "latin1");
  if (version === 1) file.writeUInt16LE(padded.length, 8);
  else file.writeUInt32LE(padded.length, 8);
  file.write(padded, 8 + lengthBytes, "latin1");
  const view = new DataView(file.buffer, file.byteOffset + 8 + lengthBytes + padded.length);
  for (const [i, value] of values.entries()) write(view, i * width, descr, value);
  return file;
}

function write(view: DataView, at: number, descr: string, value: number): void {
  const little = descr[0] !== ">";
  const kind = descr.slice(1);
  if (kind === "f8") view.setFloat64(at, value, little);
  else if (kind === "f4") view.setFloat32(at, value, little);
  else if (kind === "i8") view.setBigInt64(at, BigInt(value), little);
  else if (kind === "u8") view.setBigUint64(at, BigInt(value), little);
  else if (kind.endsWith("4")) view.setInt32(at, value, little);
  else if (kind.endsWith("2")) view.setInt16(at, value, little);
  else view.setInt8(at, value);
}

/** An .npz archive of arrays by name. */
export function writeNpz(arrays: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])));
}
