import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jsonLines, runCommand } from "../../../test/command.ts";
import { writeNpy, writeNpz } from "../../../test/npy.ts";
import { UsageError } from "../../host/errors.ts";
import { Output } from "../output.ts";
import { fit, type FitFlags } from "./fit.ts";

const PAIRS = 16;
const STEPS = 4;

let folder: string;
let archive: Uint8Array;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "heed-fit-"));
  archive = hopperLabels();
  writeFileSync(join(folder, "labels.npz"), archive);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Pairs of the hopper's sizes: the second is always faster and lower, and always preferred but for two equal ones. */
function hopperLabels(): Uint8Array {
  const observations = (velocity: number, height: number) =>
    writeNpy(
      [PAIRS, STEPS, 11],
      Array.from({ length: PAIRS * STEPS * 11 }, (_, i) =>
        i % 11 === 5 ? velocity : i % 11 === 0 ? height : Math.sin(i),
      ),
    );
  const actions = writeNpy(
    [PAIRS, STEPS, 3],
    Array.from({ length: PAIRS * STEPS * 3 }, (_, i) => Math.cos(i)),
  );
  return writeNpz({
    obs_1: observations(1, 1.2),
    obs_2: observations(2, 1.1),
    action_1: actions,
    action_2: actions,
    label: writeNpy(
      [PAIRS],
      Array.from({ length: PAIRS }, (_, i) => (i < 2 ? 0.5 : 1)),
    ),
  });
}

/** Runs the command in this process; a file's name is taken to be in the folder. */
async function run(name: string, flags: Partial<FitFlags> = {}, json = false) {
  let stdout = "";
  let stderr = "";
  const output = new Output(json, { write: (text) => (stdout += text) }, { write: (text) => (stderr += text) });
  const code = await fit(output, join(folder, name), { folds: 2, seeds: 1, ...flags });
  return { code, stdout, stderr };
}

describe("heed fit", () => {
  it("tells programs how good the reward model is, and draws it", async () => {
    const { code, stdout, stderr } = await run("labels.npz", { folds: 4, plot: join(folder, "r.svg") }, true);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const last = jsonLines(stdout).at(-1);
    expect(last).toMatchObject({
      event: "fitted",
      file: join(folder, "labels.npz"),
      format: "npz",
      robot: "hopper",
      pairs: PAIRS,
      decisivePairs: PAIRS - 2,
      cannotTell: 0,
      folds: 4,
      seeds: 1,
      accuracy: 1,
      interval: [expect.any(Number), 1],
      accuracyPerSeed: [1],
      calibrationError: expect.any(Number),
      annotators: [],
      baselines: {
        forwardVelocity: { accuracy: 1, better: "more", column: 5 },
        torsoHeight: { accuracy: 0, better: "more", column: 0 },
        // The actions are the same on both sides.
        actionSize: { accuracy: 0.5, better: "less", column: null },
      },
    });
    expect(stderr).toContain("Gymnasium's of hopper: forward velocity in column 5");
    expect(readFileSync(join(folder, "r.svg"), "utf8")).toMatch(/^<svg .*labels\.npz.*<\/svg>\n$/s);
  });

  it("tells people", async () => {
    const { code, stdout } = await run("labels.npz", { velocityColumn: 0 });
    expect(code).toBe(0);
    expect(stdout).toContain(`${PAIRS} comparisons of ${STEPS} steps; ${PAIRS - 2} prefer one side.`);
    expect(stdout).toMatch(
      /accuracy +100\.0 % +\(95 % interval 7\d\.\d % to 100\.0 %; seeds from 100\.0 % to 100\.0 %\)/,
    );
    expect(stdout).toMatch(/forward velocity +0\.0 % .*more is better/);
    expect(stdout).toMatch(/action size +50\.0 % .*less is better/);
  });

  it("says how often it agrees with each annotator of an export", async () => {
    const line = (index: number) => {
      const good = { observations: [[1], [1]], actions: [[0], [0]] };
      const bad = { observations: [[-1], [-1]], actions: [[0], [0]] };
      // Eve answers the other way round.
      const eve = index % 4 === 0;
      const judgement = {
        id: `j${index}`,
        answer: index === 1 ? "cannot-tell" : eve ? "right" : "left",
        annotator: eve ? "eve" : "ada",
      };
      return JSON.stringify({
        format: "heed-judgement",
        version: 1,
        task: "balance",
        judgement,
        left: good,
        right: bad,
      });
    };
    writeFileSync(join(folder, "labels.jsonl"), Array.from({ length: 24 }, (_, index) => line(index)).join("\n"));
    const { code, stdout, stderr } = await run("labels.jsonl", { folds: 3, seeds: 2 }, true);
    expect(code).toBe(0);
    expect(stderr).toContain("no forward velocity (name its column with --velocity-column)");
    expect(jsonLines(stdout).at(-1)).toMatchObject({
      format: "heed-judgement",
      task: "balance",
      robot: null,
      pairs: 23,
      cannotTell: 1,
      // All segments are the same two, so whatever is held out, its like was trained on.
      sharedPairs: 23,
      annotators: [
        { annotator: "ada", decisivePairs: 17, accuracy: 1 },
        { annotator: "eve", decisivePairs: 6, accuracy: 0 },
      ],
      baselines: { forwardVelocity: null, torsoHeight: null },
    });
  });
});

