// Reads the values of an experiment's flags.
import { UsageError } from "../host/errors.ts";

/** `350,700` as numbers, each one once. @throws UsageError that says what was expected */
export function integerList(flag: string, text: string, minimum: number, maximum: number): number[] {
  return [...new Set(text.split(",").map((part) => integer(flag, part, minimum, maximum, text)))];
}

/** @param whole the text that this is a part of, for the message */
export function integer(flag: string, text: string, minimum: number, maximum: number, whole = text): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  const expected = `${whole === text ? "an integer" : "integers"} from ${minimum} to ${maximum}`;
  throw new UsageError(`${flag}: expected ${expected}, but got "${whole}".`);
}

/** `a,b` as the known things of those names, each one once; `all` is all of them. @throws UsageError that lists the known ones */
export function namedList<Named extends { readonly name: string }>(
  flag: string,
  text: string,
  known: readonly Named[],
): Named[] {
  if (text.trim() === "all") return [...known];
  const names = new Set(text.split(",").map((part) => part.trim()));
  return [...names].map((name) => {
    const found = known.find((candidate) => candidate.name === name);
    if (found !== undefined) return found;
    const all = known.map((candidate) => candidate.name).join(", ");
    throw new UsageError(`${flag}: there is no "${name}". Known: ${all}; or "all".`);
  });
}

/** `a,b` as texts, each one once. @throws UsageError where one is empty */
export function textList(flag: string, text: string): string[] {
  const parts = [...new Set(text.split(",").map((part) => part.trim()))];
  if (parts.includes("")) throw new UsageError(`${flag}: expected names with commas between them, but got "${text}".`);
  return parts;
}

/** The seeds 1 to the number that was given. */
export function seedsUpTo(flag: string, text: string): number[] {
  return Array.from({ length: integer(flag, text, 1, 1_000) }, (_, i) => i + 1);
}
