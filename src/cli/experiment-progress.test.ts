import { describe, expect, it } from "vitest";
import type { RunProgress } from "../experiment/runner.ts";
import { ExperimentProgress, experimentProgressText } from "./experiment-progress.ts";

const progress: RunProgress = { trials: 8, finished: 2, failed: 0, stepsTaken: 150_000, stepsLeft: 1_000_000 };

describe("experimentProgressText", () => {
  it("says how far, how fast and how long", () => {
    expect(experimentProgressText(progress, 10)).toBe("█████░░░░░░░░░░░░░░░ 2/8 trials · 15,000 steps/s · 1:07 left");
  });

  it("says how many failed, and foretells nothing without a step taken", () => {
    expect(experimentProgressText({ ...progress, failed: 1, stepsTaken: 0 }, 10)).toBe(
      "█████░░░░░░░░░░░░░░░ 2/8 trials · 1 failed",
    );
  });

  it("is full where there is nothing left to do", () => {
    const done = { trials: 2, finished: 2, failed: 0, stepsTaken: 10, stepsLeft: 0 };
    expect(experimentProgressText(done, 2)).toBe("████████████████████ 2/2 trials · 5 steps/s");
  });
});

describe("ExperimentProgress", () => {
  const collect = (isTTY: boolean) => {
    const written: string[] = [];
    return { written, stream: { isTTY, columns: 60, write: (text: string) => written.push(text) } };
  };

  it("rewrites one line on a terminal, no wider than it, and removes it", () => {
    const { written, stream } = collect(true);
    let now = 0;
    const line = new ExperimentProgress(stream, () => now);
    line.show(progress);
    now = 10_000;
    line.show({ ...progress, stepsLeft: 1e9 });
    line.clear();
    line.clear();
    expect(written).toHaveLength(3);
    // Return and erase come first.
    expect(written[1].slice(4)).toHaveLength(59);
    expect(written[2]).toBe("\r\u001b[K");
  });

  it("writes a line every half minute elsewhere", () => {
    const { written, stream } = collect(false);
    let now = 0;
    const line = new ExperimentProgress(stream, () => now);
    line.show(progress);
    now = 29_999;
    line.show(progress);
    expect(written).toHaveLength(1);
    now = 30_000;
    line.show(progress);
    expect(written).toHaveLength(2);
    expect(written.every((text) => text.endsWith("\n"))).toBe(true);
  });
});
