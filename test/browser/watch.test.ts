import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findChromium } from "./chromium.ts";
import { moment } from "./fake-past.ts";
import { eventually, objections, openPage, picture, useBrowser, type Opening } from "./fixture.ts";

const open = async (opening: Opening = {}) => {
  const opened = await openPage({ ...opening, hash: "/#/r1/watch" });
  await opened.page.getByRole("slider", { name: "When in the run" }).waitFor();
  return opened;
};
const slider = (page: Page) => page.getByRole("slider", { name: "When in the run" });
const captions = (page: Page): Promise<string[]> => page.locator("main figcaption").allInnerTexts();
const says = (page: Page) => slider(page).getAttribute("aria-valuetext");

describe.skipIf(findChromium() === undefined)("watching", () => {
  useBrowser();

  test("shows what the agent does now, and on the slider what it did at every tenth of its run", async () => {
    const { page, requests, errors } = await open();
    const screen = page.locator("main .screen");
    const first = await screen.screenshot();
    await eventually(async () => first.equals(await screen.screenshot())).toBe(false);
    expect(await captions(page)).toEqual(["Now, 128 k steps, 0 answers"]);
    expect((await page.locator(".tick-label").allInnerTexts()).slice(0, 3)).toEqual(["0 %", "10 %", "20 %"]);
    expect((await page.locator(".tick-value").allInnerTexts()).slice(0, 4)).toEqual(["0", "0.1", "0.7", "1.4"]);
    // No clip of the past is asked for before somebody looks at it.
    expect(requests.filter((address) => /history\/\d/.test(address))).toEqual([]);
    await picture(page, "watch");
    expect(errors).toEqual([]);
  });

  test("the arrow keys go through the past and back to now, and a moment is asked for once", async () => {
    const { page, requests } = await open();
    await slider(page).focus();
    await page.keyboard.press("ArrowLeft");
    await eventually(() => captions(page)).toEqual(["60 % of the run, 600 k steps, 150 answers, 3.5 backflips"]);
    expect(await says(page)).toBe("60 % of the run, 600 k steps, 150 answers, 3.5 backflips");
    await page.getByRole("heading", { name: "What the agent did then" }).waitFor();
    const screen = page.locator("main .screen");
    const then = await screen.screenshot();
    await page.keyboard.press("Home");
    await eventually(() => captions(page)).toEqual(["Untrained, 0 backflips"]);
    await eventually(async () => then.equals(await screen.screenshot())).toBe(false);
    await page.keyboard.press("End");
    await eventually(() => says(page)).toMatch(/^Now/);
    await page.keyboard.press("ArrowLeft");
    await eventually(() => captions(page)).toEqual(["60 % of the run, 600 k steps, 150 answers, 3.5 backflips"]);
    const asked = requests.filter((address) => /history\/\d/.test(address));
    expect(asked.map((address) => address.split("/").at(-1))).toEqual(["600352", "0"]);
  });

  test("then and now stand beside each other", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: "Then and now" }).click();
    await eventually(() => captions(page)).toEqual(["Untrained, 0 backflips", "Now, 128 k steps, 0 answers"]);
    for (const index of [0, 1]) {
      const screen = page.locator("main .screen").nth(index);
      const first = await screen.screenshot();
      await eventually(async () => first.equals(await screen.screenshot())).toBe(false);
    }
    await page.getByRole("button", { name: "Then and now" }).click();
    await eventually(() => captions(page)).toEqual(["Untrained, 0 backflips"]);
  });

  test("clips are stopped, slowed and moved with the page's keys", async () => {
    const { page } = await open();
    const place = page.getByRole("slider", { name: "Place in the clip" });
    // A clip that arrives plays, whatever the one before it did.
    await eventually(() => place.inputValue()).not.toBe("0");
    await page.keyboard.press("k");
    await page.getByRole("button", { name: "Go on" }).waitFor();
    const stopped = await place.inputValue();
    await page.waitForTimeout(300);
    expect(await place.inputValue()).toBe(stopped);
    await page.getByLabel("Speed").selectOption("2");
    await page.keyboard.press("k");
    await page.getByRole("button", { name: "Stop" }).waitFor();
    await eventually(() => place.inputValue()).not.toBe(stopped);
    await page.keyboard.press("-");
    await eventually(() => page.getByLabel("Speed").inputValue()).toBe("1.5");
  });

  test("a new moment joins the slider without moving what is looked at", async () => {
    const { page, server } = await open();
    await slider(page).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await eventually(() => says(page)).toMatch(/^10 %/);
    server.past.moments = [...server.past.moments, moment(7)];
    server.send("history", {});
    await eventually(() => slider(page).getAttribute("max")).toBe("8");
    expect(await says(page)).toMatch(/^10 %/);
    expect(await captions(page)).toEqual(["10 % of the run, 100 k steps, 25 answers, 0.1 backflips"]);
  });

  test("says so where nothing is remembered yet, and where a moment cannot be had", async () => {
    const { page, server } = await openPage({
      hash: "/#/r1/watch",
      prepare: (server) => {
        server.past.moments = [];
      },
    });
    await page.getByText("Its past can be seen here once it has learned for a while.").waitFor();
    server.past.moments = [moment(0), moment(1)];
    server.send("history", {});
    await slider(page).focus();
    server.past.moments = [];
    await page.keyboard.press("ArrowLeft");
    await page.getByText("This moment cannot be shown").waitFor();
  });

  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 375],
  ] as const)("axe-core has no objections, %s, %d pixels wide, and everything fits", async (colorScheme, width) => {
    const { page, errors } = await open({ context: { colorScheme, viewport: { width, height: 800 } } });
    expect(await objections(page)).toEqual([]);
    await page.getByRole("button", { name: "Then and now" }).click();
    await eventually(() => page.locator("main figcaption").count()).toBe(2);
    expect(await objections(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    expect(errors).toEqual([]);
  });
});
