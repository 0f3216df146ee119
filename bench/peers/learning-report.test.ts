import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { appendLearned, readLearned, sameRun, type Learned } from "./learned.ts";
import { learningReport } from "./learning-report.ts";

const run = (task: string, seed: number, value: number): Learned => ({
  task,
  seed,
  steps: 1_000_000,
  hyperparameters: { clip: 0.2, hidden: [64, 64] },
  evaluation: value,
  training: value,
  seconds: 1,
});

describe("learningReport", () => {
  const heed = [1, 2, 3].map((seed) => run("hopper", seed, 2_000 + seed));

  it("says where heed is below for sure, and where nobody knows", () => {
    const below = learningReport(["hopper"], heed, [run("hopper", 1, 3_000), run("hopper", 2, 3_001)]);
    expect(below.split("\n").find((line) => line.startsWith("| hopper"))).toContain("-998 (-1,001 to -996), below");
    const unsure = learningReport(["hopper"], heed, [run("hopper", 1, 0), run("hopper", 2, 4_100)]);
    expect(unsure.split("\n").find((line) => line.startsWith("| hopper"))).not.toMatch(/below|above/);
  });

  it("leaves out tasks without seeds, and compares with what is there", () => {
    const report = learningReport(["reacher", "hopper"], heed, []);
    expect(report).not.toContain("| reacher");
    expect(report).toContain("2,383 ± 333 (3)");
  });
});

describe("the file of runs", () => {
  it("gives back what was appended, and names a broken line", () => {
    const file = join(mkdtempSync(join(tmpdir(), "heed-test-")), "results", "heed.jsonl");
    expect(readLearned(file)).toEqual([]);
    appendLearned(file, run("hopper", 1, 5));
    appendLearned(file, run("hopper", 2, 6));
    expect(readLearned(file).map(({ seed }) => seed)).toEqual([1, 2]);
    writeFileSync(file, `${JSON.stringify(run("hopper", 1, 5))}\n{"task":\n`);
    expect(() => readLearned(file)).toThrow("line 2");
  });

  it("takes other hyperparameters for another run", () => {
    const one = run("hopper", 1, 5);
    const other: Learned = { ...one, evaluation: 7 };
    expect(sameRun(one, other)).toBe(true);
    expect(sameRun(one, { ...one, seed: 2 })).toBe(false);
    expect(sameRun(one, { ...one, hyperparameters: { clip: 0.3, hidden: [64, 64] } })).toBe(false);
  });
});
