import { expect, test } from "vitest";
import { markdownTable, numberText, summarise, summaryText } from "./summary.ts";

test("a summary has the sample standard deviation, and none for one value", () => {
  expect(summarise([1, 2, 6])).toEqual({ mean: 3, deviation: Math.sqrt(7), values: [1, 2, 6] });
  expect(summarise([4])).toEqual({ mean: 4, deviation: null, values: [4] });
  expect(summarise([])).toBeNull();
});

test("summaries are written with the digits that they deserve", () => {
  expect(summaryText(summarise([2_900, 3_100]))).toBe("3,000 ± 141");
  expect(summaryText(summarise([-4.25]))).toBe("−4.25");
  expect(summaryText(summarise([-40.04, -40.04]))).toBe("−40.0 ± 0.0");
  expect(summaryText(summarise([0.85, 0.95]), 1)).toBe("0.9 ± 0.1");
  expect(summaryText(null)).toBe("–");
  expect(numberText(-0.001, 2)).toBe("0.00");
});

test("a table is Markdown", () => {
  expect(markdownTable(["a", "b"], [["1", "2"]])).toBe("| a | b |\n| --- | --- |\n| 1 | 2 |");
});
