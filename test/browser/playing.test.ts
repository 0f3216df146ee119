// How clips play under the hands of a person, and pauses.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findChromium } from "./chromium.ts";
import { eventually, openPage, said, seePair, useBrowser } from "./fixture.ts";

/** Milliseconds. */
const PAUSE = 3_000;

const moment = (page: Page): Promise<number> => page.evaluate("document.querySelector('.scrub').valueAsNumber");

const clips = (page: Page): Promise<Buffer[]> =>
  Promise.all([0, 1].map((index) => page.locator(".pair .screen").nth(index).screenshot()));

describe.skipIf(findChromium() === undefined)("clips", () => {
  useBrowser();

  test("stand where they are held, go frame by frame, and are scrubbed in step", async () => {
    const { page, errors } = await openPage();
    await seePair(page, 1);
    await page.keyboard.press("k");
    await page.waitForTimeout(200);
    const at = await moment(page);
    await page.waitForTimeout(300);
    expect(await moment(page)).toBe(at);
    await page.keyboard.press(".");
    await eventually(() => moment(page)).not.toBe(at);
    const on = await moment(page);
    await page.keyboard.press(",");
    await eventually(() => moment(page)).toBeLessThan(on);
    await page.getByRole("slider", { name: "Moment of the clip" }).fill("0.1");
    await page.waitForTimeout(300);
    const early = await clips(page);
    await page.getByRole("slider", { name: "Moment of the clip" }).fill("0.6");
    await page.waitForTimeout(300);
    const late = await clips(page);
    for (const [index, picture] of early.entries()) expect(picture.equals(late[index])).toBe(false);
    await page.getByRole("button", { name: "Go on" }).click();
    await eventually(() => moment(page)).not.toBeCloseTo(0.6, 3);
    expect(errors).toEqual([]);
  });

  test("play slower and faster, and in slow motion", async () => {
    const { page } = await openPage();
    await seePair(page, 1);
    const speed = page.locator(".speed");
    await page.keyboard.press("-");
    await eventually(() => speed.innerText()).toMatch(/0\.75×$/);
    for (let i = 0; i < 9; i++) await page.getByRole("button", { name: "Faster" }).click();
    await eventually(() => speed.innerText()).toMatch(/\b2×$/);
    for (let i = 0; i < 9; i++) await page.keyboard.press("-");
    await eventually(() => speed.innerText()).toMatch(/0\.25×$/);
    await page.keyboard.press("f");
    expect(await page.getByRole("button", { name: "Slow F" }).getAttribute("aria-pressed")).toBe("true");
    // A sixteenth of the speed: a clip of a second and a half takes 24.
    await page.keyboard.press("Space");
    await page.waitForTimeout(700);
    expect(await moment(page)).toBeLessThan(0.25);
    await page.reload();
    await seePair(page, 1);
    await eventually(() => speed.innerText()).toMatch(/0\.25×$/);
  });

  test("are looked at from elsewhere, and show the way of the body", async () => {
    const { page } = await openPage();
    await seePair(page, 1);
    await page.keyboard.press("k");
    await page.getByRole("slider", { name: "Moment of the clip" }).fill("0.5");
    await page.waitForTimeout(300);
    let before = await clips(page);
    for (const key of ["t", "c", "c"]) {
      await page.keyboard.press(key);
      await page.waitForTimeout(300);
      const now = await clips(page);
      for (const [index, picture] of now.entries()) expect(picture.equals(before[index])).toBe(false);
      before = now;
    }
    expect(await page.getByRole("button", { name: "Camera: behind" }).count()).toBe(1);
  });

  test("a pause stops clips and clocks, takes no answers, and tells the agent if asked to", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    const before = performance.now();
    await page.keyboard.press("ArrowLeft");
    await seePair(page, 2);
    await page.keyboard.press("p");
    await page.getByRole("group", { name: "Paused" }).waitFor();
    const at = await moment(page);
    await page.keyboard.press("ArrowLeft");
    await page.waitForTimeout(PAUSE);
    expect(await moment(page)).toBe(at);
    await page.getByLabel("The agent pauses, too").check();
    await eventually(() => server.received).toContain("POST /api/runs/r1/pause");
    // The run takes no answers now, and the way back is still there.
    await eventually(() => page.locator(".phase").innerText()).toBe("Stopped");
    await page.getByRole("button", { name: "Go on" }).click();
    await eventually(() => server.received).toContain("POST /api/runs/r1/resume");
    await page.locator('.pair button[aria-disabled="false"]').first().waitFor();
    await page.keyboard.press("ArrowRight");
    await eventually(() => said(server)).toEqual([
      [1, "left"],
      [2, "right"],
    ]);
    // The pause is no part of the time that the answer took.
    expect(server.bodies[1].decisionMilliseconds).toBeLessThan(performance.now() - before - PAUSE);
    await seePair(page, 3);
  });
});
