import { expect, test } from "vitest";
import type { Status } from "../../src/training/journal.ts";
import { shortNumber, type Situation, situation } from "./words.ts";

const STATUS: Status = { phase: "learning", steps: 1_000, labels: 10, waitingFor: null };
const CALM: Situation = {
  connected: true,
  pending: 0,
  run: { teacher: "person", answerTo: null, labelsWanted: 900 },
  status: STATUS,
  questions: 3,
  kind: "comparison",
};

test.each<[string, Partial<Situation>, string, RegExp]>([
  ["before the first contact", { connected: null, run: null, status: null }, "calm", /Connecting/],
  ["without runs", { run: null, status: null }, "calm", /^There are no runs yet\.$/],
  ["while all is well", {}, "calm", /practises on while you answer/],
  ["without pairs", { questions: 0 }, "waiting", /^No pair of clips to compare yet/],
  [
    "without pairs, before the agent learns",
    { questions: 0, status: { ...STATUS, phase: "asking", waitingFor: "It starts after 3 more." } },
    "waiting",
    /recording new ones\. It starts after 3 more\.$/,
  ],
  [
    "without pairs, while the agent waits",
    { questions: 0, status: { ...STATUS, phase: "waiting", waitingFor: "It goes on with your next answer." } },
    "waiting",
    /recording new ones\.$/,
  ],
  ["without clips of another kind", { questions: 0, kind: "rating" }, "waiting", /^No clip yet/],
  ["with all answers in", { questions: 0, status: { ...STATUS, labels: 900 } }, "calm", /All 900 answers are in/],
  [
    "while the agent waits",
    { status: { ...STATUS, phase: "waiting", waitingFor: "It goes on with your next answer." } },
    "waiting",
    /^It goes on with your next answer\.$/,
  ],
  ["without the server", { connected: false }, "trouble", /cannot be reached; trying again\.$/],
  ["without the server, with an answer", { connected: false, pending: 1 }, "trouble", /Your last answer is kept/],
  ["without the server, with answers", { connected: false, pending: 3 }, "trouble", /Your last 3 answers are kept/],
  [
    "while watching",
    { run: { teacher: "simulated", answerTo: "The simulated teacher answers.", labelsWanted: 900 } },
    "calm",
    /^You are watching\. The simulated teacher answers\.$/,
  ],
  ["at the end", { status: { ...STATUS, phase: "finished" } }, "calm", /run is over/],
  ["at the end, without the server", { connected: false, status: { ...STATUS, phase: "finished" } }, "calm", /is over/],
  ["after a failure", { status: { ...STATUS, phase: "failed" } }, "trouble", /failed/],
])("says what it waits for %s", (_, changes, tone, text) => {
  const said = situation({ ...CALM, ...changes });
  expect(said.tone).toBe(tone);
  expect(said.text).toMatch(text);
});

test.each([
  [0, "0"],
  [950, "950"],
  [0.25, "0.25"],
  [8_240, "8.24 k"],
  [50_000, "50 k"],
  [1_254_321, "1.25 M"],
])("writes %d shortly as %s", (value, text) => expect(shortNumber(value)).toBe(text));

test.each([
  [4.265, 0.005, "4.265"],
  [4.27, 0.005, "4.27"],
  [20_000, 5_000, "20 k"],
  [1_002_500, 500, "1.0025 M"],
  [0, 0.005, "0"],
])("tells %d from its neighbours %d away", (value, step, text) => expect(shortNumber(value, step)).toBe(text));
