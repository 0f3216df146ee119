// What a task measures, in words.
import { shortNumber } from "./words.ts";

/** `trunkTurns` reads "trunk turns". */
export function measureName(name: string): string {
  return name
    .replace(/[-_]+/g, " ")
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

/** "3.5 backflips", "1 backflip". */
export function measureText(name: string, value: number): string {
  const words = measureName(name);
  // Measures that count something are named in the plural.
  return `${shortNumber(value)} ${value === 1 ? words.replace(/([^s])s$/, "$1") : words}`;
}
