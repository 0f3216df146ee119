import { readFileSync } from "node:fs";

/** This heed's version, from its package.json. */
export function readVersion(): string {
  // The same relative path from src/host and from the compiled lib/host.
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  return manifest.version;
}
