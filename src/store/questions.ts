// Segments and the queries about them, between rows and values.
import type { Insertable, Kysely, Selectable, Transaction } from "kysely";
import type { Query, Question } from "../feedback/judgement.ts";
import { predictedReward, type Segment } from "../feedback/segment.ts";
import { fromBytes, toBytes } from "./bytes.ts";
import type { Tables } from "./schema.ts";

type QueryRow = Selectable<Tables["queries"]>;

/** Rows asked for in one statement; SQLite takes no more than 32,766 parameters. */
const ROWS_PER_STATEMENT = 500;

/** The queries of these rows with their segments, in the same order. */
export async function questionsOf(db: Kysely<Tables>, run: string, rows: readonly QueryRow[]): Promise<Question[]> {
  const queries = rows.map(toQuery);
  const wanted = [...new Set(queries.flatMap((query) => query.segments))];
  const segments = new Map<number, Segment>();
  for (let start = 0; start < wanted.length; start += ROWS_PER_STATEMENT) {
    const found = await db
      .selectFrom("segments")
      .selectAll()
      .where("run", "=", run)
      .where("id", "in", wanted.slice(start, start + ROWS_PER_STATEMENT))
      .execute();
    for (const row of found) segments.set(row.id, toSegment(row));
  }
  return queries.map((query) => ({ query, segments: query.segments.map((id) => segmentOf(segments, id)) }));
}

function segmentOf(segments: ReadonlyMap<number, Segment>, id: number): Segment {
  const segment = segments.get(id);
  // A query is written together with its segments, so this is a damaged file.
  if (segment === undefined) throw new Error(`Segment ${id} is missing from the database.`);
  return segment;
}

export function toQuery(row: QueryRow): Query {
  return {
    id: row.id,
    kind: row.kind,
    // Written by `keepQuestion` from a list of numbers.
    segments: JSON.parse(row.segments_json),
    selection: row.selection,
    atStep: row.at_step,
  };
}

export function toSegment(row: Selectable<Tables["segments"]>): Segment {
  return {
    id: row.id,
    atStep: row.at_step,
    policyVersion: row.policy_version,
    length: row.length,
    observations: fromBytes(row.observations),
    actions: fromBytes(row.actions),
    rewards: row.rewards === null ? new Float32Array(row.length).fill(Number.NaN) : fromBytes(row.rewards),
    state: row.state === null ? null : fromBytes(row.state),
    clip: { framesPerSecond: row.frames_per_second, frames: row.frames, poses: fromBytes(row.poses) },
  };
}

function segmentRow(run: string, segment: Segment): Insertable<Tables["segments"]> {
  return {
    run,
    id: segment.id,
    at_step: segment.atStep,
    policy_version: segment.policyVersion,
    length: segment.length,
    observations: toBytes(segment.observations),
    actions: toBytes(segment.actions),
    rewards: segment.rewards.every(Number.isNaN) ? null : toBytes(segment.rewards),
    state: segment.state === null ? null : toBytes(segment.state),
    predicted: predictedReward(segment),
    frames_per_second: segment.clip.framesPerSecond,
    frames: segment.clip.frames,
    poses: toBytes(segment.clip.poses),
  };
}

/** Writes a new query and those of its segments that are new. */
export async function keepQuestion(
  transaction: Transaction<Tables>,
  run: string,
  { query, segments }: Question,
  state: "open" | "answered",
): Promise<void> {
  await transaction
    .insertInto("segments")
    .values(segments.map((segment) => segmentRow(run, segment)))
    .onConflict((conflict) => conflict.columns(["run", "id"]).doNothing())
    .execute();
  await transaction
    .insertInto("queries")
    .values({
      run,
      id: query.id,
      kind: query.kind,
      segments_json: JSON.stringify(query.segments),
      selection: query.selection,
      at_step: query.atStep,
      state,
      reopened: 0,
    })
    .execute();
}
