import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findChromium } from "./chromium.ts";
import { eventually, objections, openPage, picture, useBrowser, type Opening } from "./fixture.ts";

const open = async (opening: Opening = {}) => {
  const opened = await openPage({ ...opening, hash: "/#/r1/understand" });
  await opened.page.locator(".see").first().waitFor();
  return opened;
};
const chart = (page: Page, name: string) => page.getByRole("slider", { name });
const rows = (page: Page): Promise<string[]> => page.locator(".see").allInnerTexts();

describe.skipIf(findChromium() === undefined)("understanding", () => {
  useBrowser();

  test("draws a curve for everything that is known, each with what it is and what is good", async () => {
    const { page, errors } = await open();
    const titles = await page.locator(".chart h3").allInnerTexts();
    expect(titles).toEqual([
      "Predicted reward",
      "Backflips",
      "Reward model accuracy",
      "Disagreement",
      "Steps per answer",
      "Policy entropy",
    ]);
    expect(await page.locator(".chart canvas").count()).toBe(titles.length);
    for (const words of await page.locator(".chart .hint").allInnerTexts()) expect(words).toMatch(/^[A-Z].{40,}\.$/);
    await chart(page, "Predicted reward").hover();
    await picture(page, "understand");
    expect(errors).toEqual([]);
  });

  test("tells values under the cursor and by keyboard, over steps, answers or minutes", async () => {
    const { page, server } = await open();
    const accuracy = chart(page, "Reward model accuracy");
    expect(await accuracy.getAttribute("aria-valuetext")).toBe("79 % at 128 k steps");
    await accuracy.focus();
    await page.keyboard.press("Home");
    await eventually(() => accuracy.getAttribute("aria-valuetext")).toBe("50 % at 2 k steps");
    await page.keyboard.press("ArrowRight");
    await eventually(() => accuracy.getAttribute("aria-valuetext")).toBe("51 % at 4.1 k steps");
    await page.getByRole("radio", { name: "Answers" }).check();
    await eventually(() => accuracy.getAttribute("aria-valuetext")).toMatch(/ answers?$/);
    await accuracy.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await eventually(() => accuracy.getAttribute("aria-valuetext")).toBe("51 % at 1 answer");
    await page.getByRole("radio", { name: "Minutes at work" }).check();
    await eventually(() => accuracy.getAttribute("aria-valuetext")).toMatch(/ min$/);
    await page.getByRole("radio", { name: "Environment steps" }).check();
    await chart(page, "Predicted reward").hover();
    // The cursor stands at the same place in every chart.
    await eventually(() => accuracy.getAttribute("aria-valuetext")).toMatch(/at (5|6|7)\d(\.\d)? k steps$/);
    await page.keyboard.press("End");
    const [last] = server.metrics.slice(-1);
    server.send("metrics", { ...last, steps: 140_000, rewardAccuracy: 0.91 });
    await page.keyboard.press("End");
    await page.mouse.move(2, 2);
    await eventually(() => accuracy.getAttribute("aria-valuetext")).toBe("91 % at 140 k steps");
  });

  test("plays the best, the worst and the newest clips, with the predicted reward along them", async () => {
    const { page, requests } = await open();
    const section = page.getByRole("region", { name: "Clips by predicted reward" });
    await section.scrollIntoViewIfNeeded();
    const place = (): Promise<string | null> => section.locator(".trace-now").getAttribute("transform");
    await eventually(place).not.toBe(null);
    const before = await place();
    await eventually(place).not.toBe(before);
    expect(await section.getByRole("img").getAttribute("aria-label")).toMatch(
      /^Predicted reward along the clip, from /,
    );
    await section.getByRole("listitem").nth(3).getByRole("button").click();
    await eventually(() => section.locator('[aria-pressed="true"]').innerText()).toMatch(/^\+2\.26\s+at 407 k steps$/);
    await section.getByRole("radio", { name: "Worst" }).check();
    await eventually(() => section.locator('[aria-pressed="true"]').innerText()).toMatch(/^−2\.87/);
    expect(requests.filter((address) => address.includes("/clips")).map((address) => address.split("?")[1])).toEqual([
      "sort=best",
      "sort=worst",
    ]);
  });

  test("answers are paged by hundreds and filtered", async () => {
    const { page } = await open();
    expect((await rows(page)).length).toBe(100);
    const newest = (await rows(page))[0];
    await page.getByRole("button", { name: "Older" }).click();
    await page.getByRole("button", { name: "Older" }).click();
    await eventually(async () => (await rows(page)).length).toBe(30);
    expect(await page.getByRole("button", { name: "Older" }).getAttribute("aria-disabled")).toBe("true");
    await page.getByRole("button", { name: "Newer" }).click();
    await page.getByRole("button", { name: "Newer" }).click();
    await eventually(async () => (await rows(page))[0]).toBe(newest);
    await page.getByLabel("Kind", { exact: true }).selectOption("Rating");
    await eventually(async () => new Set(await rows(page))).toEqual(new Set(["4 of 5"]));
    await page.getByLabel("Kind", { exact: true }).selectOption("All");
    await page.getByLabel("Answer", { exact: true }).selectOption("Left is better");
    await page.getByLabel("By", { exact: true }).selectOption("Ana");
    await page.getByLabel("Surprising only").check();
    await eventually(async () => new Set(await page.locator(".answers-table td:nth-child(5)").allInnerTexts())).toEqual(
      new Set(["5 %, surprising", "11 %, surprising", "17 %, surprising"]),
    );
    expect(new Set(await rows(page))).toEqual(new Set(["Left is better"]));
    await page.getByLabel("Chosen", { exact: true }).selectOption("Brought");
    await page.getByText("There is no such answer.").waitFor();
  });

  test("an answer is seen again and given anew by keyboard alone", async () => {
    const { page, server } = await open();
    const clearly = page.getByRole("button", { name: "Right is clearly better" }).first();
    await clearly.focus();
    await page.keyboard.press("Enter");
    const replayed = page.locator(".replayed");
    await eventually(() => replayed.locator(".screen").count()).toBe(2);
    const places = (): Promise<(string | null)[]> =>
      replayed.locator(".trace-now").evaluateAll((lines) => lines.map((line) => line.getAttribute("transform")));
    await eventually(async () => (await places()).filter((place) => place !== null).length).toBe(2);
    const before = await places();
    await eventually(places).not.toEqual(before);
    expect(await replayed.locator("figcaption").allInnerTexts()).toEqual(["Left", "Right"]);
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toBe("Left is better");
    await page.keyboard.press("Space");
    await eventually(() => server.past.revisions.map(({ of, body }) => [of, body.answer])).toEqual([
      ["a229", { kind: "comparison", choice: "left" }],
    ]);
    await eventually(async () => (await rows(page))[1]).toBe("Left is better");
    // It stays open, with the other ways to answer.
    await eventually(() => replayed.getByRole("button").allInnerTexts()).toEqual([
      "Right is better",
      "Equally good",
      "Can’t tell",
      "Take back",
    ]);
  });

  test("an answer that takes more than a press can be taken back", async () => {
    const { page, server } = await open();
    const count = server.past.answers.length;
    await page.getByRole("button", { name: "Bad" }).first().click();
    await page.getByRole("button", { name: "Take back" }).click();
    await eventually(() => server.past.answers.length).toBe(count - 1);
    await eventually(() => page.locator(".replayed").count()).toBe(0);
  });

  test("where no answers are taken they can be seen, and stay as they are", async () => {
    const { page } = await open({
      prepare: (server) => {
        server.run = { ...server.run, answerTo: "This run is over." };
      },
    });
    await page.locator(".see").first().click();
    await page.getByText("It stays as it is. This run is over.").waitFor();
    expect(await page.locator(".replayed").getByRole("button").count()).toBe(0);
  });

  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 375],
  ] as const)("axe-core has no objections, %s, %d pixels wide, and everything fits", async (colorScheme, width) => {
    const { page, errors } = await open({ context: { colorScheme, viewport: { width, height: 800 } } });
    await page.locator(".see").first().click();
    await eventually(() => page.locator(".replayed .screen").count()).toBeGreaterThan(0);
    expect(await objections(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    expect(errors).toEqual([]);
  });
});
