// The database's write-ahead log, brought to the disk by threads of their own: a disk may take as long for that as a
// person takes to press a key, and the thread that answers people must not stand still for it.
import { open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { StoreError } from "./errors.ts";

/**
 * SQLite itself syncs its log before it copies it into the database (https://www.sqlite.org/pragma.html#pragma_synchronous,
 * NORMAL). What `sync` adds is that a commit outlives a power cut from then on, as with FULL. The log carries no locks,
 * and stays the same file for as long as the database is open, so that it can be opened here too.
 */
export class Log {
  readonly #file: string;
  #handle: FileHandle | null = null;

  /** @param database the database's file, which is open */
  constructor(database: string) {
    this.#file = `${database}-wal`;
  }

  /** Resolves when every commit made before the call is on the disk. */
  async sync(): Promise<void> {
    try {
      if (this.#handle === null) {
        this.#handle = await open(this.#file, "r+");
        await syncDirectory(dirname(this.#file));
      }
      await this.#handle.datasync();
    } catch (cause) {
      // Nothing was written since the database was opened.
      if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return;
      throw new StoreError(
        "unwritable",
        `${this.#file} cannot be brought to the disk: ${cause instanceof Error ? cause.message : String(cause)}. ` +
          "The disk is full or failing. Free some space, or choose another data directory with --data.",
        { cause },
      );
    }
  }

  /** To be called before the database is closed, which removes the log. */
  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close();
  }
}

/** A file that was made is there after a power cut once its directory is synced; Windows knows no such thing. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
