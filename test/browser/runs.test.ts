// Managing runs in a real browser, against the real server; only the training is scripted.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startServing, type ServedData } from "../../src/host/serve.ts";
import type { RunsView } from "../../src/server/runs-api.ts";
import { scriptedTraining } from "../scripted-training.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";

const PATIENCE = { timeout: 30_000, interval: 25 };
const SCREENSHOTS = process.env["HEED_SCREENSHOTS"] === "1";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const eventually = <Value>(value: () => Value | Promise<Value>) => expect.poll(value, PATIENCE);

/** Curves that look like those of an agent that learns: more slowly with a higher seed. */
const training = scriptedTraining({
  stepsPerLabel: 5_000,
  metrics: (labels, { seed }) => ({
    predictedReward: 2.4 * (1 - Math.exp(-labels / (20 + 15 * seed))) + 0.1 * Math.sin(labels / 2 + seed),
    rewardAccuracy: 0.5 + 0.35 * (1 - Math.exp(-labels / 25)),
    stepsPerSecond: 8_400,
  }),
});

describe.skipIf(whyNoChromium() !== undefined)("the list of runs", () => {
  let browser: Browser;
  let data: string;
  let served: ServedData;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), "heed-runs-"));
    served = await startServing({ data, port: 0, atOnce: 1, warn: () => {} }, training);
    await open();
  });
  afterEach(async () => {
    await page.context().close();
    await served.close();
    rmSync(data, { recursive: true, force: true });
  });

  async function open(options: BrowserContextOptions = {}): Promise<void> {
    // Colours that are on their way to others would be objected to.
    const still = { reducedMotion: "reduce" } as const;
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...still, ...options });
    page = await context.newPage();
    errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      const failed = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !failed) errors.push(message.text());
    });
    await page.goto(served.address);
  }

  async function start(wanted: object): Promise<void> {
    const response = await fetch(`${served.address}/api/runs`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ task: "hopper-backflip", ...wanted }),
    });
    expect([response.status, await response.text()]).toEqual([201, expect.any(String)]);
  }

  /** Starts a run that a simulated teacher answers, and waits for its end. */
  async function finish(wanted: object): Promise<void> {
    await start({ teacher: "simulated", labels: 24, ...wanted });
    await eventually(async () => (await fetch(`${served.address}/api/runs`)).text()).not.toContain('"live":true');
  }

  const row = (name: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const objections = async (): Promise<string[]> => {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeResults>("axe.run()");
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`);
  };
  const picture = async (name: string): Promise<void> => {
    if (SCREENSHOTS) await page.screenshot({ path: join(import.meta.dirname, `../../docs/images/${name}.png`) });
  };

  test("says what to do where there is none, and starts one from a form that names what is wrong", async () => {
    await page.locator("main").getByText("There are no runs yet.").waitFor();
    await expect.poll(() => page.getByText("Connecting").count()).toBe(0);
    expect(await objections()).toEqual([]);
    await page.getByRole("button", { name: "New run" }).focus();
    await page.keyboard.press("Enter");
    const form = page.getByRole("dialog", { name: "New run" });
    await form.getByLabel("Task").waitFor();
    await form.getByLabel("Answers").or(form.getByLabel("Labels")).fill("half");
    await form.getByLabel("Name").fill("first try");
    await page.keyboard.press("Enter");
    await form.getByText('labels: expected an integer from 0 to 100000, but got "half".').waitFor();
    expect(await page.locator(":focus").getAttribute("name")).toBe("labels");
    expect(await objections()).toEqual([]);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("12");
    await form.getByText("More options").click();
    await form.getByLabel("Mistake").fill("2");
    await form.getByRole("button", { name: "Start" }).click();
    await form.getByText("mistake: expected a number from 0 to 1, but got 2.").waitFor();
    await form.getByLabel("Mistake").fill("");
    await form.getByRole("button", { name: "Start" }).click();
    await form.waitFor({ state: "detached" });
    await eventually(() => new URL(page.url()).hash).toBe("#/hopper-backflip-1/teach");
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await eventually(() => row("first try").innerText()).toMatch(/Asking[^]*0 of 12/);
    expect(errors).toEqual([]);
  });

  test("pauses, resumes, deletes and restores by keyboard", async () => {
    await start({ labels: 3, name: "mine" });
    await page.goto(`${served.address}/#/runs`);
    await page.getByRole("button", { name: "Pause mine" }).focus();
    await page.keyboard.press("Enter");
    await eventually(() => row("mine").innerText()).toContain("Stopped");
    await page.getByRole("button", { name: "Resume mine" }).focus();
    await page.keyboard.press("Space");
    await eventually(() => row("mine").innerText()).toContain("Asking");
    await page.getByRole("button", { name: "Delete mine" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("mine is deleted.").waitFor();
    await eventually(() => row("mine").count()).toBe(0);
    expect(await objections()).toEqual([]);
    // The focus is on the button that undoes it.
    await eventually(() => page.locator(":focus").innerText()).toBe("Undo");
    await page.keyboard.press("Enter");
    await eventually(() => row("mine").innerText()).toContain("Stopped");
    await press("Delete mine");
    await press("Close");
    await page.getByText("Deleted runs").click();
    await press("Restore mine");
    await row("mine").waitFor();
    expect(errors).toEqual([]);
  });

  test("one run at a time: the one that goes on can be paused for a new one", async () => {
    await start({ labels: 3, name: "old" });
    await page.goto(`${served.address}/#/runs`);
    await press("New run");
    const form = page.getByRole("dialog", { name: "New run" });
    await form.getByLabel("Name").fill("new");
    await form.getByRole("button", { name: "Start", exact: true }).click();
    await form.getByText("old goes on, and one run goes on at a time here.").waitFor();
    await form.getByRole("button", { name: "Pause old and start" }).click();
    await form.waitFor({ state: "detached" });
    await page.goto(`${served.address}/#/runs`);
    await eventually(() => row("old").innerText()).toContain("Stopped");
    await eventually(() => row("new").innerText()).toContain("Asking");
    await press("Resume old");
    await page.getByText("new goes on, and one run goes on at a time here.").waitFor();
    expect(errors).toEqual([]);
  });

  test("forks a run from a checkpoint, with another number of answers", async () => {
    await finish({ name: "source" });
    await page.goto(`${served.address}/#/runs`);
    await press("Fork source");
    const form = page.getByRole("dialog", { name: "Fork source" });
    await form.getByLabel("Name").fill("further");
    await form.getByLabel("Labels").fill("40");
    await form.getByLabel("Steps").fill("120,000");
    await form.getByRole("button", { name: "Fork", exact: true }).click();
    await form.getByText("steps: expected more than the 120000 that the checkpoint has taken").waitFor();
    await form.getByLabel("Steps").fill("200,000");
    expect(await objections()).toEqual([]);
    await form.getByRole("button", { name: "Fork and resume" }).click();
    await form.waitFor({ state: "detached" });
    await eventually(() => row("further").innerText()).toMatch(/forked from hopper-backflip-1[^]*Finished[^]*40 of 40/);
    expect(errors).toEqual([]);
  });

  test("compares two runs, in light and in dark", async () => {
    await finish({ name: "careful", seed: 1 });
    await finish({ name: "hasty", seed: 4, selection: "random" });
    await start({ labels: 300, name: "by hand", seed: 2 });
    await page.setViewportSize({ width: 1280, height: 1080 });
    await page.goto(`${served.address}/#/runs`);
    for (const name of ["careful", "hasty"]) await page.getByLabel(`Compare ${name}`).check();
    const comparison = page.getByRole("region", { name: "careful and hasty" });
    const drawn = () => comparison.getByRole("img").getAttribute("aria-label");
    const curve = (label: string) => comparison.getByLabel("Curve").selectOption({ label });
    await eventually(drawn).toMatch(
      /Predicted reward over environment steps. careful ends at \d.\d+; hasty ends at \d.\d+/,
    );
    // The list is looked at again every few seconds, and may say still what the second run was doing before.
    const figures = () => comparison.getByRole("table").innerText();
    await eventually(figures).toMatch(/Measured at the end\s+3.5 backflips\s+3.5 backflips/);
    expect(await figures()).toMatch(/Selection\s+k-center\s+random/);
    expect(await figures()).toMatch(/Seed\s+1\s+4/);
    await curve("Reward model accuracy");
    await eventually(drawn).toContain("Reward model accuracy");
    await curve("Predicted reward");
    await page.mouse.move(0, 0);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await objections()).toEqual([]);
      if (colorScheme === "light") await picture("runs");
    }
    // A third one takes the place of the first.
    await page.getByLabel("Compare by hand").check();
    await page.getByRole("region", { name: "hasty and by hand" }).waitFor();
    expect(await page.getByLabel("Compare careful").isChecked()).toBe(false);
    expect(errors).toEqual([]);
  });

  test("what is answered goes to the run that asked, also where the page has gone on to another", async () => {
    await served.close();
    served = await startServing({ data, port: 0, atOnce: 2, warn: () => {} }, training);
    await start({ labels: 5, name: "one" });
    await start({ labels: 5, name: "two" });
    const labels = async (): Promise<unknown> => {
      const { runs } = (await (await fetch(`${served.address}/api/runs`)).json()) as RunsView;
      return Object.fromEntries(runs.map(({ name, status }) => [name, status.labels]));
    };
    // The answers to the first run are held back until the page is about the second.
    const gate = Promise.withResolvers<void>();
    await page.route(/hopper-backflip-1\/judgements/, async (route) => {
      await gate.promise;
      await route.continue();
    });
    await page.goto(`${served.address}/#/hopper-backflip-1/teach`);
    for (const query of [1, 2]) {
      await page.locator(`[data-shown="${query}"]`).waitFor(PATIENCE);
      await page.keyboard.press("ArrowLeft");
    }
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await page.getByRole("link", { name: "two", exact: true }).click();
    await page.locator('[data-shown="1"]').waitFor(PATIENCE);
    await eventually(() => page.locator("header").innerText()).toContain("two");
    await page.keyboard.press("ArrowRight");
    await eventually(labels).toEqual({ one: 0, two: 1 });
    gate.resolve();
    await eventually(labels).toEqual({ one: 2, two: 1 });
    expect(errors).toEqual([]);
  });

  test("an address of a run that there is not says so", async () => {
    await page.goto(`${served.address}/#/hopper-backflip-9/teach`);
    await page.getByText("There is no such run here.").first().waitFor();
  });

  test("fits a phone", async () => {
    await finish({ name: "careful" });
    await start({ labels: 300, name: "by hand" });
    await page.context().close();
    await open({ viewport: { width: 375, height: 800 } });
    await page.goto(`${served.address}/#/runs`);
    for (const name of ["careful", "by hand"]) await page.getByLabel(`Compare ${name}`).check();
    await page.getByRole("region", { name: "careful and by hand" }).waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
    await press("New run");
    await page.getByRole("dialog", { name: "New run" }).getByLabel("Task").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
    expect(await objections()).toEqual([]);
    expect(errors).toEqual([]);
  });
});
