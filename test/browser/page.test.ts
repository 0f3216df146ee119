import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { HOTKEYS } from "../../web/view/hotkeys.ts";
import { findChromium } from "./chromium.ts";
import { eventually, openPage, seePair, situation, useBrowser } from "./fixture.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core objects to, by rule. */
async function objections(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate<AxeResults>("axe.run()");
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`);
}

describe.skipIf(findChromium() === undefined)("the page", () => {
  useBrowser();

  test("shows two clips that play, and the agent", async () => {
    const { page, errors, requests, server } = await openPage();
    await seePair(page, 1);
    // The pair on the screen, and three that are ready.
    const asked = requests.filter((address) => address.includes("/api/queries"));
    expect(asked.map((address) => new URL(address).searchParams.get("limit"))).toContain("4");
    const clips = page.locator(".screen");
    expect(await clips.count()).toBe(3);
    const first = await Promise.all([0, 1, 2].map((index) => clips.nth(index).screenshot()));
    for (const [index, picture] of first.entries()) {
      await eventually(async () => picture.equals(await clips.nth(index).screenshot())).toBe(false);
    }
    expect(first[0].equals(first[1])).toBe(false);
    // Nothing from elsewhere, and nothing that the content security policy forbids, which would be an error.
    expect(requests.filter((address) => !address.startsWith(`${server.address}/`))).toEqual([]);
    expect(errors).toEqual([]);
  });

  test("tells how the run is doing, as it changes", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    const figures = page.getByRole("complementary");
    await eventually(() => figures.innerText()).toMatch(/0 of 900[^]*accuracy\s+79 %[^]*Steps\s+128 k[^]*per second/);
    const [last] = server.metrics.slice(-1);
    server.send("metrics", { ...last, steps: 140_000, rewardAccuracy: 0.91, predictedReward: 2.5 });
    server.setStatus({ labels: 12, steps: 140_000 });
    await eventually(() => figures.innerText()).toMatch(/12 of 900[^]*accuracy\s+91 %[^]*Steps\s+140 k/);
    await eventually(() => figures.getByRole("img").getAttribute("aria-label")).toMatch(/2\.50 now/);
  });

  test("says what it waits for", async () => {
    const { page, server } = await openPage({ queries: 0 });
    await eventually(() => situation(page)).toMatch(/^No pair to compare yet/);
    await page.keyboard.press("ArrowLeft");
    server.open.push(1);
    server.send("queries", { open: 1 });
    await seePair(page, 1);
    expect(server.bodies).toEqual([]);
    server.setStatus({ phase: "waiting", waitingFor: "It goes on with your next answer." });
    await eventually(() => situation(page)).toBe("It goes on with your next answer.");
    server.setStatus({ phase: "learning", waitingFor: null });
    await eventually(() => situation(page)).toBe("The agent practises on while you answer.");
    server.run = { ...server.run, live: false, answerTo: "This run is over." };
    server.setStatus({ phase: "finished" });
    await eventually(() => situation(page)).toMatch(/^The run is over/);
    await page.getByRole("heading", { name: "What the agent does now" }).waitFor();
  });

  test("watches where no answers are taken", async () => {
    const { page, server } = await openPage({
      prepare: (server) => {
        server.run = { ...server.run, teacher: "simulated", answerTo: "The simulated teacher answers in this run." };
      },
    });
    await eventually(() => situation(page)).toBe("You are watching. The simulated teacher answers in this run.");
    expect(await page.getByRole("button").allInnerTexts()).toEqual([expect.stringMatching(/^Help/)]);
    for (const key of ["ArrowLeft", "s", "z"]) await page.keyboard.press(key);
    const clip = page.locator(".watch .screen");
    const first = await clip.screenshot();
    await eventually(async () => first.equals(await clip.screenshot())).toBe(false);
    expect(server.received).toEqual([]);
  });

  test("the help sheet lists every key, and has the keyboard to itself", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keys" });
    await sheet.waitFor();
    const text = await sheet.innerText();
    for (const { cap, explanation } of HOTKEYS) {
      expect(text).toContain(cap);
      expect(text).toContain(explanation);
    }
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Help" }).click();
    await sheet.waitFor();
    await page.keyboard.press("?");
    await sheet.waitFor({ state: "hidden" });
    await seePair(page, 1);
    expect(server.bodies).toEqual([]);
  });

  test("says so where the browser draws no WebGL, and takes no answers about what nobody saw", async () => {
    const { page, server } = await openPage({ script: "HTMLCanvasElement.prototype.getContext = () => null;" });
    await page.getByText("This browser draws no WebGL").first().waitFor();
    await page.keyboard.press("ArrowLeft");
    expect(await page.locator('.pair button[aria-disabled="false"]').count()).toBe(0);
    expect(server.bodies).toEqual([]);
  });

  test.each(["light", "dark"] as const)("axe-core has no objections to it, %s", async (colorScheme) => {
    const { page, server, errors } = await openPage({ context: { colorScheme } });
    await seePair(page, 1);
    expect(await objections(page)).toEqual([]);
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    expect(await objections(page)).toEqual([]);
    await page.keyboard.press("Escape");
    server.setStatus({ phase: "waiting", waitingFor: "It goes on with your next answer." });
    await page.locator('.saying[data-tone="waiting"]').waitFor();
    expect(await objections(page)).toEqual([]);
    await server.stop();
    await page.locator('.saying[data-tone="trouble"]').waitFor();
    expect(await objections(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  test.each([
    [1280, 800],
    [375, 700],
  ])("fits a window of %d by %d, and nothing in it jumps while it loads", async (width, height) => {
    const { page } = await openPage({
      context: { viewport: { width, height } },
      script: `
        window.shifts = 0;
        const add = (list) => list.getEntries().forEach((entry) => (window.shifts += entry.value));
        new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
      `,
    });
    await seePair(page, 1);
    expect(await page.evaluate("window.shifts")).toBeLessThan(0.02);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    if (width < 1_000) return;
    for (const [width, height] of [
      [1280, 800],
      [1024, 700],
    ]) {
      await page.setViewportSize({ width, height });
      await eventually(() => page.evaluate("document.documentElement.scrollHeight")).toBeLessThanOrEqual(height);
      await eventually(() => page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    }
  });
});
