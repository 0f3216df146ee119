// What goes over the wire: one source of types, validation and the API's description.
import { Type, type Static, type TSchema } from "typebox";
import type { Scene } from "../environment/scene.ts";
import { AnswerSchema } from "../feedback/answer-schema.ts";
import { ASKABLE, KINDS, SELECTIONS } from "../feedback/judgement.ts";
import type { Phase } from "../training/journal.ts";

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const oneOf = <T extends string[]>(values: readonly [...T], description: string) =>
  Type.Enum<T>(values, { description });

const MAX_ID = 2 ** 31 - 1;

/** Longer than any id that heed makes. */
export const RunId = Type.String({ maxLength: 128, description: "the run's id" });
export const RunParams = Type.Object({ run: RunId });

/** Made by the page, so it may also stand in a path. */
export const JudgementId = Type.String({
  pattern: "^[A-Za-z0-9_.:-]{1,64}$",
  description: "1 to 64 letters, digits, and _ . : -",
});

export const Annotator = Type.String({
  // No control characters and no halves of surrogate pairs, which databases cannot keep.
  pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]{1,64}$",
  description: "1 to 64 printable characters",
});

const PHASES = [
  "starting",
  "asking",
  "learning",
  "waiting",
  "evaluating",
  "finished",
  "stopped",
  "failed",
] as const satisfies readonly Phase[];

export const StatusView = Type.Object({
  phase: oneOf(PHASES, "what the run is doing"),
  steps: Type.Integer({ description: "environment steps taken" }),
  labels: Type.Integer({ description: "judgements that count" }),
  waitingFor: nullable(Type.String({ description: "whom or what it waits for, in a sentence" })),
});

export const RunView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  task: Type.String(),
  question: Type.String({ description: "what a person is asked about two clips" }),
  teacher: oneOf(["person", "simulated", "none"], "who answers; with none the agent learns from the true reward"),
  labelsWanted: Type.Integer(),
  stepsWanted: Type.Integer(),
  stepsPerLabel: Type.Integer({ description: "steps that the agent may take per judgement before it waits" }),
  scene: nullable(
    Type.Unsafe<Scene>({ type: "object", description: "what the world looks like: shapes per body, in metres" }),
  ),
  stepSeconds: Type.Number({ description: "simulated seconds per environment step" }),
  status: StatusView,
  live: Type.Boolean({ description: "whether the run goes on in this process" }),
  answerTo: nullable(
    Type.String({ description: "why no answers are taken here, or none of yours; null where they are" }),
  ),
  version: Type.String({ description: "of heed" }),
});
export type RunView = Static<typeof RunView>;

/** A clip as it is drawn. */
export const PosesView = Type.Object({
  framesPerSecond: Type.Number(),
  frames: Type.Integer(),
  poses: Type.String({
    description:
      "base64 of little-endian 32-bit floats, [frames, bodies * 7]: x, y, z in metres, quaternion w, x, y, z",
  }),
});
export type PosesView = Static<typeof PosesView>;

export const ClipView = Type.Object({
  segments: Type.Array(Type.Integer(), { description: "ids of the segments that it shows, one after the other" }),
  steps: Type.Integer({ description: "environment steps in it" }),
  ...PosesView.properties,
});
export type ClipView = Static<typeof ClipView>;

export const QueryView = Type.Object({
  id: Type.Integer(),
  kind: oneOf(KINDS, "what kind of answer is asked for"),
  selection: oneOf(SELECTIONS, "how it was chosen"),
  atStep: Type.Integer({ description: "environment steps that the run had taken when it was asked" }),
  clips: Type.Array(ClipView, { description: "a comparison's left one, then its right one" }),
});
export type QueryView = Static<typeof QueryView>;

export const QueriesQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, description: "3 where it is left out" })),
    kind: Type.Optional(oneOf(KINDS, "of all kinds where it is left out")),
    annotator: Type.Optional(Annotator),
    have: Type.Optional(
      Type.String({
        pattern: "^[0-9,]{0,240}$",
        description: "ids, with commas between them, of queries that are known already and need not be sent",
      }),
    ),
  },
  { additionalProperties: false },
);
export const QueriesView = Type.Object({
  ids: Type.Array(Type.Integer(), { description: "in the order in which they are to be answered" }),
  queries: Type.Array(QueryView, { description: "those that are not known already" }),
});
export type QueriesView = Static<typeof QueriesView>;

/** Who asks, where they say so themselves. */
export const AnnotatorQuery = Type.Object({ annotator: Type.Optional(Annotator) }, { additionalProperties: false });

export const LeasesView = Type.Object({ held: Type.Integer({ description: "queries that are this person's now" }) });

export const RequestBody = Type.Object(
  {
    kind: oneOf(ASKABLE, "what kind of answer somebody wants to give"),
    count: Type.Integer({ minimum: 1, maximum: 20 }),
  },
  { additionalProperties: false },
);
export const RequestedView = Type.Object({ open: Type.Integer({ description: "queries of this kind open by now" }) });

export const JudgementBody = Type.Object(
  {
    id: JudgementId,
    query: Type.Integer({ minimum: 1, maximum: MAX_ID }),
    answer: AnswerSchema,
    annotator: Type.Optional(Annotator),
    decisionMilliseconds: Type.Optional(nullable(Type.Number({ minimum: 0, maximum: 86_400_000 }))),
  },
  { additionalProperties: false },
);
export type JudgementBody = Static<typeof JudgementBody>;

export const JudgedView = Type.Object({ id: JudgementId, labels: Type.Integer() });
export type JudgedView = Static<typeof JudgedView>;

export const JudgementParams = Type.Object({ run: RunId, id: JudgementId });
export const TakenBackView = Type.Object({ labels: Type.Integer(), query: QueryView });
export type TakenBackView = Static<typeof TakenBackView>;

export const LastJudgementQuery = Type.Object({ annotator: Type.Optional(Annotator) }, { additionalProperties: false });
export const LastJudgementView = Type.Object({
  judgement: nullable(Type.Object({ id: Type.String(), query: Type.Integer(), answer: AnswerSchema })),
});
export type LastJudgementView = Static<typeof LastJudgementView>;

const reading = nullable(Type.Number());
export const MetricsView = Type.Object({
  metrics: Type.Array(
    Type.Object({
      steps: Type.Integer(),
      labels: Type.Integer(),
      seconds: Type.Number(),
      stepsPerSecond: Type.Number(),
      rewardAccuracy: reading,
      rewardLoss: reading,
      rewardHeldOutLoss: reading,
      disagreement: reading,
      predictedReward: reading,
      trueReturn: reading,
      policyEntropy: reading,
      policyDivergence: reading,
      explainedVariance: reading,
      diverged: Type.Integer(),
    }),
  ),
});
export type MetricsView = Static<typeof MetricsView>;

export const AgentView = Type.Object({ clip: nullable(PosesView) });
export type AgentView = Static<typeof AgentView>;

export const ErrorView = Type.Object({
  error: Type.Object({
    message: Type.String({ description: "what was wrong" }),
    expected: Type.Optional(Type.String()),
    hint: Type.Optional(Type.String({ description: "what to do" })),
    field: Type.Optional(Type.String({ description: "which part of the request is wrong, where it is one" })),
  }),
});
export type ErrorView = Static<typeof ErrorView>;
