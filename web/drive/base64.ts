// Arrays of numbers as the server takes and gives them: base64 of little-endian 32-bit floats.

/** Characters are made of so many bytes at a time; a call takes only so many arguments. */
const PIECE = 8_192;

export function toBase64(floats: Float32Array): string {
  // Typed arrays are little-endian in every browser that has WebAssembly, whose memory is.
  const bytes = new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}

/** Throws where the text is no base64 of whole floats. */
export function fromBase64(text: string): Float32Array {
  const binary = atob(text);
  if (binary.length % 4 !== 0) throw new RangeError(`${binary.length} bytes are no whole number of 32-bit floats.`);
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}
