import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { linesOf } from "../../test/experiment-fixture.ts";
import type { TrialResult } from "./trial.ts";
import { TrialsFile } from "./trials-file.ts";

let directory: string;
const path = () => join(directory, "trials.jsonl");

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "heed-trials-"));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const result = (key: string, experiment = "test"): TrialResult => ({
  experiment,
  key,
  evaluation: { episodes: 20, trueReturn: null, measures: { "läps ": 1.5 } },
  curve: [[10, 1, -2.5]],
  seconds: 1.5,
});

function open(experiment = "test"): TrialsFile {
  const file = new TrialsFile(directory, experiment);
  file.close();
  return file;
}

function write(...results: TrialResult[]): void {
  const file = new TrialsFile(directory, "test");
  for (const one of results) file.append(one);
  file.close();
}

test("what was appended is there again", () => {
  directory = join(directory, "made", "on", "the", "way");
  write(result("a"), result("b"));
  expect([...open().finished]).toEqual([
    ["a", result("a")],
    ["b", result("b")],
  ]);
});

test("a last line that was cut off is removed, and the next one begins where it began", () => {
  write(result("a"));
  writeFileSync(path(), JSON.stringify(result("b")).slice(0, 40), { flag: "a" });
  write(result("c"));
  expect(linesOf(path()).map((line) => JSON.parse(line).key)).toEqual(["a", "c"]);
});

test.each([
  ["no JSON", "{"],
  ["something else", `{"name":"a"}`],
  ["a curve that is none", JSON.stringify({ ...result("a"), curve: [[1, 2]] })],
])("a whole line with %s is refused by its number", (_, line) => {
  write(result("a"));
  writeFileSync(path(), `${line}\n`, { flag: "a" });
  expect(() => open()).toThrow(/Line 2 of .*trials\.jsonl is not a finished trial/);
});

test("another experiment's directory is refused, and left as it is", () => {
  write(result("a"));
  expect(() => open("other")).toThrow(/holds trials of the experiment "test", and this one is "other".*--out/);
  expect(linesOf(path())).toHaveLength(1);
});

test.each([
  ["a file", () => writeFileSync(join(directory, "taken"), "")],
  [
    "a directory where the trials' file should be",
    () => mkdirSync(join(directory, "taken", "trials.jsonl"), { recursive: true }),
  ],
])("%s cannot be used", (_, take) => {
  take();
  expect(() => new TrialsFile(join(directory, "taken"), "test")).toThrow(/Trials cannot be kept in .*taken.*--out/);
  expect(() => new TrialsFile(join(directory, "taken"), "test")).toThrow(
    expect.objectContaining({ name: "UsageError" }),
  );
});

test.skipIf(process.platform !== "linux")("nor can one where the system makes none, which is said at once", () => {
  expect(() => new TrialsFile("/proc/heed/trials", "test")).toThrow(/Trials cannot be kept in \/proc\/heed\/trials/);
});
