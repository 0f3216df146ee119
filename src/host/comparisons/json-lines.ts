// Comparisons as `heed export` writes them: a judgement with its segments on each line (docs/export-format.md).
import { open } from "node:fs/promises";
import { leftShareOf } from "../../feedback/comparison.ts";
import { CORRECTION_SHARE } from "../../feedback/correction.ts";
import { DEMONSTRATION_SHARE } from "../../feedback/demonstration.ts";
import { CHOICES, KINDS, STRENGTHS } from "../../feedback/judgement.ts";
import type { ComparisonSet, LabelledPair } from "../../reward/comparison-set.ts";
import type { SegmentRows } from "../../reward/evidence.ts";
import { UsageError } from "../errors.ts";

const FORMAT = "heed-judgement";
/** Version 1 knew comparisons alone, with a left and a right segment and an answer of one word. */
const VERSIONS = [1, 2] as const;

type Shape = Omit<ComparisonSet, "pairs">;

export interface ReadJsonLines {
  readonly set: ComparisonSet;
  /** Comparisons that nobody could tell, which are left out. */
  readonly cannotTell: number;
  /** Judgements of kinds that compare no pair, which are left out. */
  readonly otherKinds: number;
}

/**
 * The comparisons in a file of heed's own, one a line. A demonstration or a correction is one too: what was shown is
 * better than what the agent did.
 * @param path also what the file is called in messages
 * @throws UsageError that names the first bad line
 */
export async function readJsonLines(path: string): Promise<ReadJsonLines> {
  const pairs: LabelledPair[] = [];
  let shape: Shape | null = null;
  let cannotTell = 0;
  let otherKinds = 0;
  let number = 0;
  for await (const text of (await open(path)).readLines()) {
    number += 1;
    if (text.trim() === "") continue;
    const line = new Line(text, `Line ${number} of ${path}`);
    const leftShare = line.leftShare();
    if (leftShare === null) {
      otherKinds += 1;
      continue;
    }
    const found: Shape = line.shape();
    shape ??= found;
    line.expectSame(found, shape);
    if (Number.isNaN(leftShare)) {
      cannotTell += 1;
      continue;
    }
    pairs.push({
      left: line.segment(0, 2 * pairs.length),
      right: line.segment(1, 2 * pairs.length + 1),
      leftShare,
      annotator: line.annotator(),
    });
  }
  if (shape === null) {
    throw new UsageError(`${path} holds no comparisons. Expected what "heed export" writes: one JSON object a line.`);
  }
  return { set: { ...shape, pairs }, cannotTell, otherKinds };
}

type JsonObject = Readonly<Record<string, unknown>>;

/** One line, read with what it is called in messages. */
class Line {
  readonly #name: string;
  readonly #record: JsonObject;
  readonly #version: (typeof VERSIONS)[number];

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
    const version = VERSIONS.find((known) => known === this.#record["version"]);
    if (version === undefined) {
      throw this.#fault(
        `is of version ${shown(this.#record["version"])} of the format; this heed reads ${VERSIONS.join(" and ")}`,
      );
    }
    this.#version = version;
  }

  /** The share of the answer that is for the first of two segments, NaN where it is "cannot tell"; null for other kinds. */
  leftShare(): number | null {
    const { answer } = this.#object(this.#record["judgement"], "judgement");
    if (this.#version === 1) return leftShareOf(this.#oneOf(answer, CHOICES, "the answer"));
    const { kind, choice, strength } = this.#object(answer, "judgement.answer");
    switch (this.#oneOf(kind, KINDS, "an answer of kind")) {
      case "comparison":
        return leftShareOf(
          this.#oneOf(choice, CHOICES, "the choice"),
          strength === undefined ? undefined : this.#oneOf(strength, STRENGTHS, "the strength"),
        );
      case "demonstration":
        return DEMONSTRATION_SHARE;
      case "correction":
        return CORRECTION_SHARE;
      default:
        return null;
    }
  }

  #oneOf<Value extends string>(value: unknown, known: readonly Value[], what: string): Value {
    const found = known.find((one) => one === value);
    if (found !== undefined) return found;
    throw this.#fault(`has ${what} ${shown(value)}, not one of ${known.join(", ")}`);
  }

  annotator(): string | null {
    const { annotator } = this.#object(this.#record["judgement"], "judgement");
    return typeof annotator === "string" ? annotator : null;
  }

  /** The sizes that the first segment has. */
  shape(): Shape {
    const { task } = this.#record;
    const observations = this.#rows(0, "observations");
    const actions = this.#rows(0, "actions");
    return {
      task: typeof task === "string" ? task : null,
      steps: observations.length,
      observationSize: this.#row(observations[0], `${this.#called(0)}.observations`).length,
      actionSize: this.#row(actions[0], `${this.#called(0)}.actions`).length,
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

  /** @param place 0 for the first segment, which is the left one, 1 for the second */
  segment(place: 0 | 1, id: number): SegmentRows {
    const { steps, observationSize, actionSize } = this.shape();
    return {
      id,
      length: steps,
      observations: this.#numbers(place, "observations", steps, observationSize),
      actions: this.#numbers(place, "actions", steps, actionSize),
    };
  }

  /** What a segment is called in the file. */
  #called(place: 0 | 1): string {
    if (this.#version === 2) return `segments[${place}]`;
    return place === 0 ? "left" : "right";
  }

  #segment(place: 0 | 1): JsonObject {
    const called = this.#called(place);
    if (this.#version === 1) return this.#object(this.#record[called], called);
    const { segments } = this.#record;
    return this.#object(Array.isArray(segments) ? segments[place] : undefined, called);
  }

  #numbers(place: 0 | 1, key: string, steps: number, width: number): Float32Array {
    const rows = this.#rows(place, key);
    const path = `${this.#called(place)}.${key}`;
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

  #rows(place: 0 | 1, key: string): readonly unknown[] {
    const rows = this.#segment(place)[key];
    if (!Array.isArray(rows) || rows.length === 0) throw this.#fault(`has no rows in ${this.#called(place)}.${key}`);
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
