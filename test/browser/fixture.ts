// One browser for the tests of a file, and per test a server, a page, and a record of what must not happen.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Kind } from "../../src/feedback/judgement.ts";
import { swapped } from "../../web/view/teach/shuffle.ts";
import { launchChromium } from "./chromium.ts";
import { FakeServer } from "./fake-server.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What tests wait for at most; machines may be slow. */
const PATIENCE = { timeout: 60_000, interval: 25 };

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
  /** How the person answers; by comparing where it is left out. */
  readonly kind?: Kind;
  /** The part of the address after "#". */
  readonly hash?: string;
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
  if (opening.kind !== undefined) await page.addInitScript(`localStorage.setItem("heed.kind", "${opening.kind}")`);
  await page.goto(`${server.address}${opening.hash ?? ""}`);
  return { page, server, errors, requests };
}

/** Waits until this query's pair has been drawn. */
export async function seePair(page: Page, query: number): Promise<void> {
  await page.locator(`.pair[data-shown="${query}"]`).waitFor({ timeout: PATIENCE.timeout });
}

/** Waits until the clips of this query have been drawn, of whichever kind it is. */
export async function see(page: Page, query: number): Promise<void> {
  await page.locator(`.board[data-shown="${query}"]`).waitFor({ timeout: PATIENCE.timeout });
}

/** Comparisons that count, as [query, what was said of the sides of the screen], with how much better if that was said. */
export function said(server: FakeServer): (readonly [number, string])[] {
  return server.judgements.flatMap(({ query, answer }) => {
    if (answer.kind !== "comparison") return [];
    const { choice, strength } = answer;
    const turned = swapped(server.run.id, query, "person");
    const side = choice === "left" || choice === "right" ? (turned === (choice === "left") ? "right" : "left") : choice;
    return [[query, strength === undefined ? side : `${strength} ${side}`] as const];
  });
}

/** With HEED_SCREENSHOTS=1, keeps what the page looks like now for the documentation. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env["HEED_SCREENSHOTS"] !== "1") return;
  const folder = join(import.meta.dirname, "../../docs/images");
  mkdirSync(folder, { recursive: true });
  // Colours that change come to rest.
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** What axe-core objects to on the page as it is now, by rule. */
export async function objections(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate<AxeResults>("axe.run()");
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`);
}

/** Like `expect`, tried again until it holds. */
export function eventually<Value>(value: () => Value | Promise<Value>) {
  return expect.poll(value, PATIENCE);
}

/** How many entries the page's outbox keeps. */
export function kept(page: Page): Promise<number> {
  return page.evaluate('Object.keys(localStorage).filter((key) => key.startsWith("heed.outbox")).length');
}

export function situation(page: Page): Promise<string> {
  return page.locator(".situation").innerText();
}

export function notice(page: Page): Promise<string> {
  return page.locator(".notice").innerText();
}
