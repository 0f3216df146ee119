// Builds the page before the tests where the built one is missing or older than what it is made from.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { whyNoChromium } from "./chromium.ts";

const ROOT = join(import.meta.dirname, "../..");
const SOURCES = ["web", "vite.config.ts", "package-lock.json", "src/environment", "src/feedback"];

/** Vitest calls this once, before any test. */
export default async function setUp(): Promise<void> {
  const why = whyNoChromium();
  // To standard error: it is a remark, and no result.
  if (why !== undefined) console.error(why);
  const built = newest(join(ROOT, "assets/web/index.html"));
  if (SOURCES.some((source) => newest(join(ROOT, source)) > built)) {
    await build({ configFile: join(ROOT, "vite.config.ts"), root: join(ROOT, "web"), logLevel: "warn" });
  }
}

/** When this file, or the newest below this folder, was changed; -Infinity where there is none. */
function newest(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return -Infinity;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
