import { expect, it } from "vitest";
import { answerTogether } from "./annotators.ts";

it("loses, doubles and misattributes no answer of ten people at once, on connections that break", async () => {
  const outcome = await answerTogether({ annotators: 10, seconds: 5, rate: 60 });
  expect(outcome).toMatchObject({ lost: 0, doubled: 0, misattributed: 0, unacknowledged: 0, refused: [], faults: [] });
  expect(outcome.answers).toBeGreaterThan(10);
}, 60_000);
