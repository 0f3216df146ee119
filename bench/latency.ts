// What a person feels while the agent trains at full speed on all cores: the time from a key press to the next pair
// drawn, in a real browser, and the time until the reward model has learned from the answer.
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { launchChromium } from "../test/browser/chromium.ts";
import { startCommand, type Command } from "../test/command.ts";

const ANSWERS = 100;
/** Between two answers; about the five a second at which a person can at most decide. */
const PAUSE_MILLISECONDS = 400;
const KEYS = ["ArrowLeft", "ArrowRight", "ArrowDown", "s"] as const;
const LABELS = 5_000;
const MEASURE = "answer-to-next-pair";

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

/** Answers the pair on the screen as soon as there is one. */
async function answer(page: Page, key: string): Promise<void> {
  const before = await measures(page);
  await page.keyboard.press(key);
  await page.waitForFunction(({ name, count }) => performance.getEntriesByName(name).length > count, {
    name: MEASURE,
    count: before.length,
  });
}

function measures(page: Page): Promise<number[]> {
  return page.evaluate((name) => performance.getEntriesByName(name).map(({ duration }) => duration), MEASURE);
}

/** Milliseconds until a line of metrics says that so many labels were learned from. */
async function untilLearned(command: Command, labels: number, since: number): Promise<number> {
  await command.line((line) => line.event === "progress" && Number(line["labels"]) >= labels);
  return performance.now() - since;
}

export async function run({ json }: { json: boolean }): Promise<object> {
  const data = await mkdtemp(join(tmpdir(), "heed-bench-"));
  const task = ["teach", "hopper-backflip", "--data", data, "--port", "0", "--no-open", "--json"];
  // So many steps per label that the agent never waits for this person.
  const command = startCommand(task.concat("--labels", String(LABELS), "--steps-per-label", "10000000"));
  const browser = await launchChromium();
  try {
    const { address } = await command.line(({ event }) => event === "started");
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(String(address));
    await page.waitForSelector("canvas");
    let given = 0;
    const learning = command.line((line) => line.event === "status" && line["phase"] === "learning");
    const pause = (): Promise<false> => sleep(PAUSE_MILLISECONDS / 2, false);
    while (!(await Promise.race([learning.then(() => true), pause()]))) {
      await answer(page, KEYS[given++ % KEYS.length]);
    }
    await sleep(5_000);
    const earlier = (await measures(page)).length;
    const learned: Promise<number>[] = [];
    for (let i = 0; i < ANSWERS; i++) {
      const since = performance.now();
      await answer(page, KEYS[given++ % KEYS.length]);
      learned.push(untilLearned(command, given, since));
      await sleep(PAUSE_MILLISECONDS);
    }
    const drawn = (await measures(page)).slice(earlier);
    const seen = await Promise.all(learned);
    if (!json) process.stderr.write(`${drawn.length} answers while the agent learned on every core\n`);
    return {
      event: "finished",
      bench: "latency",
      workers: availableParallelism(),
      answers: drawn.length,
      nextPairMilliseconds: {
        median: Math.round(quantile(drawn, 0.5)),
        p95: Math.round(quantile(drawn, 0.95)),
        most: Math.round(Math.max(...drawn)),
      },
      learnedFromMilliseconds: {
        median: Math.round(quantile(seen, 0.5)),
        p95: Math.round(quantile(seen, 0.95)),
        most: Math.round(Math.max(...seen)),
      },
    };
  } finally {
    await browser.close();
    command.process.kill("SIGKILL");
    await command.ended;
    await rm(data, { recursive: true, force: true });
  }
}
