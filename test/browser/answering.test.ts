import { describe, expect, test } from "vitest";
import { findChromium } from "./chromium.ts";
import { eventually, notice, openPage, said, seePair, useBrowser } from "./fixture.ts";

/** What the element that has the focus is called, without the key that stands on it. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  const name = element.querySelector(".unseen") ?? element.labels?.[0]?.querySelector("span");
  return element.ariaLabel ?? (name ?? element).innerText.split("\\n")[0].trim();
})()`;

describe.skipIf(findChromium() === undefined)("answering", () => {
  useBrowser();

  test("every answer key answers the pair on the screen, once, and brings up the next", async () => {
    const { page, server } = await openPage();
    const keys = ["ArrowLeft", "ArrowRight", "ArrowDown", "s", "1", "2", "3", "4", "Shift+ArrowRight"];
    for (const [index, key] of keys.entries()) {
      await seePair(page, index + 1);
      await page.keyboard.press(key);
    }
    await seePair(page, 10);
    await eventually(() => server.judgements.length).toBe(9);
    expect(said(server)).toEqual([
      [1, "left"],
      [2, "right"],
      [3, "equal"],
      [4, "cannot-tell"],
      [5, "clearly left"],
      [6, "slightly left"],
      [7, "slightly right"],
      [8, "clearly right"],
      [9, "clearly right"],
    ]);
    expect(server.bodies).toHaveLength(9);
    // Some of them stood the other way round.
    const sent = server.judgements.map(({ answer }) => answer.kind === "comparison" && answer.choice);
    expect(sent).not.toEqual(said(server).map(([, side]) => side.split(" ").at(-1)));
    expect(new Set(server.received)).toEqual(new Set(["POST /api/runs/r1/judgements"]));
    for (const { decisionMilliseconds } of server.bodies) {
      expect(decisionMilliseconds).toBeGreaterThanOrEqual(0);
    }
    expect(await page.evaluate('performance.getEntriesByName("answer-to-next-pair").length')).toBeGreaterThan(0);
  });

  test("a key held down answers once, and keys with modifiers belong to the browser", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    await page.keyboard.press("Control+s");
    await page.keyboard.down("ArrowLeft");
    await page.keyboard.down("ArrowLeft");
    await page.keyboard.up("ArrowLeft");
    await seePair(page, 2);
    await page.keyboard.press("ArrowRight");
    await eventually(() => said(server).map(([, side]) => side)).toEqual(["left", "right"]);
  });

  test("a click on a clip prefers it; a double click answers one pair and no more", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    await page.getByRole("button", { name: "Right is better" }).click();
    await seePair(page, 2);
    await page.getByRole("button", { name: "Left is better" }).dblclick();
    await seePair(page, 3);
    await page.getByRole("button", { name: "Equally good" }).click();
    await seePair(page, 4);
    // The button that was clicked must not take the space bar for itself.
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Can’t tell" }).click();
    await seePair(page, 5);
    await page.getByRole("button", { name: "Undo" }).click();
    await seePair(page, 4);
    await eventually(() => said(server).map(([, side]) => side)).toEqual(["right", "left", "equal"]);
  });

  test("buttons are reached and pressed by keyboard", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    const names: string[] = [];
    for (let i = 0; i < 26; i++) {
      await page.keyboard.press("Tab");
      names.push(await page.evaluate(FOCUSED));
    }
    // In the order in which they are read.
    expect(names).toEqual([
      "Teach",
      "Watch",
      "Understand",
      "Runs",
      "Colours: as the system has it. Change to light.",
      "Keys",
      "Answer by",
      "Guide",
      "Left is better",
      "Right is better",
      "Hold",
      "Moment of the clip",
      "Slow",
      "Slower",
      "Faster",
      "Camera: side",
      "Trail",
      "Clearly left",
      "Slightly left",
      "Equally good",
      "Can’t tell",
      "Slightly right",
      "Clearly right",
      "Replay",
      "Pause",
      "Undo",
    ]);
    await page.getByRole("button", { name: "Equally good" }).focus();
    await page.keyboard.press("Space");
    await seePair(page, 2);
    await page.getByRole("button", { name: "Right is better" }).focus();
    await page.keyboard.press("Enter");
    await seePair(page, 3);
    await eventually(() => said(server).map(([, side]) => side)).toEqual(["equal", "right"]);
    expect(server.bodies).toHaveLength(2);
  });

  test("the next pair does not wait for the server", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    const release = server.hold();
    await page.keyboard.press("ArrowLeft");
    await seePair(page, 2);
    await page.keyboard.press("ArrowRight");
    await seePair(page, 3);
    expect(server.judgements).toHaveLength(0);
    release();
    await eventually(() => server.judgements.map(({ query }) => query)).toEqual([1, 2]);
  });

  test("an answer can be taken back and given again, without waiting for the server", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    await page.keyboard.press("ArrowLeft");
    await seePair(page, 2);
    await eventually(() => server.judgements.length).toBe(1);
    const release = server.hold();
    await page.keyboard.press("z");
    await seePair(page, 1);
    expect(await notice(page)).toMatch(/Taken back/);
    // The server does not list it as open yet.
    const listed = page.waitForResponse((response) => response.url().includes("/queries?"));
    server.send("queries", { open: 11 });
    await listed;
    await page.waitForTimeout(100);
    await seePair(page, 1);
    await page.keyboard.press("ArrowRight");
    await seePair(page, 2);
    release();
    await eventually(() => said(server)).toEqual([[1, "right"]]);
    expect(server.received.map((line) => line.split(" ")[0])).toEqual(["POST", "DELETE", "POST"]);
  });

  test("answers are taken back one after the other, those from before a reload too", async () => {
    const { page, server } = await openPage();
    for (const query of [1, 2, 3]) {
      await seePair(page, query);
      await page.keyboard.press("ArrowLeft");
    }
    await eventually(() => server.judgements.length).toBe(3);
    await page.reload();
    await seePair(page, 4);
    await page.keyboard.press("ArrowLeft");
    for (const query of [4, 3, 2, 1]) {
      await page.keyboard.press("z");
      await seePair(page, query);
      await eventually(() => server.judgements.length).toBe(query - 1);
    }
    await page.keyboard.press("z");
    await eventually(() => notice(page)).toMatch(/no answer to take back/);
  });

  test("an answer that the server refuses is told in its words, and not sent again", async () => {
    const { page, server } = await openPage({
      prepare: ({ refuse }) => refuse.set(1, "Query 1 was withdrawn: the agent has moved on."),
    });
    await seePair(page, 1);
    await page.keyboard.press("ArrowLeft");
    await eventually(() => notice(page)).toBe(
      "Your answer does not count: Query 1 was withdrawn: the agent has moved on.",
    );
    await page.keyboard.press("ArrowLeft");
    await eventually(() => server.judgements.map(({ query }) => query)).toEqual([2]);
    expect(server.bodies).toHaveLength(2);
  });
});
