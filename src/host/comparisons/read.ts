// Finds out how comparisons were stored, and reads them.
import { readFile, stat } from "node:fs/promises";
import { isDecisive, type ComparisonSet } from "../../reward/comparison-set.ts";
import { UsageError } from "../errors.ts";
import { readJsonLines } from "./json-lines.ts";
import { readNpz } from "./npz.ts";

export interface ReadComparisons {
  readonly set: ComparisonSet;
  readonly format: "npz" | "heed-judgement";
  /** Comparisons that say nothing about reward, and are not in the set. */
  readonly cannotTell: number;
  /** Judgements that compare no pair, and are not in the set. */
  readonly otherKinds: number;
}

const EXPECTED = 'Expected comparisons as NumPy\'s .npz, or as the JSON lines that "heed export" writes.';

/**
 * The comparisons in a file, of which at least one is decisive. What it holds is told by its name: .npz is NumPy's, and
 * all else is heed's own JSON lines.
 * @throws UsageError where there is no such file or something is wrong in it
 */
export async function readComparisons(path: string): Promise<ReadComparisons> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new UsageError(`There is no file ${path}. ${EXPECTED}`);
  if (!found.isFile()) throw new UsageError(`${path} is no file. ${EXPECTED}`);
  if (found.size === 0) throw new UsageError(`${path} is empty. ${EXPECTED}`);
  const read: ReadComparisons = path.toLowerCase().endsWith(".npz")
    ? { set: readNpz(await readFile(path), path), cannotTell: 0, otherKinds: 0, format: "npz" }
    : { ...(await readJsonLines(path)), format: "heed-judgement" };
  if (!read.set.pairs.some(isDecisive)) {
    throw new UsageError(
      `None of the ${read.set.pairs.length + read.cannotTell} comparisons in ${path} prefers one side, so there is nothing ` +
        "to learn from or to measure by. Collect some that do.",
    );
  }
  return read;
}
