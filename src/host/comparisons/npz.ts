// Comparisons in NumPy's .npz: a ZIP archive of the arrays obs_1, obs_2, action_1, action_2 and label.
import type { ComparisonSet, LabelledPair } from "../../reward/comparison-set.ts";
import { UsageError } from "../errors.ts";
import { readNpy, type NumpyArray } from "./npy.ts";
import { ZipArchive } from "./zip.ts";

const LAYOUT =
  "Expected obs_1 and obs_2 [pairs, steps, observation size], action_1 and action_2 [pairs, steps, action size], and " +
  "label [pairs]: 0 where the first is better, 1 where the second is, 0.5 where neither is.";

/**
 * The comparisons in an .npz file.
 * @param name what to call it in messages
 * @throws UsageError where it is damaged or holds something else
 */
export function readNpz(bytes: Uint8Array, name: string): ComparisonSet {
  const archive = new ZipArchive(bytes, name);
  const missing = ["obs_1", "obs_2", "action_1", "action_2", "label"].filter(
    (entry) => !archive.names.includes(`${entry}.npy`),
  );
  if (missing.length > 0) {
    const found = archive.names.map((entry) => entry.replace(/\.npy$/, "")).join(", ") || "nothing";
    throw new UsageError(`${name} lacks ${missing.join(", ")}; it holds ${found}. ${LAYOUT}`);
  }
  const read = (entry: string): NumpyArray => {
    const what = `${entry} in ${name}`;
    const array = readNpy(archive.read(`${entry}.npy`), what);
    const at = array.values.findIndex((value) => !Number.isFinite(Math.fround(value)));
    if (at >= 0) {
      throw new UsageError(
        `${what} holds ${array.values[at]} at [${place(at, array.shape).join(", ")}]. Numbers must be finite, in 32 bits ` +
          "too: leave such pairs out.",
      );
    }
    return array;
  };
  const [first, second] = [read("obs_1"), read("obs_2")];
  const [firstActions, secondActions] = [read("action_1"), read("action_2")];
  const label = read("label");

  const [pairs, steps, observationSize] = first.shape;
  const actionSize = firstActions.shape[2];
  expectShape(first, "obs_1", ["pairs", "steps", "observation size"], name);
  expectShape(second, "obs_2", [pairs, steps, observationSize], name);
  expectShape(firstActions, "action_1", [pairs, steps, "action size"], name);
  expectShape(secondActions, "action_2", [pairs, steps, actionSize], name);
  // A column of labels is the same as a row of them.
  expectShape(label, "label", label.shape.length === 2 && label.shape[1] === 1 ? [pairs, 1] : [pairs], name);
  const wrong = label.values.findIndex((value) => value < 0 || value > 1);
  if (wrong >= 0) {
    throw new UsageError(
      `label in ${name} holds ${label.values[wrong]} at [${wrong}]. Labels go from 0 (the first is better) to 1 (the ` +
        "second is): correct it, or leave the pair out.",
    );
  }

  const segment = (index: number, observations: NumpyArray, actions: NumpyArray, pair: number) => ({
    id: index,
    length: steps,
    observations: part(observations, pair, steps * observationSize),
    actions: part(actions, pair, steps * actionSize),
  });
  return {
    task: null,
    steps,
    observationSize,
    actionSize,
    pairs: Array.from({ length: pairs }, (_, pair): LabelledPair => ({
      left: segment(2 * pair, first, firstActions, pair),
      right: segment(2 * pair + 1, second, secondActions, pair),
      leftShare: 1 - label.values[pair],
      annotator: null,
    })),
  };
}

function part(array: NumpyArray, index: number, length: number): Float32Array {
  return Float32Array.from(array.values.subarray(index * length, (index + 1) * length));
}

/** @param expected a number for a size that is known by now, and a word for one that may be anything from 1 up */
function expectShape(array: NumpyArray, entry: string, expected: readonly (number | string)[], name: string): void {
  const { shape } = array;
  const fits =
    shape.length === expected.length &&
    shape.every((size, axis) => (typeof expected[axis] === "number" ? size === expected[axis] : size >= 1));
  if (fits) return;
  throw new UsageError(`${entry} in ${name} has shape [${shape.join(", ")}], not [${expected.join(", ")}]. ${LAYOUT}`);
}

/** The index along each axis of the number at a place of a row-major array. */
function place(at: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = at;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return index;
}
