// Keys that were changed, a gamepad, and fingers.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findChromium } from "./chromium.ts";
import { eventually, objections, openPage, picture, said, seePair, useBrowser } from "./fixture.ts";

/** A gamepad of the standard mapping, whose buttons tests press. */
const PAD = `
  const buttons = Array.from({ length: 17 }, () => ({ pressed: false, value: 0 }));
  const pad = { index: 0, mapping: "standard", buttons, axes: [0, 0, 0, 0], connected: true };
  navigator.getGamepads = () => [null, pad];
  window.plug = () => window.dispatchEvent(new Event("gamepadconnected"));
  window.hold = (button, pressed) => (buttons[button].pressed = pressed);
`;

/** The page reads a gamepad with every frame that it draws. */
const FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";

async function pressPad(page: Page, button: number): Promise<void> {
  for (const pressed of [true, false]) {
    await page.evaluate(`hold(${button}, ${pressed})`);
    await page.evaluate(FRAMES);
  }
}

describe.skipIf(findChromium() === undefined)("controls", () => {
  useBrowser();

  test("a key is given to another action, its hint follows, and it is kept; two meanings are refused", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keys" });
    await sheet.waitFor();
    await sheet.locator('[data-action="left"][data-for="key"]').click();
    await page.keyboard.press("ArrowRight");
    await eventually(() => sheet.getByRole("alert").innerText()).toMatch(/^→ already means “Right is better”/);
    expect(await objections(page)).toEqual([]);
    await sheet.locator('[data-action="left"][data-for="key"]').click();
    await page.keyboard.press("j");
    await eventually(() => sheet.getByRole("alert").innerText()).toBe("");
    await page.keyboard.press("?");
    await sheet.waitFor({ state: "hidden" });
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("j");
    await eventually(() => said(server)).toEqual([[1, "left"]]);
    expect(await page.locator('button.clip[data-action="left"] kbd').innerText()).toBe("J");
    await page.reload();
    await seePair(page, 2);
    await page.keyboard.press("j");
    await seePair(page, 3);
    await page.keyboard.press("?");
    await sheet.getByRole("button", { name: "Back to the standard keys" }).click();
    await page.keyboard.press("?");
    await page.keyboard.press("ArrowLeft");
    await eventually(() => said(server).map(([, side]) => side)).toEqual(["left", "left", "left"]);
    expect(await page.evaluate('localStorage.getItem("heed.keymap")')).toBeNull();
  });

  test("a gamepad answers, undoes and opens the sheet, and its buttons can be changed", async () => {
    const { page, server } = await openPage({ script: PAD });
    await seePair(page, 1);
    await page.evaluate("plug()");
    // D-pad left, then a shoulder for how much.
    await pressPad(page, 14);
    await seePair(page, 2);
    await pressPad(page, 5);
    await seePair(page, 3);
    await eventually(() => said(server)).toEqual([
      [1, "left"],
      [2, "clearly right"],
    ]);
    expect(await page.locator('button.clip[data-action="left"] kbd').innerText()).toBe("D-pad ←");
    await pressPad(page, 1);
    await seePair(page, 2);
    await pressPad(page, 8);
    const sheet = page.getByRole("dialog", { name: "Keys" });
    await sheet.waitFor();
    await pressPad(page, 15);
    await sheet.locator('[data-action="equal"][data-for="pad"]').click();
    await pressPad(page, 7);
    await eventually(() => sheet.getByRole("alert").innerText()).toMatch(/^RT already means “Slightly right”/);
    await sheet.locator('[data-action="equal"][data-for="pad"]').click();
    await pressPad(page, 12);
    await pressPad(page, 8);
    await sheet.waitFor({ state: "hidden" });
    await pressPad(page, 12);
    await eventually(() => said(server)).toEqual([
      [1, "left"],
      [2, "equal"],
    ]);
  });

  test("a finger swipes towards the better clip, down for equal, up for neither, and taps", async () => {
    const { page, server, errors } = await openPage({
      context: { viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true },
    });
    await seePair(page, 1);
    expect(await objections(page)).toEqual([]);
    await picture(page, "phone");
    await page.getByRole("button", { name: "Right is better" }).tap();
    await seePair(page, 2);
    const touch = await page.context().newCDPSession(page);
    const swipe = async (x: number, y: number): Promise<void> => {
      const box = await page.locator(".pair").boundingBox();
      if (box === null) throw new Error("There is no pair on the page.");
      const [fromX, fromY] = [box.x + box.width / 2, box.y + box.height / 2];
      await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x: fromX, y: fromY }] });
      for (const share of [0.3, 0.6, 1]) {
        const touchPoints = [{ x: fromX + share * x, y: fromY + share * y }];
        await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints });
      }
      await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    };
    const swipes = [
      [-110, 8],
      [110, -8],
      [5, 110],
      [-5, -110],
    ] as const;
    for (const [index, [x, y]] of swipes.entries()) {
      await swipe(x, y);
      await seePair(page, index + 3);
    }
    await eventually(() => said(server)).toEqual([
      [1, "right"],
      [2, "left"],
      [3, "right"],
      [4, "equal"],
      [5, "cannot-tell"],
    ]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
    expect(errors).toEqual([]);
  });

  test("three answers are taken back, one after the other, and given anew", async () => {
    const { page, server } = await openPage();
    for (const query of [1, 2, 3]) {
      await seePair(page, query);
      await page.keyboard.press("ArrowLeft");
    }
    for (const query of [3, 2, 1]) {
      await page.keyboard.press("z");
      await seePair(page, query);
    }
    for (const query of [1, 2, 3]) {
      await seePair(page, query);
      await page.keyboard.press("ArrowRight");
    }
    await seePair(page, 4);
    await eventually(() => said(server)).toEqual([
      [1, "right"],
      [2, "right"],
      [3, "right"],
    ]);
  });
});
