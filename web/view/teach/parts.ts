// The good and bad parts of a clip's timeline, as they are brushed.
import { type CritiquedPart, MOST_PARTS } from "../../../src/feedback/judgement.ts";

/** Shorter parts are slips of the hand, in seconds. */
const SHORTEST = 0.05;

/**
 * The parts with this one painted over them: in the order of time, none over another. Left as they were where the new
 * one is too short, or there would be more than an answer may have.
 */
export function paint(parts: readonly CritiquedPart[], part: CritiquedPart): readonly CritiquedPart[] {
  if (part.to - part.from < SHORTEST) return parts;
  const painted = [...without(parts, part), part].sort((a, b) => a.from - b.from);
  const joined: CritiquedPart[] = [];
  for (const next of painted) {
    const last = joined.at(-1);
    if (last !== undefined && last.good === next.good && next.from <= last.to) {
      joined[joined.length - 1] = { ...last, to: next.to };
    } else joined.push(next);
  }
  return joined.length > MOST_PARTS ? parts : joined;
}

/** What is left of the parts beside this one. */
function without(parts: readonly CritiquedPart[], cut: CritiquedPart): CritiquedPart[] {
  return parts.flatMap((part) => {
    const before = { ...part, to: Math.min(part.to, cut.from) };
    const after = { ...part, from: Math.max(part.from, cut.to) };
    return [before, after].filter(({ from, to }) => to - from >= SHORTEST);
  });
}
