import { expect, test } from "vitest";
import { measureWords, momentWords, shareOfRun } from "./moment-words.ts";

test("a moment is told by its share of the run, its steps, its answers and its measures", () => {
  const moment = { steps: 301_056, labels: 120, measures: { backflips: 0.41 } };
  expect(momentWords(moment, 1_000_000)).toBe("30 % of the run, 301 k steps, 120 answers, 0.4 backflips");
  expect(momentWords({ ...moment, labels: 1, measures: {} }, 1_000_000)).toBe("30 % of the run, 301 k steps, 1 answer");
  expect(momentWords({ ...moment, measures: { backflips: 1.04 } }, 1_000_000)).toMatch(/, 1 backflip$/);
  expect(momentWords({ steps: 0, labels: 0, measures: { backflips: 0 } }, 1_000_000)).toBe("Untrained, 0 backflips");
});

test("a run that took a few steps more than it was to is no further than its end", () => {
  expect(shareOfRun({ steps: 1_003_000 }, 1_000_000)).toBe("100 %");
  expect(shareOfRun({ steps: 0 }, 0)).toBe("0 %");
});

test("several measures are told one after the other", () => {
  expect(measureWords({ backflips: 3, distanceTravelled: -12.345 })).toBe("3 backflips, -12.3 distance travelled");
});
