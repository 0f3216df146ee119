import { describe, expect, it } from "vitest";
import type { Metrics, Status } from "../training/journal.ts";
import { duration, Progress, progressText } from "./progress.ts";

const goal = { labels: 900, steps: 1_300_000 };
const learning: Status = { phase: "learning", steps: 300_000, labels: 312, waitingFor: null };
const metrics: Metrics = {
  steps: 300_000,
  labels: 312,
  seconds: 30,
  stepsPerSecond: 10_000,
  rewardAccuracy: 0.842,
  rewardLoss: null,
  rewardHeldOutLoss: null,
  disagreement: null,
  predictedReward: null,
  trueReturn: null,
  policyEntropy: null,
  policyDivergence: null,
  explainedVariance: null,
  diverged: 0,
};

describe("progressText", () => {
  it("says how far, how fast, how well and how long", () => {
    expect(progressText(goal, learning, metrics)).toBe(
      "labels 312/900 · steps 300,000/1,300,000 · 10,000 steps/s · reward accuracy 84 % · 1:40 left",
    );
  });

  it("says what it waits for in place of speed and time left", () => {
    const waiting: Status = { ...learning, phase: "waiting", waitingFor: "The agent waits for an answer." };
    expect(progressText(goal, waiting, metrics)).toBe(
      "labels 312/900 · steps 300,000/1,300,000 · reward accuracy 84 % · waiting: The agent waits for an answer.",
    );
  });

  it("has words before there are figures", () => {
    expect(progressText(goal, { ...learning, phase: "starting", steps: 0 }, null)).toMatch(/0\/1,300,000 · starting$/);
  });
});

it("writes durations", () => {
  expect([0, 9.6, 75, 3725].map(duration)).toEqual(["0:00", "0:10", "1:15", "1:02:05"]);
});

describe("Progress", () => {
  const collect = (isTTY: boolean) => {
    const written: string[] = [];
    return { written, stream: { isTTY, columns: 60, write: (text: string) => written.push(text) } };
  };

  it("rewrites one line on a terminal, no wider than it", () => {
    const { written, stream } = collect(true);
    const progress = new Progress(goal, stream, () => 0);
    progress.status(learning);
    progress.metrics(metrics);
    progress.clear();
    expect(written.join("")).not.toContain("\n");
    expect(written).toHaveLength(3);
    // Return and erase come first.
    expect(written[1].slice(4)).toHaveLength(59);
    expect(written[2]).toBe("\r\u001b[K");
  });

  it("writes a line every five seconds elsewhere, and at once when the phase changes", () => {
    const { written, stream } = collect(false);
    let now = 0;
    const progress = new Progress(goal, stream, () => now);
    progress.status(learning);
    progress.metrics(metrics);
    now = 4_999;
    progress.metrics(metrics);
    expect(written).toHaveLength(1);
    now = 5_000;
    progress.metrics(metrics);
    expect(written).toHaveLength(2);
    progress.status({ ...learning, phase: "waiting", waitingFor: "an answer" });
    expect(written).toHaveLength(3);
    expect(written.every((line) => line.endsWith("\n"))).toBe(true);
  });
});
