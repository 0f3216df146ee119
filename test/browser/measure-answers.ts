// Measures how long the next pair takes from a key press, on the page of a run that goes on:
//   node test/browser/measure-answers.ts http://127.0.0.1:4733 [answers]
// It answers at random, so give it a run that is made for the purpose.
import type { Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";

export interface AnswerTimes {
  readonly answers: number;
  /** Milliseconds from the key press until the next pair is drawn. */
  readonly median: number;
  readonly percentile95: number;
}

/** Answers so many pairs, one every half second or so, on a page that shows one already. */
export async function measureAnswers(page: Page, answers: number): Promise<AnswerTimes> {
  const count = (): Promise<number> => page.evaluate('performance.getEntriesByName("answer-to-next-pair").length');
  for (let i = 0; i < answers; i++) {
    await page.locator(".pair[data-shown]").waitFor({ timeout: 120_000 });
    await page.waitForTimeout(300 + 400 * Math.random());
    const before = await count();
    await page.keyboard.press(i % 2 === 0 ? "ArrowLeft" : "ArrowRight");
    // The page's policy forbids what Playwright's own waiting for an expression would do.
    while ((await count()) === before) await page.waitForTimeout(20);
  }
  const times = await page.evaluate<number[]>(
    'performance.getEntriesByName("answer-to-next-pair").map(({ duration }) => duration)',
  );
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { answers: sorted.length, median: quantile(0.5), percentile95: quantile(0.95) };
}

if (import.meta.main) {
  const [address, answers = "60"] = process.argv.slice(2);
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  console.log(JSON.stringify(await measureAnswers(page, Number(answers))));
  await browser.close();
}
