// Where an experiment keeps its finished trials: one JSON object a line, synced line by line.
import { appendFileSync, closeSync, fsyncSync, ftruncateSync, openSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import Value from "typebox/value";
import { makeDirectory } from "../host/data.ts";
import { messageOf, UsageError } from "../host/errors.ts";
import { TrialResult } from "./trial.ts";

const NAME = "trials.jsonl";
const NEWLINE = 10;

export class TrialsFile {
  readonly #file: number;
  readonly #finished = new Map<string, TrialResult>();

  /**
   * Opens the directory's file, and makes both where there are none. A last line that a kill has cut off is removed.
   * @throws UsageError where the directory cannot be used or holds something else
   */
  constructor(directory: string, experiment: string) {
    this.#file = open(directory);
    const bytes = readFileSync(this.#file);
    const whole = bytes.lastIndexOf(NEWLINE) + 1;
    const lines = bytes.toString("utf8", 0, whole).split("\n").slice(0, -1);
    for (const [i, line] of lines.entries()) {
      const result = parse(line);
      if (result === null) {
        throw new UsageError(
          `Line ${i + 1} of ${join(resolve(directory), NAME)} is not a finished trial. Remove it, or give another directory with --out.`,
        );
      }
      if (result.experiment !== experiment) {
        throw new UsageError(
          `${resolve(directory)} holds trials of the experiment "${result.experiment}", and this one is "${experiment}". Give another directory with --out.`,
        );
      }
      this.#finished.set(result.key, result);
    }
    if (whole < bytes.length) ftruncateSync(this.#file, whole);
  }

  /** All finished trials by their keys, those of earlier processes too. */
  get finished(): ReadonlyMap<string, TrialResult> {
    return this.#finished;
  }

  /** Returns when the line is on disk. */
  append(result: TrialResult): void {
    appendFileSync(this.#file, `${JSON.stringify(result)}\n`);
    fsyncSync(this.#file);
    this.#finished.set(result.key, result);
  }

  close(): void {
    closeSync(this.#file);
  }
}

function open(directory: string): number {
  try {
    makeDirectory(directory);
    return openSync(join(directory, NAME), "a+");
  } catch (error) {
    throw new UsageError(
      `Trials cannot be kept in ${resolve(directory)}: ${messageOf(error)}. Give a directory that can be written to with --out.`,
      { cause: error },
    );
  }
}

function parse(line: string): TrialResult | null {
  try {
    const value: unknown = JSON.parse(line);
    return Value.Check(TrialResult, value) ? value : null;
  } catch {
    return null;
  }
}
