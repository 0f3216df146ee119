import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, asyncProperty, integer, nat } from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import type { Checkpoint } from "../training/journal.ts";
import { openStore } from "./open.ts";
import type { Store } from "./store.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let store: Store;
let run: string;
let folder: string;
beforeEach(async () => {
  directory = temporaryDirectory();
  store = await openStore(directory.path, "0.1.0");
  ({ id: run } = await store.createRun(newRun()));
  await store.claim(run);
  folder = join(directory.path, "checkpoints", run);
});
afterEach(async () => {
  await store.close();
  directory[Symbol.dispose]();
});

function checkpoint(steps: number): Checkpoint {
  return {
    steps,
    labels: 1,
    tensors: new Map([["weights", { shape: [1, 3], data: Float32Array.of(steps, 1, 2) }]]),
    state: { steps },
  };
}

test("the last three are kept", async () => {
  await Promise.all([10, 20, 30, 40, 50].map((steps) => store.saveCheckpoint(run, checkpoint(steps))));
  expect(readdirSync(folder).sort()).toEqual(["30.safetensors", "40.safetensors", "50.safetensors"]);
  expect(await store.loadCheckpoint(run)).toEqual({ checkpoint: checkpoint(50), warnings: [] });
});

test("one with the same steps does not write over the one before", async () => {
  await store.saveCheckpoint(run, checkpoint(10));
  await store.saveCheckpoint(run, { ...checkpoint(10), labels: 2 });
  expect(readdirSync(folder).sort()).toEqual(["10-2.safetensors", "10.safetensors"]);
  rmSync(join(folder, "10-2.safetensors"));
  expect((await store.loadCheckpoint(run)).checkpoint).toEqual(checkpoint(10));
});

const damages = {
  missing: (file: string) => rmSync(file),
  empty: (file: string) => truncateSync(file, 0),
  truncated: (file: string) => truncateSync(file, 50),
  longer: (file: string) => writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from([0])])),
  "a directory": (file: string) => {
    rmSync(file);
    mkdirSync(file);
  },
};
test.each(Object.entries(damages))(
  "one that is %s is refused by name and the one before it used",
  async (_, damage) => {
    for (const steps of [10, 20, 30]) await store.saveCheckpoint(run, checkpoint(steps));
    damage(join(folder, "30.safetensors"));
    damage(join(folder, "20.safetensors"));
    const { checkpoint: loaded, warnings } = await store.loadCheckpoint(run);
    expect(loaded).toEqual(checkpoint(10));
    expect(warnings).toEqual([
      expect.stringContaining(join(folder, "30.safetensors")),
      expect.stringContaining(join(folder, "20.safetensors")),
    ]);
  },
);

test("any changed byte is noticed", async () => {
  for (const steps of [10, 20]) await store.saveCheckpoint(run, checkpoint(steps));
  const file = join(folder, "20.safetensors");
  const bytes = readFileSync(file);
  await assert(
    asyncProperty(nat(bytes.length - 1), integer({ min: 1, max: 255 }), async (index, flip) => {
      const changed = Buffer.from(bytes);
      changed[index] ^= flip;
      writeFileSync(file, changed);
      const loaded = await store.loadCheckpoint(run);
      expect(loaded.checkpoint?.steps).toBe(10);
      expect(loaded.warnings).toHaveLength(1);
    }),
    { numRuns: 50 },
  );
  writeFileSync(file, bytes);
  expect(await store.loadCheckpoint(run)).toEqual({ checkpoint: checkpoint(20), warnings: [] });
});

test("where none is sound the run starts anew and says so; the next one saved is used", async () => {
  await store.saveCheckpoint(run, checkpoint(30));
  rmSync(folder, { recursive: true });
  const { checkpoint: loaded, warnings } = await store.loadCheckpoint(run);
  expect(loaded).toBeNull();
  expect(warnings.at(-1)).toContain("starts anew");
  // Fewer steps than the damaged one, and still the newest.
  await store.saveCheckpoint(run, checkpoint(10));
  expect(await store.loadCheckpoint(run)).toEqual({ checkpoint: checkpoint(10), warnings: [] });
});

test("leftovers of interrupted writes are removed when the run goes on", async () => {
  await store.saveCheckpoint(run, checkpoint(10));
  writeFileSync(join(folder, "20.safetensors.partial"), "half");
  writeFileSync(join(folder, "20.safetensors"), "moved but not recorded");
  const { start, warnings } = await store.resume(run);
  expect(start.checkpoint).toEqual(checkpoint(10));
  expect(warnings).toEqual([]);
  expect(readdirSync(folder)).toEqual(["10.safetensors"]);
});

test("one that cannot be written says where, and the one before it stays", async () => {
  await store.saveCheckpoint(run, checkpoint(10));
  mkdirSync(join(folder, "20.safetensors.partial"));
  await expect(store.saveCheckpoint(run, checkpoint(20))).rejects.toMatchObject({
    code: "unwritable",
    message: expect.stringContaining("20.safetensors"),
  });
  expect((await store.loadCheckpoint(run)).checkpoint).toEqual(checkpoint(10));
});
