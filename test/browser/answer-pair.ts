// Answers a pair on the page as a person does, and measures how long the next one takes.
import type { Page } from "playwright-core";

const MEASURE = "answer-to-next-pair";

/**
 * Waits for a pair, thinks for half a second or so, answers it, and returns the milliseconds from the key press until
 * the next pair is drawn. Even turns prefer the left clip.
 */
export async function answerPair(page: Page, turn: number): Promise<number> {
  // The page's policy forbids what Playwright's own waiting for an expression would do.
  const times = (): Promise<number[]> =>
    page.evaluate(`performance.getEntriesByName("${MEASURE}").map(({ duration }) => duration)`);
  await page.locator(".pair[data-shown]").waitFor({ timeout: 120_000 });
  await page.waitForTimeout(300 + 400 * Math.random());
  const { length } = await times();
  await page.keyboard.press(turn % 2 === 0 ? "ArrowLeft" : "ArrowRight");
  let seen = await times();
  while (seen.length === length) {
    await page.waitForTimeout(20);
    seen = await times();
  }
  return seen[length];
}
