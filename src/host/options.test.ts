import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UsageError } from "./errors.ts";
import { checkOption, fillOptions } from "./options.ts";

describe("fillOptions", () => {
  it("fills every gap", () => {
    const filled = fillOptions({ task: "hopper" });
    expect(filled).toMatchObject({ task: "hopper", teacher: "person", labels: 300, seed: 1, steps: 1_500_000 });
    expect(filled.workers).toBeGreaterThan(0);
  });

  it("spreads the labels over the run, or makes the run as long as its labels allow", () => {
    const spread = fillOptions({ task: "hopper", labels: 100, steps: 1_000_000 });
    expect(spread.stepsPerLabel).toBe(Math.ceil(900_000 / 76));
    const allowed = fillOptions({ task: "hopper", labels: 100, stepsPerLabel: 1_000, workers: 1 });
    expect(allowed.steps).toBe(76_000 + 32 * 256 * 4);
    expect(fillOptions({ task: "hopper", labels: 100_000, steps: 1 }).stepsPerLabel).toBe(100);
  });

  it("asks nobody without a teacher", () => {
    const filled = fillOptions({ task: "hopper", teacher: "none" });
    expect(filled).toMatchObject({ labels: 0, steps: 1_000_000 });
    // What is filled in must be what the store takes.
    expect(Number.isInteger(filled.stepsPerLabel)).toBe(true);
    expect(() => fillOptions({ task: "hopper", labels: 0 })).toThrow("labels: expected at least 1");
  });

  it("keeps what is given", () => {
    const given = {
      ...fillOptions({ task: "hopper" }),
      teacher: "simulated",
      labels: 3,
      seed: 0,
      rationality: 0.5,
    } as const;
    expect(fillOptions(given)).toEqual(given);
  });

  it("refuses a name that is no option's, and lists those that are", () => {
    // Somebody who writes JavaScript has no types to tell them.
    const wrong: { task: string } = JSON.parse('{"task":"hopper","lables":900}');
    expect(() => fillOptions(wrong)).toThrow(/"lables".*labels, steps/);
  });
});

describe("checkOption", () => {
  it("says which numbers it takes", () => {
    expect(() => checkOption("labels", -1, "--labels")).toThrow(
      "--labels: expected an integer from 0 to 100000, but got -1.",
    );
  });

  it("tells numbers from integers", () => {
    expect(checkOption("mistake", 0.1)).toBe(0.1);
    expect(() => checkOption("mistake", 2)).toThrow("mistake: expected a number from 0 to 1, but got 2.");
  });

  it("says which words it takes", () => {
    expect(() => checkOption("teacher", "nobody")).toThrow(
      'teacher: expected person or simulated or none, but got "nobody".',
    );
  });

  it("takes kinds of feedback with commas between, and lists them for any other", () => {
    expect(checkOption("feedback", "rating,good-bad")).toBe("rating,good-bad");
    for (const wrong of ["", "ratings", "rating,", "rating, ranking", "demonstration", 3]) {
      expect(() => checkOption("feedback", wrong, "--feedback")).toThrow(
        "--feedback: expected one or more of comparison, good-bad, rating, ranking, critique, live, stop, with commas between",
      );
    }
  });

  it("takes integers within bounds and refuses everything else with a UsageError", () => {
    const anything = fc.oneof(fc.anything({ withBigInt: false }), fc.integer(), fc.double(), fc.string());
    fc.assert(
      fc.property(anything, (value) => {
        const sound = Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 64;
        if (sound) expect(checkOption("workers", value)).toBe(value);
        else expect(() => checkOption("workers", value)).toThrow(UsageError);
      }),
    );
  });
});
