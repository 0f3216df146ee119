// Comparisons as `heed export` writes them: a judgement with its two segments on each line (docs/export-format.md).
import { open } from "node:fs/promises";
import type { ComparisonSet, LabelledPair } from "../../reward/comparison-set.ts";
import type { SegmentRows } from "../../reward/evidence.ts";
import { UsageError } from "../errors.ts";

const FORMAT = "heed-judgement";
const VERSION = 1;
/** What each answer says, null where it says nothing. */
const LEFT_SHARES: Readonly<Record<string, number | null>> = { left: 1, right: 0, equal: 0.5, "cannot-tell": null };

type Shape = Omit<ComparisonSet, "pairs">;

/**
 * The comparisons in a file of heed's own, one a line. What nobody could tell is counted and left out.
 * @param path also what the file is called in messages
 * @throws UsageError that names the first bad line
 */
export async function readJsonLines(
  path: string,
): Promise<{ readonly set: ComparisonSet; readonly cannotTell: number }> {
  const pairs: LabelledPair[] = [];
  let shape: Shape | null = null;
  let cannotTell = 0;
  let number = 0;
  for await (const text of (await open(path)).readLines()) {
    number += 1;
    if (text.trim() === "") continue;
    const line = new Line(text, `Line ${number} of ${path}`);
    const leftShare = line.leftShare();
    const found: Shape = line.shape();
    shape ??= found;
    line.expectSame(found, shape);
    if (leftShare === null) {
      cannotTell += 1;
      continue;
    }
    pairs.push({
      left: line.segment("left", 2 * pairs.length),
      right: line.segment("right", 2 * pairs.length + 1),
      leftShare,
      annotator: line.annotator(),
    });
  }
  if (shape === null) {
    throw new UsageError(`${path} holds no comparisons. Expected what "heed export" writes: one JSON object a line.`);
  }
  return { set: { ...shape, pairs }, cannotTell };
}

type JsonObject = Readonly<Record<string, unknown>>;

/** One line, read with what it is called in messages. */
class Line {
  readonly #name: string;
  readonly #record: JsonObject;

  constructor(text: string, name: string) {
    this.#name = name;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw this.#fault(`is not JSON: ${shorten(text)}`);
    }
    this.#record = this.#object(value, "the line");
    if (this.#record["format"] !== FORMAT) {
      throw this.#fault(`has the format ${shown(this.#record["format"])}, not "${FORMAT}"`);
    }
    if (this.#record["version"] !== VERSION) {
      throw this.#fault(`is of version ${shown(this.#record["version"])} of the format; this heed reads ${VERSION}`);
    }
  }

  leftShare(): number | null {
    const { answer } = this.#object(this.#record["judgement"], "judgement");
    if (typeof answer === "string" && Object.hasOwn(LEFT_SHARES, answer)) return LEFT_SHARES[answer];
    throw this.#fault(`has the answer ${shown(answer)}, not one of ${Object.keys(LEFT_SHARES).join(", ")}`);
  }

  annotator(): string | null {
    const { annotator } = this.#object(this.#record["judgement"], "judgement");
    return typeof annotator === "string" ? annotator : null;
  }

  /** The sizes that the left segment has. */
  shape(): Shape {
    const { task } = this.#record;
    const observations = this.#rows("left", "observations");
    const actions = this.#rows("left", "actions");
    return {
      task: typeof task === "string" ? task : null,
      steps: observations.length,
      observationSize: this.#row(observations[0], "left.observations").length,
      actionSize: this.#row(actions[0], "left.actions").length,
    };
  }

  expectSame(found: Shape, first: Shape): void {
    if (found.task !== first.task) {
      throw this.#fault(
        `is about ${shown(found.task)}, and the lines before it about ${shown(first.task)}; fit one task at a time`,
      );
    }
    for (const key of ["steps", "observationSize", "actionSize"] as const) {
      if (found[key] !== first[key]) {
        throw this.#fault(
          `has segments of ${describe(found)}, and the lines before it of ${describe(first)}; only segments alike can be compared`,
        );
      }
    }
  }

  segment(side: "left" | "right", id: number): SegmentRows {
    const { steps, observationSize, actionSize } = this.shape();
    return {
      id,
      length: steps,
      observations: this.#numbers(side, "observations", steps, observationSize),
      actions: this.#numbers(side, "actions", steps, actionSize),
    };
  }

  #numbers(side: string, key: string, steps: number, width: number): Float32Array {
    const rows = this.#rows(side, key);
    const path = `${side}.${key}`;
    if (rows.length !== steps) throw this.#fault(`has ${rows.length} rows in ${path}; ${steps} were expected`);
    const numbers = new Float32Array(steps * width);
    for (const [t, value] of rows.entries()) {
      const row = this.#row(value, path);
      if (row.length !== width)
        throw this.#fault(`has ${row.length} numbers in row ${t} of ${path}; ${width} were expected`);
      for (const [i, number] of row.entries()) {
        if (typeof number !== "number" || !Number.isFinite(Math.fround(number))) {
          throw this.#fault(`has ${shown(number)} in row ${t} of ${path}; a finite number was expected`);
        }
        numbers[t * width + i] = number;
      }
    }
    return numbers;
  }

  #rows(side: string, key: string): readonly unknown[] {
    const rows = this.#object(this.#record[side], side)[key];
    if (!Array.isArray(rows) || rows.length === 0) throw this.#fault(`has no rows in ${side}.${key}`);
    return rows;
  }

  #row(value: unknown, path: string): readonly unknown[] {
    if (!Array.isArray(value) || value.length === 0)
      throw this.#fault(`has no row of numbers in ${path}, but ${shown(value)}`);
    return value;
  }

  #object(value: unknown, what: string): JsonObject {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
    throw this.#fault(`needs an object as ${what}, and has ${shown(value)}`);
  }

  #fault(what: string): UsageError {
    return new UsageError(
      `${this.#name} ${what}. Expected a comparison as "heed export" writes it (docs/export-format.md); correct or remove the line.`,
    );
  }
}

function describe({ steps, observationSize, actionSize }: Shape): string {
  return `${steps} steps with ${observationSize} numbers observed and ${actionSize} of action`;
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : shorten(JSON.stringify(value));
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
