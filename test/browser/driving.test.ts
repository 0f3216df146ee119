// Driving the robot in a real browser, with real physics, against the real server.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { serveDriving, type DrivingServer } from "../driving-fixture.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Compiling ten megabytes of physics takes a busy machine a while. */
const PATIENCE = { timeout: 60_000, interval: 25 };
const LONGEST = 180_000;
const SCREENSHOTS = process.env["HEED_SCREENSHOTS"] === "1";

const eventually = <Value>(value: () => Value | Promise<Value>) => expect.poll(value, PATIENCE);

/** A gamepad of the standard mapping, with some of its buttons. */
const GAMEPAD = `
  const pad = { index: 0, axes: [0, 0, 0, 0], buttons: Array.from({ length: 17 }, () => ({ pressed: false, value: 0 })) };
  navigator.getGamepads = () => [pad];
  window.pad = pad;
  window.plug = () => window.dispatchEvent(new Event("gamepadconnected"));
`;
const [RECORD, GO_BACK, GO] = [0, 1, 2];

describe.skipIf(whyNoChromium() !== undefined)("driving", { timeout: LONGEST }, () => {
  let browser: Browser;
  let serving: DrivingServer;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    serving = await serveDriving();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
  });
  afterEach(async () => {
    await page.close();
    await serving[Symbol.asyncDispose]();
  });

  /** Opens the page with this kind of answer chosen. */
  async function open(kind: string): Promise<void> {
    await page.addInitScript(`localStorage.setItem("heed.kind", ${JSON.stringify(kind)})`);
    await page.goto(serving.server.address);
  }

  const phase = (): Promise<string | null> => page.locator(".drive-world").getAttribute("data-phase");
  const notice = (): Promise<string> => page.locator(".drive-notice").innerText();
  /** Simulated seconds driven so far. */
  const clock = async (): Promise<number> => parseFloat(await page.locator(".drive-clock").innerText());

  /** Presses a gamepad's button for as long as it takes the page to see it: it looks with every frame that it draws. */
  async function tap(button: number): Promise<void> {
    await page.evaluate(`new Promise((resolve) => {
      window.pad.buttons[${button}].pressed = true;
      requestAnimationFrame(() => requestAnimationFrame(() => {
        window.pad.buttons[${button}].pressed = false;
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }));
    })`);
  }

  test("a person drives with keys, goes back, keeps what they recorded, and takes it back", async () => {
    await open("demonstration");
    await eventually(phase).toBe("paused");
    await page.keyboard.press("Enter");
    await eventually(phase).toBe("driving");
    await page.keyboard.down("ArrowUp");
    await eventually(clock).toBeGreaterThanOrEqual(0.4);
    expect(await page.locator('.drive-key[aria-pressed="true"]').count()).toBe(1);
    if (SCREENSHOTS) await page.screenshot({ path: join(import.meta.dirname, "../../docs/images/drive.png") });
    await eventually(clock).toBeGreaterThanOrEqual(2.5);
    await page.keyboard.up("ArrowUp");
    await page.keyboard.press("Space");
    await eventually(phase).toBe("paused");
    const before = await clock();
    await page.keyboard.down("r");
    await eventually(clock).toBeLessThan(before - 0.3);
    await page.keyboard.up("r");
    await eventually(phase).toBe("paused");
    await page.keyboard.press("p");
    await eventually(notice).toMatch(/^Kept\. The reward model learns from \d+ stretches of it\.$/);
    const windows = Number(/\d+/.exec(await notice())?.[0]);
    expect(windows).toBeGreaterThanOrEqual(2);
    expect(serving.live.heard).toHaveLength(windows);
    expect(serving.live.heard[0]).toMatch(/^volunteered .*\.0$/);
    await page.getByRole("button", { name: "Take back", exact: true }).click();
    await eventually(() => page.locator(".drive-kept li").count()).toBe(0);
    expect(serving.live.heard.filter((entry) => entry.startsWith("taken back"))).toHaveLength(windows);
    expect(errors).toEqual([]);
    expect(serving.faults).toEqual([]);
  });

  test("what is too short is not sent, and what is discarded is gone", async () => {
    await open("demonstration");
    await eventually(phase).toBe("paused");
    await page.keyboard.press("Enter");
    await eventually(clock).toBeGreaterThan(0.1);
    await page.keyboard.press("Enter");
    await eventually(notice).toContain("Keep or discard it");
    await page.keyboard.press("p");
    await eventually(notice).toContain("1.0 s are needed");
    await page.keyboard.press("Backspace");
    await eventually(notice).toContain("Discarded");
    expect(await page.getByRole("button", { name: /^Keep/ }).getAttribute("aria-disabled")).toBe("true");
    expect(serving.live.heard).toEqual([]);
    expect(errors).toEqual([]);
  });

  test("a person stops a clip, takes over from there, and shows better", async () => {
    await open("correction");
    await page.getByRole("button", { name: /^Take over/ }).click(PATIENCE);
    await eventually(phase).toBe("paused");
    expect(await page.locator("h1").innerText()).toBe("Take over and show better");
    await page.keyboard.press("p");
    await eventually(notice).toContain("0.5 s are needed");
    await page.keyboard.press("Space");
    await page.keyboard.down("q");
    await eventually(clock).toBeGreaterThanOrEqual(0.7);
    await page.keyboard.up("q");
    await page.keyboard.press("p");
    await eventually(notice).toContain("better than what the agent did");
    expect(serving.live.heard.length).toBeGreaterThanOrEqual(1);
    const kinds: string[] = [];
    for await (const { query, segments } of serving.store.exportJudgements(serving.run)) {
      kinds.push(query.kind);
      // The correction begins where the window does that it replaces.
      const [shown, replaced] = segments;
      expect(shown.observations[0]).toEqual(replaced.observations[0]);
      expect(shown.actions).not.toEqual(replaced.actions);
    }
    expect(new Set(kinds)).toEqual(new Set(["correction"]));
    // Undo is about what was asked; what was brought is taken back where it is listed.
    await page.getByRole("button", { name: "Back to the questions" }).click();
    await page.keyboard.press("z");
    await eventually(() => page.locator(".notice").innerText()).toBe("There is no answer to take back.");
    await page.getByRole("button", { name: /^Take over/ }).click(PATIENCE);
    await page.getByRole("button", { name: "Take back", exact: true }).click(PATIENCE);
    await eventually(() => page.locator(".drive-kept li").count()).toBe(0);
    expect(serving.live.heard.filter((entry) => entry.startsWith("taken back")).length).toBeGreaterThanOrEqual(1);
    expect(errors).toEqual([]);
    expect(serving.faults).toEqual([]);
  });

  test("a gamepad does all of it, and the sheet has its buttons", async () => {
    await page.addInitScript(GAMEPAD);
    await open("demonstration");
    await eventually(phase).toBe("paused");
    await page.evaluate("window.plug()");
    await tap(RECORD);
    await eventually(phase).toBe("driving");
    await eventually(clock).toBeGreaterThanOrEqual(1.3);
    await tap(GO);
    await eventually(phase).toBe("paused");
    await page.evaluate(`window.pad.buttons[${GO_BACK}].pressed = true`);
    await eventually(phase).toBe("rewinding");
    await page.evaluate(`window.pad.buttons[${GO_BACK}].pressed = false`);
    await eventually(phase).toBe("paused");
    expect(await page.locator('[data-action="drive-keep"] kbd').innerText()).toBe("Start");
    await page.keyboard.press("?");
    expect(await page.locator(".key-sheet h3").first().innerText()).toBe("Drive");
    await page.locator('.key-sheet [data-action="drive-keep"][data-for="key"]').click();
    await page.keyboard.press("m");
    await page.keyboard.press("?");
    await page.locator(".key-sheet").waitFor({ state: "hidden" });
    await page.keyboard.press("Space");
    await eventually(clock).toBeGreaterThanOrEqual(1.3);
    await page.keyboard.press("m");
    await eventually(notice).toMatch(/^Kept\./);
    expect(errors).toEqual([]);
  });

  test("axe-core has no objections to it, and it fits a phone", async () => {
    await page.setViewportSize({ width: 375, height: 800 });
    await open("demonstration");
    await eventually(phase).toBe("paused");
    await page.getByRole("button", { name: "stretch" }).dispatchEvent("pointerdown");
    await eventually(() => page.locator('.drive-key[aria-pressed="true"]').count()).toBe(1);
    await page.getByRole("button", { name: "stretch" }).dispatchEvent("pointerup");
    await eventually(() => page.locator('.drive-key[aria-pressed="true"]').count()).toBe(0);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
    // Its functions are put into the page by the test, which the page's own policy does not let its scripts do.
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeResults>("axe.run()");
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  });
});
