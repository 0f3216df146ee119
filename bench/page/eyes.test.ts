import { describe, expect, test } from "vitest";
import { findChromium } from "../../test/browser/chromium.ts";
import { openPage, said, seePair, useBrowser } from "../../test/browser/fixture.ts";
import { watchPair } from "./eyes.ts";
import { keyFor } from "./taste.ts";

describe.skipIf(findChromium() === undefined)("a script that sees the pictures of a pair", () => {
  useBrowser();

  test("prefers the clip that turns backward more, on whichever side it stands", async () => {
    const { page, server } = await openPage({ queries: 1 });
    await seePair(page, 1);
    await page.keyboard.press("Space");
    const sight = await watchPair(page, "", 10_000);
    if (sight === null) throw new Error("No pair was seen.");
    expect(sight.pair).toBe("1");
    await page.keyboard.press(keyFor(sight.left, sight.right));
    await expect.poll(() => server.judgements.length, { timeout: 20_000 }).toBe(1);
    // Half a turn in the query's left clip, a fifth of one in its right one.
    expect(server.judgements[0].answer).toEqual({ kind: "comparison", choice: "left" });
    expect(said(server)).toHaveLength(1);
    expect(await watchPair(page, "1", 100)).toBeNull();
  });
});
