// Teaches the backflip through the page, in a real browser, by a script that sees what a person sees, the two pictures on
// the screen, and does what a person does, which is to press keys.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchChromium } from "../test/browser/chromium.ts";
import { startCommand } from "../test/command.ts";
import { watchPair } from "./page/eyes.ts";
import { keyFor } from "./page/taste.ts";
import { sumUpWaits } from "./waits.ts";

/** As many as the simulated teacher gives in `docs/results.md`. */
const LABELS = 300;
/** Never more than 5 answers a second, however short the clips are. */
const LEAST_BETWEEN_ANSWERS = 200;
/** Milliseconds after which the script looks whether the run is over. */
const PATIENCE = 500;

interface Taught {
  readonly answers: Readonly<Record<string, number>>;
  /** Seconds from the first answer to the last. */
  readonly seconds: number;
}

/** Answers every pair that comes up, until `over` says that there will be no more. */
async function teach(page: Page, over: () => boolean, tell: (answers: number) => void): Promise<Taught> {
  await page.locator(".pair[data-shown]").waitFor({ timeout: 120_000 });
  await page.keyboard.press("Space");
  const answers: Record<string, number> = {};
  let [known, given, first, last] = ["", 0, 0, 0];
  while (!over()) {
    const sight = await watchPair(page, known, PATIENCE);
    if (sight === null) continue;
    const early = LEAST_BETWEEN_ANSWERS - (performance.now() - last);
    if (early > 0) await page.waitForTimeout(early);
    const key = keyFor(sight.left, sight.right);
    await page.keyboard.press(key);
    last = performance.now();
    if (given === 0) first = last;
    given += 1;
    answers[key] = (answers[key] ?? 0) + 1;
    known = sight.pair;
    tell(given);
  }
  return { answers, seconds: (last - first) / 1_000 };
}

const rounded = (value: number): number => Number(value.toFixed(1));

/** Measures one run, which is that of `flags` where there are more of them than usual. */
export async function run({ json, flags = [] }: { json: boolean; flags?: readonly string[] }): Promise<object> {
  const data = await mkdtemp(join(tmpdir(), "heed-bench-"));
  const began = performance.now();
  const task = ["teach", "hopper-backflip", "--teacher", "person", "--labels", String(LABELS), ...flags];
  const command = startCommand([...task, "--data", data, "--port", "0", "--no-open", "--json"]);
  const browser = await launchChromium();
  try {
    const { address } = await command.line(({ event }) => event === "started");
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(String(address));
    let over = false;
    const finished = command.line(({ event }) => event === "finished").finally(() => (over = true));
    // Where the run fails, the script stops, and then the failure is told.
    finished.catch(() => {});
    const taught = await teach(
      page,
      () => over,
      (given) => {
        if (!json && given % 25 === 0) {
          process.stderr.write(`${given} answers after ${rounded((performance.now() - began) / 1_000)} s\n`);
        }
      },
    );
    const { labels, steps, evaluation } = await finished;
    const seconds = (performance.now() - began) / 1_000;
    const drawn: number[] = await page.evaluate(
      'performance.getEntriesByName("answer-to-next-pair").map(({ duration }) => duration)',
    );
    return {
      event: "finished",
      bench: "page",
      labels,
      steps,
      evaluation,
      seconds: rounded(seconds),
      answers: taught.answers,
      answersASecond: rounded(Object.values(taught.answers).reduce((sum, count) => sum + count, 0) / taught.seconds),
      nextPairMilliseconds: sumUpWaits(drawn),
    };
  } finally {
    await browser.close();
    command.process.kill("SIGKILL");
    await command.ended;
    await rm(data, { recursive: true, force: true });
  }
}
