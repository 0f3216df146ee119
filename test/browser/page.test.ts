import { describe, expect, test } from "vitest";
import { KEYMAP } from "../../web/view/keys/keymap.ts";
import { findChromium } from "./chromium.ts";
import { eventually, objections, openPage, picture, seePair, situation, useBrowser } from "./fixture.ts";

describe.skipIf(findChromium() === undefined)("the page", () => {
  useBrowser();

  test("shows two clips that play, and the agent", async () => {
    const { page, errors, requests, server } = await openPage();
    await seePair(page, 1);
    // The pair on the screen, and three that are ready.
    const asked = requests.filter((address) => address.includes("/queries?"));
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
    const beside = page.getByRole("complementary");
    await eventually(() => beside.innerText()).toMatch(/0 of 900[^]*0\.0 minutes/);
    server.setStatus({ labels: 12, steps: 140_000 });
    await eventually(() => beside.innerText()).toMatch(/12 of 900/);
  });

  test("every tab has its address, opens without a reload, and says where one is", async () => {
    const { page, server, errors } = await openPage({ hash: "#/r1/watch" });
    await page.getByRole("link", { name: "Watch" }).and(page.locator('[aria-current="page"]')).waitFor();
    for (const [name, hash] of [
      ["Understand", "#/r1/understand"],
      ["Runs", "#/runs"],
      ["Teach", "#/r1/teach"],
    ]) {
      await page.getByRole("link", { name, exact: true }).click();
      await page.locator("main h1").waitFor();
      expect(new URL(page.url()).hash).toBe(hash);
    }
    await seePair(page, 1);
    await page.goBack();
    await page.locator("main.runs").waitFor();
    // Keys that answer mean nothing where nothing is asked.
    await page.keyboard.press("ArrowLeft");
    expect(server.bodies).toEqual([]);
    expect(errors).toEqual([]);
  });

  test("is light or dark as the system has it, or as the person chose", async () => {
    const { page } = await openPage({ context: { colorScheme: "dark" } });
    await seePair(page, 1);
    const paper = (): Promise<string> => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
    const dark = await paper();
    const change = page.getByRole("button", { name: /^Colours/ });
    await change.click();
    await eventually(paper).not.toBe(dark);
    await page.reload();
    await eventually(paper).not.toBe(dark);
    await change.click();
    await eventually(paper).toBe(dark);
  });

  test("screen readers hear what changed", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    const heard = page.getByRole("status");
    await page.keyboard.press("1");
    await eventually(() => heard.first().innerText()).toMatch(/You preferred the left one, clearly/);
    server.setStatus({ phase: "waiting", waitingFor: "It goes on with your next answer." });
    await eventually(() => heard.first().innerText()).toBe("It goes on with your next answer.");
    expect(await page.locator("[role=status], [aria-live]").count()).toBe(1);
  });

  test("says what it waits for", async () => {
    const { page, server } = await openPage({ queries: 0 });
    await eventually(() => situation(page)).toMatch(/^No pair of clips to compare yet/);
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
    expect(await page.locator("main button").count()).toBe(0);
    for (const key of ["ArrowLeft", "s", "z"]) await page.keyboard.press(key);
    const clip = page.locator(".agent-now .screen");
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
    for (const { explanation } of KEYMAP) expect(text).toContain(explanation);
    await picture(page, "keys");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: /^Keys/ }).click();
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
    server.setStatus({ labels: 212 });
    await page.getByText("212 of 900").waitFor();
    expect(await objections(page)).toEqual([]);
    await picture(page, `teach-${colorScheme}`);
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    expect(await objections(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Guide" }).click();
    await page.getByRole("dialog", { name: "Ways to answer" }).waitFor();
    expect(await objections(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("p");
    await page.getByRole("group", { name: "Paused" }).waitFor();
    expect(await objections(page)).toEqual([]);
    await page.keyboard.press("p");
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
