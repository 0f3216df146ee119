// How much the page's first view weighs, as it goes over the wire.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const BUILT = join(import.meta.dirname, "../../assets/web");
/** Bytes, compressed. */
const BUDGET = 200 * 1024;

const weight = (path: string): number => gzipSync(readFileSync(join(BUILT, path))).length;
const text = (path: string): string => readFileSync(join(BUILT, path), "utf8");

/** index.html and the tab that is opened first, with everything that they import at once. */
function firstView(): string[] {
  const tab = readdirSync(join(BUILT, "assets")).filter((name) => /^teach-.*\.(?:js|css)$/.test(name));
  const found = new Set(["index.html", ...tab.map((name) => join("assets", name))]);
  // A set that grows while it is gone through is gone through to its end.
  for (const file of found) {
    if (file.endsWith(".html")) {
      for (const [, name] of text(file).matchAll(/(?:src|href)="\/([^"]+)"/g)) found.add(name);
    } else if (file.endsWith(".js")) {
      const imported = text(file).matchAll(/\bimport\s*(?:[^"'();]*?from)?\s*["']\.\/([^"']+)["']/g);
      for (const [, name] of imported) found.add(join("assets", name));
    }
  }
  return [...found];
}

test("the first view is small, and three.js and the physics are no part of it", () => {
  const files = firstView();
  for (const part of [/index-.*\.js$/, /index-.*\.css$/, /teach-.*\.js$/, /teach-.*\.css$/]) {
    expect(files.some((file) => part.test(file))).toBe(true);
  }
  for (const file of files) expect(text(file)).not.toMatch(/WebGLRenderer\b.*WebGLRenderTarget|mj_step/s);
  const sizes = files.map((file) => [file, weight(file)] as const);
  expect(
    sizes.reduce((sum, [, size]) => sum + size, 0),
    JSON.stringify(sizes),
  ).toBeLessThan(BUDGET);
});
