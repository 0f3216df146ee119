import { expect, test } from "vitest";
import type { Answer } from "../../../src/feedback/judgement.ts";
import { answerWords, decisionWords } from "./answer-words.ts";

test.each<[Answer, string]>([
  [{ kind: "comparison", choice: "left" }, "Left is better"],
  [{ kind: "comparison", choice: "right", strength: "clearly" }, "Right is clearly better"],
  [{ kind: "comparison", choice: "cannot-tell" }, "Can’t tell"],
  [{ kind: "good-bad", choice: "bad" }, "Bad"],
  [{ kind: "rating", stars: 4 }, "4 of 5"],
  [{ kind: "ranking", order: [2, 0, 1] }, "Best first: 3, 1, 2"],
  [{ kind: "critique", parts: [{ from: 0.25, to: 1, good: false }] }, "Bad from 0.3 to 1.0 s"],
  [{ kind: "live", presses: [] }, "Watched without a press"],
  [{ kind: "live", presses: [{ at: 1, good: true }] }, "Liked 1 ×, disliked 0 ×"],
  [{ kind: "correction" }, "Shown better"],
  [{ kind: "stop", at: 0.44 }, "Never this, at 0.4 s"],
])("%j reads %s", (answer, words) => expect(answerWords(answer)).toBe(words));

test("a decision that was not measured has no time", () => {
  expect(decisionWords(null)).toBe("–");
  expect(decisionWords(2_350)).toBe("2.4 s");
});
