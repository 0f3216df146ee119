// Every way to answer, as a person does it: by key, by mouse, and with what goes wrong.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Answer, AskableKind } from "../../src/feedback/judgement.ts";
import { findChromium } from "./chromium.ts";
import { type FakeServer, firstQuery } from "./fake-server.ts";
import { eventually, notice, objections, openPage, picture, see, useBrowser } from "./fixture.ts";

/** Length of a clip. */
const SECONDS = 94 / 62.5;

/** Opens the page with clips of this kind on the screen. */
async function asked(kind: AskableKind) {
  const opened = await openPage({ kind });
  await see(opened.page, firstQuery(kind));
  return opened;
}

/** The answers that count, in the order in which they were given. */
const answers = (server: FakeServer): Answer[] => server.judgements.map(({ answer }) => answer);

/** The middle of this share of an element, in CSS pixels. */
async function pointIn(page: Page, selector: string, across: number, down: number): Promise<[number, number]> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not on the page.`);
  return [box.x + across * box.width, box.y + down * box.height];
}

describe.skipIf(findChromium() === undefined)("ways to answer", () => {
  useBrowser();

  test("good or bad, by key and by mouse", async () => {
    const { page, server, errors } = await asked("good-bad");
    const first = firstQuery("good-bad");
    expect(await objections(page)).toEqual([]);
    await page.keyboard.press("ArrowUp");
    await see(page, first + 1);
    await page.getByRole("button", { name: "Bad" }).click();
    await see(page, first + 2);
    await page.keyboard.press("s");
    await eventually(() => answers(server)).toEqual([
      { kind: "good-bad", choice: "good" },
      { kind: "good-bad", choice: "bad" },
      { kind: "good-bad", choice: "cannot-tell" },
    ]);
    expect(errors).toEqual([]);
  });

  test("stars by number, by mouse, and by going up and down and sending", async () => {
    const { page, server } = await asked("rating");
    const first = firstQuery("rating");
    expect(await objections(page)).toEqual([]);
    await picture(page, "rating");
    await page.keyboard.press("5");
    await see(page, first + 1);
    await page.getByRole("button", { name: "Two stars." }).click();
    await see(page, first + 2);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await see(page, first + 3);
    await eventually(() => answers(server)).toEqual([
      { kind: "rating", stars: 5 },
      { kind: "rating", stars: 2 },
      { kind: "rating", stars: 4 },
    ]);
    // What is skipped is not answered, and does not come back at once.
    await page.keyboard.press("s");
    await see(page, first + 4);
    expect(server.bodies).toHaveLength(3);
  });

  test("a ranking by numbers, from best to worst", async () => {
    const { page, server } = await asked("ranking");
    expect(await objections(page)).toEqual([]);
    await page.keyboard.press("3");
    await page.keyboard.press("Enter");
    await page.keyboard.press("1");
    await page.keyboard.press("4");
    await picture(page, "ranking");
    await page.keyboard.press("Enter");
    await eventually(() => answers(server)).toEqual([{ kind: "ranking", order: [2, 0, 3, 1] }]);
    await see(page, firstQuery("ranking") + 1);
  });

  test("a ranking by dragging, and moved on by key", async () => {
    const { page, server } = await asked("ranking");
    await page.mouse.move(...(await pointIn(page, '[data-clip="3"]', 0.5, 0.5)));
    await page.mouse.down();
    await page.mouse.move(...(await pointIn(page, '[data-clip="1"]', 0.5, 0.5)), { steps: 4 });
    await page.mouse.move(...(await pointIn(page, '[data-clip="0"]', 0.4, 0.5)), { steps: 4 });
    await page.mouse.up();
    const order = (): Promise<unknown> =>
      page.evaluate(
        "[...document.querySelectorAll('.ranking [data-clip]')].map(({ dataset }) => Number(dataset.clip))",
      );
    await eventually(order).toEqual([3, 0, 1, 2]);
    // The clip that was moved is the one that keys move.
    await page.keyboard.press("ArrowDown");
    await eventually(order).toEqual([0, 3, 1, 2]);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    await eventually(order).toEqual([0, 1, 3, 2]);
    await page.getByRole("button", { name: "Send" }).click();
    await eventually(() => answers(server)).toEqual([{ kind: "ranking", order: [0, 1, 3, 2] }]);
  });

  test("a critique brushed on the timeline, and taken back", async () => {
    const { page, server } = await asked("critique");
    expect(await objections(page)).toEqual([]);
    await page.keyboard.press("Enter");
    for (const [down, from, to] of [
      [0.25, 0.1, 0.4],
      [0.75, 0.8, 0.6],
    ]) {
      await page.mouse.move(...(await pointIn(page, ".brush", from, down)));
      await page.mouse.down();
      await page.mouse.move(...(await pointIn(page, ".brush", to, down)), { steps: 5 });
      await page.mouse.up();
    }
    await picture(page, "critique");
    await page.getByRole("button", { name: "Send" }).click();
    await eventually(() => server.judgements.length).toBe(1);
    const [given] = answers(server);
    expect(given).toEqual({
      kind: "critique",
      parts: [
        { from: expect.closeTo(0.1 * SECONDS, 1), to: expect.closeTo(0.4 * SECONDS, 1), good: true },
        { from: expect.closeTo(0.6 * SECONDS, 1), to: expect.closeTo(0.8 * SECONDS, 1), good: false },
      ],
    });
    await see(page, firstQuery("critique") + 1);
    await page.keyboard.press("z");
    await see(page, firstQuery("critique"));
    await eventually(() => server.judgements.length).toBe(0);
    expect(await page.locator(".marks rect").count()).toBe(0);
  });

  test("a critique marked by key", async () => {
    const { page, server } = await asked("critique");
    const goTo = async (share: string): Promise<void> => {
      await page.getByRole("slider", { name: "Moment of the clip" }).fill(share);
      // The arrow keys are the slider's own for as long as it has the focus.
      await page.evaluate("document.activeElement.blur()");
    };
    await goTo("0.2");
    await page.keyboard.press("ArrowUp");
    await goTo("0.7");
    await eventually(() => page.locator(".marks rect.good").count()).toBe(1);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await eventually(() => server.judgements.length).toBe(1);
    expect(answers(server)).toEqual([
      {
        kind: "critique",
        parts: [{ from: expect.closeTo(0.2 * SECONDS, 1), to: expect.closeTo(0.7 * SECONDS, 1), good: true }],
      },
    ]);
  });

  test("live: what is pressed while the clip plays is sent once it is over", async () => {
    const { page, server } = await asked("live");
    const first = firstQuery("live");
    expect(await objections(page)).toEqual([]);
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowUp");
    await page.waitForTimeout(400);
    await page.keyboard.press("ArrowDown");
    await see(page, first + 1);
    const [given] = answers(server);
    if (given.kind !== "live") throw new Error("Another kind of answer was given.");
    expect(given.presses.map(({ good }) => good)).toEqual([true, false]);
    expect(given.presses[1].at).toBeGreaterThan(given.presses[0].at);
    // Nothing pressed is nothing said.
    await page.getByText("You pressed nothing.").waitFor();
    expect(server.bodies).toHaveLength(1);
    await page.keyboard.press("s");
    await see(page, first + 2);
  });

  test("stop: at the moment at which the clip stands", async () => {
    const { page, server } = await asked("stop");
    expect(await objections(page)).toEqual([]);
    await page.getByRole("slider", { name: "Moment of the clip" }).fill("0.5");
    await page.getByRole("button", { name: "Never this" }).click();
    await see(page, firstQuery("stop") + 1);
    expect(answers(server)).toEqual([{ kind: "stop", at: expect.closeTo(0.5 * SECONDS, 2) }]);
    await page.keyboard.press("s");
    await see(page, firstQuery("stop") + 2);
    expect(server.bodies).toHaveLength(1);
  });

  test("the way is chosen at the top or in the guide, and kept; what is undone comes back in its own way", async () => {
    const { page, server } = await openPage();
    await see(page, 1);
    await page.keyboard.press("ArrowLeft");
    await see(page, 2);
    await page.getByLabel("Answer by").selectOption("Rate");
    await see(page, firstQuery("rating"));
    await page.keyboard.press("4");
    await see(page, firstQuery("rating") + 1);
    await page.getByRole("button", { name: "Guide" }).click();
    await page.getByRole("dialog", { name: "Ways to answer" }).waitFor();
    await picture(page, "guide");
    await page.getByRole("button", { name: "Choose Good or bad" }).click();
    await see(page, firstQuery("good-bad"));
    await page.keyboard.press("ArrowUp");
    await eventually(() => server.judgements.length).toBe(3);
    for (const query of [firstQuery("good-bad"), firstQuery("rating"), 1]) {
      await page.keyboard.press("z");
      await see(page, query);
      expect(await notice(page)).toMatch(/^Taken back/);
    }
    await eventually(() => server.judgements.length).toBe(0);
    await page.reload();
    await page.locator('.asking[data-kind="good-bad"]').waitFor();
  });
});
