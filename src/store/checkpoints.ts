// Checkpoints are files of their own, so that other programs can read the weights; the database says which of them are
// whole. A file is written beside its place, synced and moved there, and only then recorded with its hash.
import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors } from "../network/safetensors.ts";
import type { Checkpoint } from "../training/journal.ts";
import type { Context } from "./context.ts";
import { StoreError } from "./errors.ts";
import { InOrder } from "./in-order.ts";
import { syncDirectory } from "./log.ts";
import type { LoadedCheckpoint, Store } from "./store.ts";

/** Checkpoints of a run that are kept. */
const KEPT = 3;

export class Checkpoints {
  readonly #context: Context;
  readonly #saves = new InOrder();

  constructor(context: Context) {
    this.#context = context;
  }

  methods(): Pick<Store, "saveCheckpoint" | "loadCheckpoint"> {
    return {
      saveCheckpoint: (run, checkpoint) => this.save(run, checkpoint),
      loadCheckpoint: (run) => this.load(run),
    };
  }

  save(run: string, checkpoint: Checkpoint): Promise<void> {
    return this.#saves.add(() => this.#save(run, checkpoint));
  }

  /** The steps at which there are checkpoints, newest first. */
  async steps(run: string): Promise<readonly number[]> {
    return [...new Set((await this.#recorded(run)).map(({ steps }) => steps))];
  }

  /** The newest sound checkpoint at exactly these steps, or null where there is none. */
  async loadAt(run: string, steps: number): Promise<Checkpoint | null> {
    for (const { file, sha256, steps: at } of await this.#recorded(run)) {
      if (at !== steps) continue;
      try {
        return await readCheckpoint(join(this.#directory(run), file), sha256);
      } catch {
        // There may be another one of the same steps.
      }
    }
    return null;
  }

  /** Resolves when the saves asked for so far are done. */
  idle(): Promise<void> {
    return this.#saves.idle();
  }

  async load(run: string): Promise<LoadedCheckpoint> {
    const warnings: string[] = [];
    for (const { file, sha256 } of await this.#recorded(run)) {
      const path = join(this.#directory(run), file);
      try {
        return { checkpoint: await readCheckpoint(path, sha256), warnings };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        warnings.push(`Checkpoint ${path} is not used: ${reason} The one before it is used instead.`);
      }
    }
    if (warnings.length > 0) {
      warnings.push(`No sound checkpoint of run ${run} is left: it starts anew, with every judgement given so far.`);
    }
    return { checkpoint: null, warnings };
  }

  /** Removes what an interrupted save left behind. */
  async removeLeftovers(run: string): Promise<void> {
    const recorded = new Set((await this.#recorded(run)).map(({ file }) => file));
    for (const file of await filesIn(this.#directory(run))) {
      if (!recorded.has(file)) await rm(join(this.#directory(run), file), { recursive: true, force: true });
    }
  }

  async #save(run: string, checkpoint: Checkpoint): Promise<void> {
    const directory = this.#directory(run);
    const recorded = (await this.#recorded(run)).map(({ file }) => file);
    const file = freeName(checkpoint.steps, recorded);
    const bytes = encodeCheckpoint(checkpoint);
    try {
      await mkdir(directory, { recursive: true });
      await writeWhole(directory, file, bytes);
    } catch (cause) {
      throw new StoreError(
        "unwritable",
        `Checkpoint ${join(directory, file)} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}. ` +
          "Free some space or give yourself write permission; the run can then go on from the checkpoint before.",
        { cause },
      );
    }
    const dropped = recorded.slice(KEPT - 1);
    await this.#context.write(async (transaction) => {
      await transaction
        .insertInto("checkpoints")
        .values({ run, steps: checkpoint.steps, file, sha256: sha256Of(bytes) })
        .execute();
      if (dropped.length > 0) {
        await transaction.deleteFrom("checkpoints").where("run", "=", run).where("file", "in", dropped).execute();
      }
    });
    for (const old of dropped) await rm(join(directory, old), { force: true });
  }

  /** Newest first. */
  #recorded(run: string): Promise<{ file: string; sha256: string; steps: number }[]> {
    return this.#context.db
      .selectFrom("checkpoints")
      .select(["file", "sha256", "steps"])
      .where("run", "=", run)
      .orderBy("sequence", "desc")
      .execute();
  }

  #directory(run: string): string {
    return join(this.#context.directory, "checkpoints", run);
  }
}

/** A recorded file is never written over, so that a crash cannot leave it at odds with its hash. */
function freeName(steps: number, taken: readonly string[]): string {
  for (let copy = 1; ; copy++) {
    const name = copy === 1 ? `${steps}.safetensors` : `${steps}-${copy}.safetensors`;
    if (!taken.includes(name)) return name;
  }
}

function encodeCheckpoint({ steps, labels, tensors, state }: Checkpoint): Uint8Array {
  return encodeSafetensors(tensors, {
    format: "heed-checkpoint",
    steps: String(steps),
    labels: String(labels),
    state: JSON.stringify(state),
  });
}

async function readCheckpoint(path: string, sha256: string): Promise<Checkpoint> {
  let bytes: Uint8Array;
  try {
    // A plain array: slicing a Buffer does not copy, and decoding relies on copies.
    bytes = new Uint8Array(await readFile(path));
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new Error(missing ? "the file is missing." : `it cannot be read (${String(error)}).`, { cause: error });
  }
  if (sha256Of(bytes) !== sha256) throw new Error("it is damaged: its content is not what was written.");
  const { tensors, metadata } = decodeSafetensors(bytes);
  return {
    steps: Number(metadata["steps"]),
    labels: Number(metadata["labels"]),
    tensors,
    // The hash has shown that these are the bytes that encodeCheckpoint wrote.
    state: JSON.parse(metadata["state"]),
  };
}

/** Writes a file so that it is either there with all its bytes, even after a power cut, or not there. */
async function writeWhole(directory: string, name: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(directory, `${name}.partial`);
  const handle = await open(temporary, "w");
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, join(directory, name));
  // The move itself is on disk once the directory is.
  await syncDirectory(directory);
}

async function filesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
