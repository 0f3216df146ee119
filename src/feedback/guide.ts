// Each kind of feedback in words, for the page and the guide.
import type { Kind } from "./judgement.ts";

export interface GuideEntry {
  readonly name: string;
  /** What a person does, in a sentence. */
  readonly doing: string;
  /** What that says to the reward model, in a sentence. */
  readonly saying: string;
}

export const GUIDE: Readonly<Record<Kind, GuideEntry>> = {
  comparison: {
    name: "Compare",
    doing: "Say which of two clips is better, and slightly or clearly so if you like.",
    saying: "The better clip should have more reward in total than the other.",
  },
  "good-bad": {
    name: "Good or bad",
    doing: "Say whether a clip is good or bad.",
    saying: "Good clips should have reward above zero on average, bad ones below.",
  },
  rating: {
    name: "Rate",
    doing: "Give a clip one to five stars.",
    saying: "The more stars, the higher the clip's average reward should be.",
  },
  ranking: {
    name: "Rank",
    doing: "Put the clips in order, the best first.",
    saying: "Each clip should have more reward in total than all that come after it.",
  },
  critique: {
    name: "Critique",
    doing: "Brush the parts of a clip's timeline that are good or bad.",
    saying: "Good parts should have reward above zero, bad parts below; the rest of the clip is left open.",
  },
  live: {
    name: "Live",
    doing: "While the agent acts, press one key when you like what it does and another when you do not.",
    saying: "What happened in the second or so before a press should have reward above zero, or below.",
  },
  demonstration: {
    name: "Show",
    doing: "Drive the robot yourself.",
    saying: "What you did should have more reward than what the agent does.",
  },
  correction: {
    name: "Correct",
    doing: "Stop a clip where it goes wrong, take over from there, and show better.",
    saying: "What you did from there should have more reward than what the agent did.",
  },
  stop: {
    name: "Stop",
    doing: "Stop a clip at what must never happen.",
    saying: "The second before the stop should have very low reward, and the seconds before it not as low.",
  },
};
