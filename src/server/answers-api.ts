// What goes over the wire of clips by what is predicted of them, and of all answers of a run.
import { Type, type Static } from "typebox";
import { AnswerSchema } from "../feedback/answer-schema.ts";
import { KINDS, SELECTIONS } from "../feedback/judgement.ts";
import { Annotator, JudgementId, PosesView, QueryView, RunParams } from "./api.ts";

const MAX_ID = 2 ** 31 - 1;
const nothing = Type.Null();

/** Predicted rewards per step. */
const Trace = Type.Union([Type.Array(Type.Number()), nothing], {
  description: "reward predicted for each step when it was recorded; null where nothing was predicted yet",
});

export const CLIP_SORTS = ["best", "worst", "newest"] as const;
export const ClipsQuery = Type.Object(
  {
    sort: Type.Optional(
      Type.Enum([...CLIP_SORTS], { description: "by predicted reward or by age; best where it is left out" }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, description: "12 where it is left out" })),
  },
  { additionalProperties: false },
);

export const PredictedClipView = Type.Object({
  segment: Type.Integer(),
  atStep: Type.Integer({ description: "environment steps that the run had taken when it was recorded" }),
  predicted: Type.Union([Type.Number(), nothing], { description: "sum of the predicted rewards" }),
  rewards: Trace,
  ...PosesView.properties,
});
export type PredictedClipView = Static<typeof PredictedClipView>;

export const ClipsView = Type.Object({ clips: Type.Array(PredictedClipView) });
export type ClipsView = Static<typeof ClipsView>;

export const AnswersQuery = Type.Object(
  {
    kind: Type.Optional(Type.Enum([...KINDS], { description: "what kind of answer" })),
    annotator: Type.Optional(Annotator),
    choice: Type.Optional(
      Type.Enum(["left", "right", "equal", "cannot-tell", "good", "bad", "1", "2", "3", "4", "5"], {
        description: "what was chosen, or how many stars were given",
      }),
    ),
    selection: Type.Optional(Type.Enum([...SELECTIONS], { description: "how the query was chosen" })),
    surprising: Type.Optional(
      Type.Boolean({ description: "only answers that the reward model held for less than 20 % likely" }),
    ),
    before: Type.Optional(
      Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: "`next` of the page before" }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: "100 where it is left out" })),
  },
  { additionalProperties: false },
);
export type AnswersQuery = Static<typeof AnswersQuery>;

export const AnswerView = Type.Object({
  id: JudgementId,
  query: Type.Integer(),
  kind: QueryView.properties.kind,
  selection: QueryView.properties.selection,
  atStep: QueryView.properties.atStep,
  answer: AnswerSchema,
  annotator: Type.String(),
  decisionMilliseconds: Type.Union([Type.Number(), nothing]),
  answered: Type.String({ description: "when, ISO 8601" }),
  probability: Type.Union([Type.Number(), nothing], {
    description: "of this answer by what the reward model predicted before; null where it could not tell",
  }),
});
export type AnswerView = Static<typeof AnswerView>;

export const AnswersView = Type.Object({
  answers: Type.Array(AnswerView, { description: "those that stand, newest first" }),
  next: Type.Union([Type.Integer(), nothing], { description: "`before` of the next page; null where there is none" }),
  annotators: Type.Array(Type.String(), { description: "whose answers stand in this run" }),
});
export type AnswersView = Static<typeof AnswersView>;

export const QuestionParams = Type.Object({
  ...RunParams.properties,
  query: Type.Integer({ minimum: 1, maximum: MAX_ID }),
});

export const ReplayView = Type.Object({
  query: QueryView,
  rewards: Type.Array(Trace, { description: "one for each of the query's clips" }),
});
export type ReplayView = Static<typeof ReplayView>;

export const ReviseBody = Type.Object(
  {
    id: JudgementId,
    answer: AnswerSchema,
    decisionMilliseconds: Type.Optional(Type.Union([Type.Number({ minimum: 0, maximum: 86_400_000 }), nothing])),
  },
  { additionalProperties: false },
);
export type ReviseBody = Static<typeof ReviseBody>;

export const RevisedView = Type.Object({ id: JudgementId });
export type RevisedView = Static<typeof RevisedView>;
