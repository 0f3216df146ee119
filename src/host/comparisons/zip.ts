// Reads files out of a ZIP archive, and takes nothing damaged for sound: every file's checksum is compared.
import { crc32, inflateRawSync } from "node:zlib";
import { messageOf, UsageError } from "../errors.ts";

// Signatures and layouts: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end).
const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const LOCAL_BYTES = 30;
const ENTRY_BYTES = 46;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
/** Where a size or a place does not fit into 32 bits, which is said in a field that this reader does not know. */
const ELSEWHERE = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  readonly encrypted: boolean;
  readonly method: number;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly start: number;
}

export class ZipArchive {
  readonly #bytes: Buffer;
  readonly #name: string;
  readonly #entries = new Map<string, Entry>();

  /**
   * @param bytes the whole archive
   * @param name what to call it in messages
   * @throws UsageError where it is not a ZIP archive or its end is missing
   */
  constructor(bytes: Uint8Array, name: string) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#name = name;
    if (this.#bytes.length < 4 || ![LOCAL, END].includes(this.#bytes.readUInt32LE(0))) {
      throw new UsageError(
        `${name} is not a ZIP archive, as every .npz file is. Write it with numpy.savez or numpy.savez_compressed.`,
      );
    }
    try {
      this.#readDirectory();
    } catch (error) {
      // A number was to be read where no bytes are left.
      throw error instanceof RangeError ? this.#truncated("its directory is cut short") : error;
    }
  }

  /** The names of its files. */
  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /**
   * The content of one of its files.
   * @throws UsageError where there is none of that name, or it is damaged, encrypted or packed in an unknown way
   */
  read(name: string): Uint8Array {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new UsageError(`${this.#name} holds no "${name}". It holds ${list(this.names)}.`);
    const what = `"${name}" in ${this.#name}`;
    if (entry.encrypted) throw new UsageError(`${what} is encrypted. Write it without a password.`);
    if (entry.method !== STORED && entry.method !== DEFLATED) {
      throw new UsageError(
        `${what} is packed by method ${entry.method}; only 0 (stored) and 8 (deflated) are read. ` +
          "Write it with numpy.savez or numpy.savez_compressed.",
      );
    }
    const content = entry.method === STORED ? this.#packed(entry, what) : this.#inflated(entry, what);
    if (content.length !== entry.bytes || crc32(content) !== entry.checksum) {
      throw new UsageError(`${what} is damaged: its checksum is not the one that was written. Get the file again.`);
    }
    return content;
  }

  #readDirectory(): void {
    const bytes = this.#bytes;
    const end = this.#findEnd();
    const count = bytes.readUInt16LE(end + 10);
    let at = bytes.readUInt32LE(end + 16);
    if (count === 0xffff || at === ELSEWHERE) throw this.#tooLarge();
    for (let i = 0; i < count; i++) {
      if (bytes.readUInt32LE(at) !== ENTRY) throw this.#truncated("its directory is not where it should be");
      const nameBytes = bytes.readUInt16LE(at + 28);
      const name = bytes.toString("utf8", at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
      const entry = {
        encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
        method: bytes.readUInt16LE(at + 10),
        checksum: bytes.readUInt32LE(at + 16),
        packedBytes: bytes.readUInt32LE(at + 20),
        bytes: bytes.readUInt32LE(at + 24),
        start: bytes.readUInt32LE(at + 42),
      };
      if ([entry.packedBytes, entry.bytes, entry.start].includes(ELSEWHERE)) throw this.#tooLarge();
      this.#entries.set(name, entry);
      at += ENTRY_BYTES + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
  }

  /** Where the record lies that ends the archive and says where its directory is. */
  #findEnd(): number {
    const bytes = this.#bytes;
    const last = bytes.length - END_BYTES;
    for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
      // The comment that may follow has to reach to the end exactly, or these four bytes stand there by chance.
      if (bytes.readUInt32LE(at) === END && bytes.readUInt16LE(at + 20) === last - at) return at;
    }
    throw this.#truncated("the record that ends a ZIP archive is missing");
  }

  #packed(entry: Entry, what: string): Buffer {
    const bytes = this.#bytes;
    const { start } = entry;
    if (start + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(start) !== LOCAL) {
      throw this.#truncated(`${what} is not where the directory says`);
    }
    const from = start + LOCAL_BYTES + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    if (from + entry.packedBytes > bytes.length) throw this.#truncated(`${what} is cut short`);
    return bytes.subarray(from, from + entry.packedBytes);
  }

  #inflated(entry: Entry, what: string): Buffer {
    const packed = this.#packed(entry, what);
    try {
      // One byte more than it should have is enough to notice that it has too many.
      return inflateRawSync(packed, { maxOutputLength: entry.bytes + 1 });
    } catch (error) {
      throw new UsageError(`${what} is damaged and cannot be unpacked (${messageOf(error)}). Get the file again.`, {
        cause: error,
      });
    }
  }

  #truncated(how: string): UsageError {
    return new UsageError(`${this.#name} is truncated or damaged: ${how}. Copy or download it again.`);
  }

  #tooLarge(): UsageError {
    return new UsageError(
      `${this.#name} uses the ZIP64 extension in its directory, for archives over 4 GB. Split it into smaller files.`,
    );
  }
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "nothing" : names.map((name) => `"${name}"`).join(", ");
}
