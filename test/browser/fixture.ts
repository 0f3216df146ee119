// One browser for the tests of a file, and per test a server, a page, and a record of what must not happen.
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchChromium } from "./chromium.ts";
import { FakeServer } from "./fake-server.ts";

/** What tests wait for at most; machines may be slow. */
const PATIENCE = { timeout: 20_000, interval: 25 };

export interface Opened {
  readonly page: Page;
  readonly server: FakeServer;
  /** Errors on the console or thrown in the page, but for the browser's own about requests that failed. */
  readonly errors: string[];
  /** Addresses asked for. */
  readonly requests: string[];
}

export interface Opening {
  /** Pairs that are open at first. */
  readonly queries?: number;
  readonly context?: BrowserContextOptions;
  /** What to do to the server before the page is opened. */
  readonly prepare?: (server: FakeServer) => void;
  /** A script that the page runs before its own. */
  readonly script?: string;
}

let browser: Browser;
const closing: (() => Promise<void>)[] = [];

/** Call once per file, inside its `describe`. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  afterAll(async () => {
    await browser.close();
  });
}

/** Opens the page in a browser of its own, with a server of its own. Both are closed after the test. */
export async function openPage(opening: Opening = {}): Promise<Opened> {
  const server = new FakeServer(opening.queries);
  opening.prepare?.(server);
  await server.start();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...opening.context });
  closing.push(async () => {
    await context.close();
    await server.stop();
  });
  const page = await context.newPage();
  const errors: string[] = [];
  const requests: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    const failed = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !failed) errors.push(message.text());
  });
  page.on("request", (request) => requests.push(request.url()));
  if (opening.script !== undefined) await page.addInitScript(opening.script);
  await page.goto(server.address);
  return { page, server, errors, requests };
}

/** Waits until this query's pair has been drawn. */
export async function seePair(page: Page, query: number): Promise<void> {
  await page.locator(`.pair[data-shown="${query}"]`).waitFor({ timeout: PATIENCE.timeout });
}

/** Like `expect`, tried again until it holds. */
export function eventually<Value>(value: () => Value | Promise<Value>) {
  return expect.poll(value, PATIENCE);
}

/** How many entries the page's outbox keeps. */
export function kept(page: Page): Promise<number> {
  return page.evaluate("Object.keys(localStorage).length");
}

export function situation(page: Page): Promise<string> {
  return page.locator(".situation").innerText();
}

export function notice(page: Page): Promise<string> {
  return page.locator(".notice").innerText();
}