describe("used wrongly", () => {
  const broken: Record<string, () => Uint8Array | string> = {
    "text.npz": () => "not an archive",
    "truncated.npz": () => archive.subarray(0, archive.length / 2),
    "empty.npz": () => "",
    "equal.npz": () =>
      writeNpz({
        obs_1: writeNpy([2, 1, 1], [1, 2]),
        obs_2: writeNpy([2, 1, 1], [3, 4]),
        action_1: writeNpy([2, 1, 1], [0, 0]),
        action_2: writeNpy([2, 1, 1], [0, 0]),
        label: writeNpy([2], [0.5, 0.5]),
      }),
    "one.npz": () =>
      writeNpz({
        obs_1: writeNpy([1, 1, 1], [1]),
        obs_2: writeNpy([1, 1, 1], [2]),
        action_1: writeNpy([1, 1, 1], [0]),
        action_2: writeNpy([1, 1, 1], [0]),
        label: writeNpy([1], [1]),
      }),
    "bad.jsonl": () => '{"format":"heed-judgement"',
  };
  beforeAll(() => {
    for (const [name, content] of Object.entries(broken)) writeFileSync(join(folder, name), content());
  });

  it.each<[string, Partial<FitFlags>, RegExp]>([
    ["nowhere.npz", {}, /no file .*nowhere\.npz\. Expected comparisons as NumPy's \.npz/],
    [".", {}, / is no file/],
    ["empty.npz", {}, /empty\.npz is empty/],
    ["text.npz", {}, /not a ZIP archive/],
    ["truncated.npz", {}, /truncated\.npz is truncated or damaged/],
    ["equal.npz", {}, /None of the 2 comparisons in .*equal\.npz prefers one side/],
    ["bad.jsonl", {}, /Line 1 of .*bad\.jsonl is not JSON/],
    ["labels.npz", { folds: 17 }, /holds 16 comparisons, too few for 17 folds\. Give --folds a number from 2 to 16/],
    ["one.npz", {}, /one\.npz holds one comparison, and two are the fewest/],
    ["labels.npz", { heightColumn: 11 }, /--height-column: expected a column of the observation, 0 to 10, but got 11/],
    ["labels.npz", { plot: "nowhere/r.svg" }, /--plot: nowhere\/r\.svg cannot be written: its directory/],
    ["labels.npz", { plot: tmpdir() }, /--plot: .* is a directory\. Give the name of the SVG file/],
  ])("%s with %j says what was expected", async (name, flags, message) => {
    await expect(run(name, flags)).rejects.toThrow(message);
    await expect(run(name, flags)).rejects.toThrow(UsageError);
  });

  it.each([
    [["fit", "truncated.npz"], /truncated\.npz is truncated or damaged/],
    [["fit", "labels.npz", "--folds", "1"], /--folds: expected an integer from 2 to 1000, but got "1"/],
  ])("%j exits with 2", async (args, message) => {
    const { code, stdout, stderr } = await runCommand(args, { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});
