// What was answered, in words.
import type { Answer, Kind, Selection } from "../../../src/feedback/judgement.ts";

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  comparison: "Comparison",
  "good-bad": "Good or bad",
  rating: "Rating",
  ranking: "Ranking",
  critique: "Critique",
  live: "Live",
  demonstration: "Demonstration",
  correction: "Correction",
  stop: "Stop",
};

export const SELECTION_NAMES: Readonly<Record<Selection, string>> = {
  initial: "Untrained agent",
  random: "At random",
  disagreement: "By disagreement",
  entropy: "By entropy",
  "k-center": "Unlike others",
  volunteered: "Brought",
};

const CHOICES = {
  left: "Left is better",
  right: "Right is better",
  equal: "Equally good",
  "cannot-tell": "Can’t tell",
  good: "Good",
  bad: "Bad",
} as const;

/** Choices that answers can be filtered by, with their names. */
export const CHOICE_NAMES: Readonly<Record<string, string>> = {
  ...CHOICES,
  ...Object.fromEntries([1, 2, 3, 4, 5].map((stars) => [String(stars), starWords(stars)])),
};

export function answerWords(answer: Answer): string {
  switch (answer.kind) {
    case "comparison":
      return answer.strength === undefined
        ? CHOICES[answer.choice]
        : CHOICES[answer.choice].replace("is better", `is ${answer.strength} better`);
    case "good-bad":
      return CHOICES[answer.choice];
    case "rating":
      return starWords(answer.stars);
    case "ranking":
      return `Best first: ${answer.order.map((position) => position + 1).join(", ")}`;
    case "critique":
      return answer.parts
        .map(({ from, to, good }) => `${good ? "Good" : "Bad"} from ${from.toFixed(1)} to ${to.toFixed(1)} s`)
        .join("; ");
    case "live":
      return liveWords(answer.presses.filter(({ good }) => good).length, answer.presses.length);
    case "demonstration":
      return "Shown by hand";
    case "correction":
      return "Shown better";
    case "stop":
      return `Never this, at ${answer.at.toFixed(1)} s`;
  }
}

function starWords(stars: number): string {
  return `${stars} of 5`;
}

function liveWords(good: number, all: number): string {
  return all === 0 ? "Watched without a press" : `Liked ${good} ×, disliked ${all - good} ×`;
}

/** "2.4 s", or a dash where it was not measured. */
export function decisionWords(milliseconds: number | null): string {
  return milliseconds === null ? "–" : `${(milliseconds / 1_000).toFixed(1)} s`;
}
