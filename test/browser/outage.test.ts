import { describe, expect, test } from "vitest";
import { findChromium } from "./chromium.ts";
import { eventually, kept, openPage, said, seePair, situation, useBrowser } from "./fixture.ts";

describe.skipIf(findChromium() === undefined)("outages", () => {
  useBrowser();

  test("answers given while the server is away arrive once it is back, each once", async () => {
    const { page, server, errors } = await openPage();
    await seePair(page, 1);
    await server.stop();
    await eventually(() => situation(page)).toBe("The server cannot be reached; trying again.");
    for (const query of [1, 2, 3]) {
      await seePair(page, query);
      await page.keyboard.press("ArrowLeft");
    }
    await eventually(() => situation(page)).toMatch(/Your last 3 answers are kept/);
    expect(await kept(page)).toBe(3);
    await server.start();
    await eventually(() => server.judgements.map(({ query }) => query)).toEqual([1, 2, 3]);
    await eventually(() => situation(page)).toBe("The agent practises on while you answer.");
    expect(await kept(page)).toBe(0);
    expect(new Set(server.judgements.map(({ id }) => id)).size).toBe(3);
    await seePair(page, 4);
    expect(errors).toEqual([]);
  });

  test("an answer whose acknowledgement is lost is sent again and counts once", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    server.loseReplies = true;
    await page.keyboard.press("ArrowLeft");
    await eventually(() => server.bodies.length).toBeGreaterThan(1);
    server.loseReplies = false;
    await eventually(() => kept(page)).toBe(0);
    expect(server.judgements).toHaveLength(1);
    expect(new Set(server.bodies.map(({ id }) => id)).size).toBe(1);
    await eventually(() => page.locator(".beside .large").innerText()).toMatch(/^1 of 900$/);
  });

  test("a reload while answers are under way loses none, doubles none and asks none again", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    const release = server.hold();
    await page.keyboard.press("ArrowLeft");
    await seePair(page, 2);
    await page.keyboard.press("ArrowRight");
    await eventually(() => kept(page)).toBe(2);
    await page.reload();
    await seePair(page, 3);
    release();
    await eventually(() => kept(page)).toBe(0);
    expect(said(server)).toEqual([
      [1, "left"],
      [2, "right"],
    ]);
  });

  test("an answer taken back while the server is away stays taken back", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    await server.stop();
    await page.keyboard.press("ArrowLeft");
    await seePair(page, 2);
    await page.keyboard.press("z");
    await seePair(page, 1);
    await server.start();
    await eventually(() => server.received.filter((line) => line.startsWith("DELETE")).length).toBe(1);
    await eventually(() => kept(page)).toBe(0);
    await seePair(page, 1);
    expect(server.judgements).toEqual([]);
    await page.keyboard.press("ArrowDown");
    await eventually(() => said(server).map(([, side]) => side)).toEqual(["equal"]);
  });

  test("every tab says that the server is away, and one that could not be loaded is there once it is back", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    await server.stop();
    await page.getByRole("link", { name: "Understand" }).click();
    await page.getByText("This part of the page could not be loaded.").waitFor();
    await eventually(() => page.locator(".phase").innerText()).toBe("Server away");
    await server.start();
    await page.getByRole("heading", { name: "Answers", exact: true }).waitFor();
    await eventually(() => page.locator(".phase").innerText()).toBe("Learning");
  });

  test("a page that finds another run on the server begins afresh and keeps what is not sent", async () => {
    const { page, server } = await openPage();
    await seePair(page, 1);
    await server.stop();
    await page.keyboard.press("ArrowLeft");
    server.run = { ...server.run, id: "r2", question: "Which clip hops further?" };
    await server.start();
    await page.getByRole("heading", { name: "Which clip hops further?" }).waitFor();
    await seePair(page, 1);
    expect(server.bodies).toEqual([]);
    expect(await kept(page)).toBe(1);
  });
});
