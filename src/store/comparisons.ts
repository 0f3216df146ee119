// Segments and the queries about them, between rows and values.
import type { Insertable, Kysely, Selectable } from "kysely";
import type { Query } from "../feedback/judgement.ts";
import type { Segment } from "../feedback/segment.ts";
import type { Comparison } from "../training/training.ts";
import { fromBytes, toBytes } from "./bytes.ts";
import type { Tables } from "./schema.ts";

type QueryRow = Selectable<Tables["queries"]>;

/** Rows asked for in one statement; SQLite takes no more than 32,766 parameters. */
const ROWS_PER_STATEMENT = 500;

/** The queries of these rows with their segments, in the same order. */
export async function comparisonsOf(
  db: Kysely<Tables>,
  run: string,
  queries: readonly QueryRow[],
): Promise<Comparison[]> {
  const wanted = [...new Set(queries.flatMap((query) => [query.left_segment, query.right_segment]))];
  const segments = new Map<number, Segment>();
  for (let start = 0; start < wanted.length; start += ROWS_PER_STATEMENT) {
    const rows = await db
      .selectFrom("segments")
      .selectAll()
      .where("run", "=", run)
      .where("id", "in", wanted.slice(start, start + ROWS_PER_STATEMENT))
      .execute();
    for (const row of rows) segments.set(row.id, toSegment(row));
  }
  return queries.map((query) => ({
    query: toQuery(query),
    left: segmentOf(segments, query.left_segment),
    right: segmentOf(segments, query.right_segment),
  }));
}

function segmentOf(segments: ReadonlyMap<number, Segment>, id: number): Segment {
  const segment = segments.get(id);
  // A foreign key holds them together, so this is a damaged file.
  if (segment === undefined) throw new Error(`Segment ${id} is missing from the database.`);
  return segment;
}

function toQuery(row: QueryRow): Query {
  return {
    id: row.id,
    left: row.left_segment,
    right: row.right_segment,
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
    clip: { framesPerSecond: row.frames_per_second, frames: row.frames, poses: fromBytes(row.poses) },
  };
}

export function segmentRow(run: string, segment: Segment): Insertable<Tables["segments"]> {
  return {
    run,
    id: segment.id,
    at_step: segment.atStep,
    policy_version: segment.policyVersion,
    length: segment.length,
    observations: toBytes(segment.observations),
    actions: toBytes(segment.actions),
    frames_per_second: segment.clip.framesPerSecond,
    frames: segment.clip.frames,
    poses: toBytes(segment.clip.poses),
  };
}
