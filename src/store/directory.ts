// Makes directories.
import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a directory below those above it, from the top, so that others may be making the same ones. Node's own recursive
 * mkdir never returns where the system says "no such file" about a directory whose parent is there, as below /proc.
 */
export function makeDirectory(directory: string): void {
  const whole = resolve(directory);
  const parent = dirname(whole);
  if (parent !== whole && !isDirectory(parent)) makeDirectory(parent);
  try {
    mkdirSync(whole);
  } catch (error) {
    if (!isDirectory(whole)) throw error;
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
