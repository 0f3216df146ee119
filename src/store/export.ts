// What people take with them: judgements with all that was compared. docs/export-format.md describes it for users.
import type { Answer, Kind, Selection } from "../feedback/judgement.ts";
import type { Segment } from "../feedback/segment.ts";
import type { Context } from "./context.ts";
import { toJudgement } from "./judgements.ts";
import { questionsOf } from "./questions.ts";
import type { Store } from "./store.ts";

/** Counted up when a reader of the format would have to change. */
export const EXPORT_VERSION = 2;

/** One line of an export: JSON by construction. */
export interface ExportedJudgement {
  readonly format: "heed-judgement";
  readonly version: typeof EXPORT_VERSION;
  readonly run: string;
  readonly task: string;
  readonly question: string;
  readonly stepSeconds: number;
  readonly judgement: {
    readonly id: string;
    readonly answer: Answer;
    readonly annotator: string;
    readonly decisionMilliseconds: number | null;
    /** ISO 8601, UTC. */
    readonly answeredAt: string;
  };
  readonly query: {
    readonly id: number;
    readonly kind: Kind;
    readonly selection: Selection;
    readonly atStep: number;
  };
  readonly segments: readonly ExportedSegment[];
}

export interface ExportedSegment {
  readonly id: number;
  readonly atStep: number;
  readonly policyVersion: number;
  /** `[T][observation size]` */
  readonly observations: readonly (readonly number[])[];
  /** `[T][action size]` */
  readonly actions: readonly (readonly number[])[];
  /** `[T]`, null where nothing was predicted yet. */
  readonly rewards: readonly (number | null)[];
  /** `poses`: `[frames][bodies * 7]` */
  readonly clip: { readonly framesPerSecond: number; readonly poses: readonly (readonly number[])[] };
}

/** Judgements read at a time: few enough that other work is not kept waiting. */
const PAGE = 20;

export function exportMethods(context: Context): Pick<Store, "exportJudgements"> {
  return { exportJudgements: (run) => exportJudgements(context, run) };
}

async function* exportJudgements({ db }: Context, run: string): AsyncGenerator<ExportedJudgement> {
  const {
    task,
    question: asked,
    step_seconds,
  } = await db
    .selectFrom("runs")
    .select(["task", "question", "step_seconds"])
    .where("id", "=", run)
    .executeTakeFirstOrThrow();
  let after = 0;
  for (;;) {
    const judgements = await db
      .selectFrom("judgements")
      .selectAll()
      .where("run", "=", run)
      .where("taken_back_at", "is", null)
      .where("sequence", ">", after)
      .orderBy("sequence")
      .limit(PAGE)
      .execute();
    if (judgements.length === 0) return;
    const ids = judgements.map((judgement) => judgement.query);
    const queries = await db.selectFrom("queries").selectAll().where("run", "=", run).where("id", "in", ids).execute();
    const questions = new Map((await questionsOf(db, run, queries)).map((question) => [question.query.id, question]));
    for (const judgement of judgements) {
      after = judgement.sequence;
      const question = questions.get(judgement.query);
      if (question === undefined) throw new Error(`Query ${judgement.query} is missing from the database.`);
      const { query, segments } = question;
      const { answer } = toJudgement(judgement);
      yield {
        format: "heed-judgement",
        version: EXPORT_VERSION,
        run,
        task,
        question: asked,
        stepSeconds: step_seconds,
        judgement: {
          id: judgement.id,
          answer,
          annotator: judgement.annotator,
          decisionMilliseconds: judgement.decision_milliseconds,
          answeredAt: new Date(judgement.answered_at).toISOString(),
        },
        query: { id: query.id, kind: query.kind, selection: query.selection, atStep: query.atStep },
        segments: segments.map(exportSegment),
      };
    }
  }
}

function exportSegment(segment: Segment): ExportedSegment {
  const { id, atStep, policyVersion, length, clip } = segment;
  return {
    id,
    atStep,
    policyVersion,
    observations: rows(segment.observations, length),
    actions: rows(segment.actions, length),
    rewards: Array.from(segment.rewards, (reward) => (Number.isNaN(reward) ? null : Number(reward.toPrecision(9)))),
    clip: { framesPerSecond: clip.framesPerSecond, poses: rows(clip.poses, clip.frames) },
  };
}

/** `count` rows of equal length. Nine significant digits bring every 32-bit float back as it was. */
function rows(values: Float32Array, count: number): number[][] {
  const width = count === 0 ? 0 : values.length / count;
  return Array.from({ length: count }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width), (value) => Number(value.toPrecision(9))),
  );
}
