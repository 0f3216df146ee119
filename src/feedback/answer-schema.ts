// What an answer of each kind looks like as JSON. Whether it fits its question is for the kind's own file to say.
import Type, { type TObject, type TSchema } from "typebox";
import { CHOICES, STRENGTHS, type Answer, type Kind, MOST_PARTS, MOST_PRESSES } from "./judgement.ts";

/** Longer than any clip, in seconds. */
const MOST_SECONDS = 3_600;

const seconds = (description: string) => Type.Number({ minimum: 0, maximum: MOST_SECONDS, description });
const good = Type.Boolean({ description: "whether it was good; else it was bad" });

function answer<K extends Kind, Properties extends Record<string, TSchema>>(kind: K, properties: Properties) {
  return Type.Object({ kind: Type.Literal(kind), ...properties }, { additionalProperties: false });
}

export const ANSWER_SCHEMAS = {
  comparison: answer("comparison", {
    choice: Type.Enum([...CHOICES], { description: "which clip is better" }),
    strength: Type.Optional(Type.Enum([...STRENGTHS], { description: "how much better" })),
  }),
  "good-bad": answer("good-bad", {
    choice: Type.Enum(["good", "bad", "cannot-tell"], { description: "what the clip is" }),
  }),
  rating: answer("rating", { stars: Type.Enum([1, 2, 3, 4, 5], { description: "5 is best" }) }),
  ranking: answer("ranking", {
    order: Type.Array(Type.Integer({ minimum: 0, maximum: 5 }), {
      minItems: 2,
      maxItems: 6,
      description: "positions of the clips in the query, best first, each of them once",
    }),
  }),
  critique: answer("critique", {
    parts: Type.Array(
      Type.Object(
        { from: seconds("from the clip's start"), to: seconds("later than from"), good },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: MOST_PARTS, description: "stretches of the clip that were good or bad" },
    ),
  }),
  live: answer("live", {
    presses: Type.Array(Type.Object({ at: seconds("from the clip's start"), good }, { additionalProperties: false }), {
      maxItems: MOST_PRESSES,
      description: "keys pressed while the clip played",
    }),
  }),
  demonstration: answer("demonstration", {}),
  correction: answer("correction", {}),
  stop: answer("stop", { at: seconds("from the clip's start: it should never have come to this") }),
} as const satisfies Readonly<Record<Kind, TObject>>;

/** An answer of any kind. */
export const AnswerSchema = Type.Unsafe<Answer>(
  Type.Union(
    [
      ANSWER_SCHEMAS.comparison,
      ANSWER_SCHEMAS["good-bad"],
      ANSWER_SCHEMAS.rating,
      ANSWER_SCHEMAS.ranking,
      ANSWER_SCHEMAS.critique,
      ANSWER_SCHEMAS.live,
      ANSWER_SCHEMAS.demonstration,
      ANSWER_SCHEMAS.correction,
      ANSWER_SCHEMAS.stop,
    ],
    { description: "what was answered, by the kind of the query" },
  ),
);
