// Files of trajectories: what people drove elsewhere, runs of another agent, a scripted controller's. One a line, as
// docs/demonstrations.md describes them.
import { createHash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import { trajectoryFault, type Trajectory, type TrajectoryShape } from "../feedback/driven.ts";
import type { ExportedJudgement, ExportedSegment } from "../store/export.ts";
import { messageOf, UsageError } from "./errors.ts";

const FORMAT = "heed-trajectory";
const VERSION = 1;

/** A trajectory with what a file says of it. */
export interface FiledTrajectory extends Trajectory {
  /** Its own, or one made from its contents: the same trajectory always has the same. */
  readonly id: string;
  /** Who drove, where the file says so. */
  readonly annotator: string | null;
}

type JsonObject = Readonly<Record<string, unknown>>;
type Rows = readonly (readonly number[])[];

/** One line of such a file. */
export interface TrajectoryLine {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly task: string;
  readonly stepSeconds: number;
  readonly id?: string;
  readonly annotator?: string;
  readonly observations: Rows;
  readonly actions: Rows;
  readonly poses?: Rows;
}

/**
 * Reads a file of trajectories of one task.
 * @param task the task's own name
 * @throws UsageError that names the first bad line and what was expected there
 */
export async function readTrajectories(
  path: string,
  task: string,
  shape: TrajectoryShape,
): Promise<readonly FiledTrajectory[]> {
  const file = await openFile(path);
  const trajectories: FiledTrajectory[] = [];
  const lines = new Map<string, number>();
  let number = 0;
  try {
    for await (const text of file.readLines()) {
      number += 1;
      if (text.trim() === "") continue;
      const name = `Line ${number} of ${path}`;
      const trajectory = new Line(text, name).trajectory(task, shape);
      const before = lines.get(trajectory.id);
      if (before !== undefined) {
        throw new UsageError(`${name} has the id "${trajectory.id}", which line ${before} has too. Ids are unique.`);
      }
      lines.set(trajectory.id, number);
      trajectories.push(trajectory);
    }
  } finally {
    await file.close();
  }
  if (trajectories.length === 0) {
    throw new UsageError(
      `${path} holds no trajectories. Expected one JSON object a line, as docs/demonstrations.md says.`,
    );
  }
  return trajectories;
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}

class Line {
  readonly #name: string;
  readonly #text: string;
  readonly #record: JsonObject;

  constructor(text: string, name: string) {
    this.#name = name;
    this.#text = text;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      const end = text.trimEnd().endsWith("}") ? "" : " It does not end with }: the file may have been cut off.";
      throw this.#fault(`is not JSON.${end}`, { cause });
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.#fault("is no JSON object.");
    // Any object's members are unknown by name.
    this.#record = value as JsonObject;
  }

  trajectory(task: string, shape: TrajectoryShape): FiledTrajectory {
    this.#expect("format", FORMAT);
    this.#expect("version", VERSION);
    this.#expect("task", task);
    const { stepSeconds } = this.#record;
    const near =
      typeof stepSeconds === "number" && Math.abs(stepSeconds - shape.stepSeconds) <= 1e-6 * shape.stepSeconds;
    if (!near)
      throw this.#unexpected("stepSeconds", `${shape.stepSeconds}, which is how long a step of this world takes`);
    const { observations } = this.#record;
    const steps = Array.isArray(observations) ? observations.length : 0;
    const trajectory = {
      id: this.#id(),
      annotator: this.#annotator(),
      steps,
      observations: this.#rows("observations", steps, shape.observationSize),
      actions: this.#rows("actions", steps, shape.actionSize),
      poses: this.#record["poses"] === undefined ? null : this.#rows("poses", steps, shape.poseSize),
    };
    const fault = trajectoryFault(trajectory, shape);
    if (fault !== null) throw this.#fault(`cannot be used. ${fault}`);
    return trajectory;
  }

  #id(): string {
    const { id } = this.#record;
    if (id === undefined) return createHash("sha256").update(this.#text.trim()).digest("hex").slice(0, 32);
    if (typeof id === "string" && /^[A-Za-z0-9_:-]{1,56}$/.test(id)) return id;
    throw this.#unexpected("id", "1 to 56 letters, digits, and _ : -");
  }

  #annotator(): string | null {
    const { annotator } = this.#record;
    if (annotator === undefined) return null;
    if (typeof annotator === "string" && /^[^\p{Cc}\p{Cs}]{1,64}$/u.test(annotator)) return annotator;
    throw this.#unexpected("annotator", "1 to 64 printable characters");
  }

  /** `[steps, size]` */
  #rows(name: "observations" | "actions" | "poses", steps: number, size: number): Float32Array {
    const rows: unknown = this.#record[name];
    if (!Array.isArray(rows)) throw this.#unexpected(name, "a list of rows, one per step");
    if (rows.length !== steps) throw this.#fault(`has ${rows.length} rows of ${name} and ${steps} of observations.`);
    const out = new Float32Array(steps * size);
    for (const [step, row] of rows.entries()) {
      if (!Array.isArray(row) || row.length !== size) {
        const found = Array.isArray(row) ? `${row.length} numbers` : shown(row);
        throw this.#fault(`has ${found} in row ${step} of ${name}, counted from 0; ${size} numbers were expected.`);
      }
      for (const [i, value] of row.entries()) {
        if (typeof value !== "number") {
          throw this.#fault(`has ${shown(value)} in row ${step} of ${name}, counted from 0; numbers were expected.`);
        }
        out[step * size + i] = value;
      }
    }
    return out;
  }

  #expect(key: string, value: string | number): void {
    if (this.#record[key] !== value) throw this.#unexpected(key, shown(value));
  }

  #unexpected(key: string, expected: string): UsageError {
    return this.#fault(`has ${key}: ${shown(this.#record[key])}; expected ${expected}.`);
  }

  #fault(what: string, options?: ErrorOptions): UsageError {
    return new UsageError(`${this.#name} ${what}`, options);
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/**
 * The demonstrations among exported judgements, one line each. Between two frames of a clip the pose is the earlier
 * frame's; all other numbers are as they were.
 */
export async function* trajectoryLines(judgements: AsyncIterable<ExportedJudgement>): AsyncGenerator<TrajectoryLine> {
  let head: Head | undefined;
  let windows: ExportedSegment[] = [];
  for await (const { judgement, task, stepSeconds, segments } of judgements) {
    if (judgement.answer.kind !== "demonstration") continue;
    const id = judgement.id.replace(/\.\d+$/, "");
    if (head?.id !== id) {
      if (head !== undefined) yield joined(head, windows);
      head = { format: FORMAT, version: VERSION, task, stepSeconds, id, annotator: judgement.annotator };
      windows = [];
    }
    windows.push(segments[0]);
  }
  if (head !== undefined) yield joined(head, windows);
}

type Head = Omit<TrajectoryLine, "observations" | "actions" | "poses">;

function joined(head: Head, windows: readonly ExportedSegment[]): TrajectoryLine {
  const drawn = windows.every(({ clip }) => clip.poses.length > 0);
  const whole = {
    ...head,
    observations: windows.flatMap(({ observations }) => observations),
    actions: windows.flatMap(({ actions }) => actions),
  };
  if (!drawn) return whole;
  const poses = windows.flatMap(({ observations, clip }) => {
    const stride = Math.max(1, Math.round(1 / (clip.framesPerSecond * head.stepSeconds)));
    return observations.map((_, step) => clip.poses[Math.floor(step / stride)]);
  });
  return { ...whole, poses };
}
