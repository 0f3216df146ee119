// Several people at once in real browsers, against the real server; only the training is scripted.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openData } from "../../src/host/data.ts";
import { startServing, type ServedData } from "../../src/host/serve.ts";
import { scriptedTraining } from "../scripted-training.ts";
import { newRun } from "../store-fixture.ts";
import { launchChromium, whyNoChromium } from "./chromium.ts";
import { objections, picture } from "./fixture.ts";

const PATIENCE = { timeout: 30_000, interval: 25 };
const eventually = <Value>(value: () => Value | Promise<Value>) => expect.poll(value, PATIENCE);

describe.skipIf(whyNoChromium() !== undefined)("several people", () => {
  let browser: Browser;
  let data: string;
  let run: string;
  let served: ServedData;
  const pages: Page[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), "heed-people-"));
    const store = await openData(data);
    ({ id: run } = await store.createRun(newRun()));
    await store.close();
    const reach = { host: "127.0.0.1" };
    served = await startServing({ data, port: 0, reach, twice: 1, warn: () => {} }, scriptedTraining());
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
    await served.close();
    rmSync(data, { recursive: true, force: true });
  });

  /** A browser of somebody's own, at this address. */
  async function visit(address: string, scheme: "light" | "dark" = "light", width = 1280): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      reducedMotion: "reduce",
      colorScheme: scheme,
    });
    const page = await context.newPage();
    pages.push(page);
    await page.goto(address);
    return page;
  }
  const people = (page: Page): Promise<unknown> => page.goto(`${served.address}/#/${run}/people`);
  async function invite(owner: Page, name: string): Promise<string> {
    await owner.getByLabel("Name").fill(name);
    await owner.getByRole("button", { name: "Invite" }).click();
    return owner.getByLabel(`Link for ${name}`).inputValue();
  }
  /** Answers as the page would. */
  const answer = (page: Page, query: number, choice: string): Promise<number> =>
    page.evaluate(
      async ({ path, query, choice }) => {
        const body = JSON.stringify({ id: crypto.randomUUID(), query, answer: { kind: "comparison", choice } });
        const headers = { "content-type": "application/json" };
        return (await fetch(path, { method: "POST", headers, body })).status;
      },
      { path: `/api/runs/${run}/judgements`, query, choice },
    );

  test("who has no invitation is told so, and a link lets one person in, once", async () => {
    const stranger = await visit(served.address);
    await eventually(() => stranger.getByRole("alert").textContent()).toContain("without an invitation");

    const owner = await visit(served.invitation ?? "");
    await eventually(() => new URL(owner.url()).pathname).toBe("/");
    expect(owner.url()).not.toContain("token");
    await people(owner);
    await eventually(() => owner.locator(".people").textContent()).toContain("You came in as owner");
    const link = await invite(owner, "Ana");

    const ana = await visit(link);
    await eventually(() => ana.getByRole("navigation").isVisible()).toBe(true);
    await people(ana);
    await eventually(() => ana.locator(".people").textContent()).toContain("You came in as Ana");
    expect(await ana.getByRole("button", { name: "Invite" }).count()).toBe(0);
    expect(await ana.evaluate("document.cookie")).toBe("");

    const thief = await visit(link);
    await eventually(() => thief.getByRole("alert").textContent()).toContain("has been used");

    await owner.getByRole("button", { name: "End access of Ana" }).click();
    await owner.getByRole("button", { name: "Keep" }).click();
    await owner.getByRole("button", { name: "End access of Ana" }).click();
    expect(await owner.locator(".members").textContent()).not.toContain("access ended");
    await owner.getByRole("button", { name: "End access of Ana now" }).click();
    await eventually(() => owner.locator(".members").textContent()).toContain("access ended");
    await ana.reload();
    await eventually(() => ana.getByRole("alert").textContent()).toContain("ended this invitation");
  });

  test("the table says how everybody does, in any colours and at any width", async () => {
    const owner = await visit(served.invitation ?? "");
    await eventually(() => new URL(owner.url()).pathname).toBe("/");
    await people(owner);
    const [ana, ben] = [await visit(await invite(owner, "Ana")), await visit(await invite(owner, "Ben"))];
    await owner.evaluate((path) => fetch(path, { method: "POST" }), `/api/runs/${run}/resume`);
    await eventually(() => answer(ana, 1, "left")).toBe(201);
    for (let query = 2; query <= 12; query++) await answer(ana, query, query % 2 === 0 ? "left" : "right");
    for (let query = 1; query <= 12; query++) await answer(ben, query, query % 3 === 0 ? "left" : "right");
    await eventually(() => owner.locator(".crowd-table tbody tr").count()).toBe(2);
    expect(await owner.locator(".crowd-table tbody tr").first().textContent()).toContain("12");
    await eventually(() => owner.locator(".agreement").textContent()).toContain("24 answers");
    await owner.getByRole("button", { name: "Put away" }).click();
    await picture(owner, "people");
    expect(await objections(owner)).toEqual([]);
    await owner.emulateMedia({ colorScheme: "dark" });
    await owner.setViewportSize({ width: 375, height: 800 });
    expect(await objections(owner)).toEqual([]);
    expect(await owner.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
    // All tabs are on the screen at once.
    expect(await owner.locator("nav a").count()).toBe(5);
    expect(await owner.evaluate("document.querySelector('nav').scrollWidth")).toBeLessThanOrEqual(375);
    await picture(owner, "people-phone");
  });
});
