import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { writeNpy, writeNpz, type NpyOptions } from "../../../test/npy.ts";
import { UsageError } from "../errors.ts";
import { readNpz } from "./npz.ts";

/** Two pairs of three steps, two numbers observed and one of action. */
const counted = (count: number, from: number) => Array.from({ length: count }, (_, i) => from + i);
const ARRAYS = {
  obs_1: writeNpy([2, 3, 2], counted(12, 0)),
  obs_2: writeNpy([2, 3, 2], counted(12, 100)),
  action_1: writeNpy([2, 3, 1], counted(6, 200)),
  action_2: writeNpy([2, 3, 1], counted(6, 300)),
  label: writeNpy([2], [0, 0.25]),
};
const withChange = (change: Partial<Record<keyof typeof ARRAYS, Uint8Array>>) => writeNpz({ ...ARRAYS, ...change });
const label = (values: readonly number[], options?: NpyOptions) =>
  withChange({ label: writeNpy([2], values, options) });

test("arrays become pairs of segments, and labels the left one's share", () => {
  const set = readNpz(writeNpz(ARRAYS), "a.npz");
  expect(set).toMatchObject({ task: null, steps: 3, observationSize: 2, actionSize: 1 });
  expect(set.pairs.map(({ leftShare, annotator }) => ({ leftShare, annotator }))).toEqual([
    { leftShare: 1, annotator: null },
    { leftShare: 0.75, annotator: null },
  ]);
  expect([...set.pairs[1].left.observations]).toEqual(counted(6, 6));
  expect([...set.pairs[0].right.observations]).toEqual(counted(6, 100));
  expect([...set.pairs[1].left.actions]).toEqual([203, 204, 205]);
  expect([...set.pairs[1].right.actions]).toEqual([303, 304, 305]);
});

test("labels may be whole numbers, or a column", () => {
  expect(readNpz(label([0, 1], { descr: "<i8" }), "a.npz").pairs.map((pair) => pair.leftShare)).toEqual([1, 0]);
  const column = withChange({ label: writeNpy([2, 1], [1, 0.5]) });
  expect(readNpz(column, "a.npz").pairs.map((pair) => pair.leftShare)).toEqual([0, 0.5]);
});

test.each([
  [
    "a missing array",
    writeNpz({ obs_1: ARRAYS.obs_1, label: ARRAYS.label }),
    /lacks obs_2, action_1, action_2; it holds obs_1, label\. Expected/,
  ],
  ["an empty archive", zipSync({}), /lacks obs_1.*it holds nothing/],
  ["labels above 1", label([0, 1.5]), /label in a\.npz holds 1\.5 at \[1\]\. Labels go from 0/],
  ["labels below 0", label([-1, 1]), /holds -1 at \[0\]/],
  ["a label that is no number", label([0, Number.NaN]), /label in a\.npz holds NaN at \[1\]/],
  [
    "an infinite observation",
    withChange({ obs_2: writeNpy([2, 3, 2], [...counted(11, 0), Infinity]) }),
    /obs_2 in a\.npz holds Infinity at \[1, 2, 1\]/,
  ],
  [
    "a number that 32 bits cannot hold",
    withChange({ action_1: writeNpy([2, 3, 1], [1e39, 0, 0, 0, 0, 0]) }),
    /holds 1e\+39 at \[0, 0, 0\].*32 bits/,
  ],
  ["fewer labels than pairs", withChange({ label: writeNpy([1], [0]) }), /label in a\.npz has shape \[1\], not \[2\]/],
  [
    "segments of other lengths",
    withChange({ obs_2: writeNpy([2, 2, 2], counted(8, 0)) }),
    /obs_2 .* shape \[2, 2, 2\], not \[2, 3, 2\]/,
  ],
  [
    "actions of other pairs",
    withChange({ action_1: writeNpy([1, 3, 1], counted(3, 0)) }),
    /action_1 .* shape \[1, 3, 1\], not \[2, 3, action size\]/,
  ],
  [
    "actions of two sizes",
    withChange({ action_2: writeNpy([2, 3, 2], counted(12, 0)) }),
    /action_2 .* shape \[2, 3, 2\], not \[2, 3, 1\]/,
  ],
  [
    "an axis too few",
    withChange({ obs_1: writeNpy([6, 2], counted(12, 0)) }),
    /obs_1 .* shape \[6, 2\], not \[pairs, steps, observation size\]/,
  ],
  ["no numbers at all", withChange({ obs_1: writeNpy([0, 3, 2], []) }), /obs_1 .* shape \[0, 3, 2\]/],
  ["words", withChange({ label: writeNpy([0], [], { descr: "<U5" }) }), /label in a\.npz is of type <U5/],
])("%s is refused", (_, bytes, message) => {
  expect(() => readNpz(bytes, "a.npz")).toThrow(message);
  expect(() => readNpz(bytes, "a.npz")).toThrow(UsageError);
});

test("a file cut short at any length is refused", () => {
  const whole = writeNpz(ARRAYS);
  for (let length = 0; length < whole.length; length++) {
    expect(() => readNpz(whole.subarray(0, length), "a.npz"), `${length} bytes`).toThrow(UsageError);
  }
});
