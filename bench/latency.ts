// What a person feels while the agent trains at full speed on all cores: the time from a key press to the next pair
// drawn, in a real browser, and the time until the reward model has learned from the answer.
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { launchChromium } from "../test/browser/chromium.ts";
import { answerPair } from "../test/browser/answer-pair.ts";
import { startCommand, type Command } from "../test/command.ts";
import { sumUpWaits } from "./waits.ts";

const ANSWERS = 100;
/** A quarter of them comes before the agent learns. */
const LABELS = 160;
const FIRST = LABELS / 4;

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
    for (let i = 0; i < FIRST; i++) await answerPair(page, i);
    await command.line((line) => line.event === "status" && line["phase"] === "learning");
    const drawn: number[] = [];
    const learned: Promise<number>[] = [];
    for (let i = 0; i < ANSWERS; i++) {
      const since = performance.now();
      drawn.push(await answerPair(page, i));
      learned.push(untilLearned(command, FIRST + i + 1, since));
    }
    const seen = await Promise.all(learned);
    if (!json) process.stderr.write(`${drawn.length} answers while the agent learned on every core\n`);
    return {
      event: "finished",
      bench: "latency",
      workers: availableParallelism(),
      answers: drawn.length,
      nextPairMilliseconds: sumUpWaits(drawn),
      learnedFromMilliseconds: sumUpWaits(seen),
    };
  } finally {
    await browser.close();
    command.process.kill("SIGKILL");
    await command.ended;
    await rm(data, { recursive: true, force: true });
  }
}
