import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { temporaryDirectory } from "../../test/store-fixture.ts";
import type { TrajectoryShape } from "../feedback/driven.ts";
import type { ExportedJudgement } from "../store/export.ts";
import { UsageError } from "./errors.ts";
import { readTrajectories, trajectoryLines } from "./trajectories.ts";

const SHAPE: TrajectoryShape = {
  observationSize: 2,
  actionSize: 1,
  poseSize: 7,
  stepSeconds: 0.25,
  windowSteps: 2,
  poseStride: 2,
};
const directory = temporaryDirectory();
afterAll(() => directory[Symbol.dispose]());

const rows = (count: number, size: number, value = 0.5) =>
  Array.from({ length: count }, (_, i) => Array.from({ length: size }, () => value + i));

const line = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  format: "heed-trajectory",
  version: 1,
  task: "hopper",
  stepSeconds: 0.25,
  observations: rows(6, 2),
  actions: rows(6, 1, 0.25),
  ...more,
});

let files = 0;
function fileOf(text: string): string {
  files += 1;
  const path = join(directory.path, `${files}.jsonl`);
  writeFileSync(path, text);
  return path;
}

const read = (...lines: readonly (Record<string, unknown> | string)[]) =>
  readTrajectories(
    fileOf(lines.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n")),
    "hopper",
    SHAPE,
  );

test("reads what is there, and names what has no name by what it holds", async () => {
  const [first, second] = await read(line({ id: "one", annotator: "Ada", poses: rows(6, 7) }), "", line());
  expect(first).toMatchObject({ id: "one", annotator: "Ada", steps: 6 });
  expect([...first.observations.subarray(0, 4)]).toEqual([0.5, 0.5, 1.5, 1.5]);
  expect(first.poses).toHaveLength(42);
  expect(second).toMatchObject({ annotator: null, poses: null });
  expect((await read(line()))[0].id).toBe(second.id);
  expect((await read(line({ actions: rows(6, 1, 0) })))[0].id).not.toBe(second.id);
});

test.each([
  ["cut off", [line(), JSON.stringify(line()).slice(0, 70)], /Line 2 of .* is not JSON. .* may have been cut off/],
  ["no object", ["[1]"], /Line 1 of .* is no JSON object/],
  ["another format", [line({ format: "heed-judgement" })], /has format: "heed-judgement"; expected "heed-trajectory"/],
  ["a later version", [line({ version: 2 })], /has version: 2; expected 1/],
  ["another task", [line(), line({ task: "ant" })], /Line 2 of .* has task: "ant"; expected "hopper"/],
  ["another rate", [line({ stepSeconds: 0.2 })], /has stepSeconds: 0.2; expected 0.25/],
  ["no observations", [line({ observations: undefined })], /has observations: nothing; expected a list of rows/],
  ["fewer actions", [line({ actions: rows(5, 1) })], /has 5 rows of actions and 6 of observations/],
  ["a wider row", [line({ actions: rows(6, 2) })], /has 2 numbers in row 0 of actions, .*; 1 numbers were expected/],
  ["no row", [line({ actions: [1, 2, 3, 4, 5, 6] })], /has 1 in row 0 of actions/],
  ["NaN, which JSON writes as null", [line({ observations: [...rows(5, 2), [1, null]] })], /has null in row 5 of obs/],
  ["infinity", [JSON.stringify(line()).replace("0.5", "1e999")], /Its observations hold Infinity \(step 0, number 0/],
  ["too short", [line({ observations: rows(2, 2), actions: rows(2, 1) })], /cannot be used. It lasts 0.50 simulated/],
  ["a bad id", [line({ id: "a b" })], /has id: "a b"; expected 1 to 56 letters/],
  ["a bad annotator", [line({ annotator: "\n" })], /has annotator: "\\n"; expected 1 to 64 printable/],
  [
    "the same id twice",
    [line({ id: "x" }), line({ id: "x", actions: rows(6, 1, 0) })],
    /Line 2 .* which line 1 has too/,
  ],
  ["nothing", ["", ""], /holds no trajectories/],
])("refuses a file with %s", async (_, lines, message) => {
  const reading = read(...lines);
  await expect(reading).rejects.toBeInstanceOf(UsageError);
  await expect(reading).rejects.toThrow(message);
});

test("refuses a file that is not there", async () => {
  await expect(readTrajectories(join(directory.path, "none"), "hopper", SHAPE)).rejects.toThrow("cannot be read");
});

test("whatever a line holds, it is read or refused with the line's number", async () => {
  const rowsOfAnything = fc.jsonValue();
  const nearly = fc
    .record({ observations: rowsOfAnything, actions: rowsOfAnything, poses: rowsOfAnything })
    .map((arrays) => JSON.stringify(line(arrays)));
  const anything = fc.oneof(fc.json(), nearly);
  await fc.assert(
    fc.asyncProperty(anything, async (text) => {
      const error: unknown = await read(line({ id: "sound" }), text).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error === null) return;
      expect(error).toBeInstanceOf(UsageError);
      expect(String(error)).toContain("Line 2 of");
    }),
    { numRuns: 60 },
  );
});

test("what is exported is read back", async () => {
  const judgement = (id: string, kind: "demonstration" | "correction", first: number): ExportedJudgement => ({
    format: "heed-judgement",
    version: 2,
    run: "hopper-1",
    task: "hopper",
    question: "Which?",
    stepSeconds: 0.25,
    judgement: { id, answer: { kind }, annotator: "Ada", decisionMilliseconds: null, answeredAt: "" },
    query: { id: 1, kind, selection: "volunteered", atStep: 0 },
    segments: [
      {
        id: 1,
        atStep: 0,
        policyVersion: 0,
        observations: rows(2, 2, first),
        actions: rows(2, 1, first),
        rewards: [null, null],
        clip: { framesPerSecond: 2, poses: rows(1, 7, first) },
      },
    ],
  });
  async function* judgements() {
    yield judgement("a.0", "demonstration", 0);
    yield judgement("a.1", "demonstration", 2);
    yield judgement("c.0", "correction", 9);
    yield judgement("b.0", "demonstration", 4);
    yield judgement("b.1", "demonstration", 6);
  }
  const lines: string[] = [];
  for await (const one of trajectoryLines(judgements())) lines.push(JSON.stringify(one));
  const [first, second] = await read(...lines);
  expect(lines).toHaveLength(2);
  expect([first.id, second.id, second.annotator]).toEqual(["a", "b", "Ada"]);
  expect([...first.actions]).toEqual([0, 1, 2, 3]);
  // The pose between two frames is the earlier one's.
  expect([0, 7, 14, 21].map((at) => second.poses?.[at])).toEqual([4, 4, 6, 6]);
});
