// What goes over the wire where people drive: their trajectories, and where a clip can be taken over.
import { Type, type Static } from "typebox";
import { Annotator } from "./api.ts";

/** Long enough for five minutes of any world that comes with heed; a few megabytes. */
const MOST_CHARACTERS = 12 * 2 ** 20;
export const DRIVEN_BODY_LIMIT = 3 * MOST_CHARACTERS;
const MOST_STEPS = 1_000_000;

/** Made by whoever drives. Judgements are named after it, so it is shorter than their ids may be. */
export const DemonstrationId = Type.String({
  pattern: "^[A-Za-z0-9_:-]{1,56}$",
  description: "1 to 56 letters, digits, and _ : -",
});

const floats = (shape: string) =>
  Type.String({
    maxLength: MOST_CHARACTERS,
    description: `base64 of little-endian 32-bit floats, [steps, ${shape}]`,
  });

const driven = {
  id: DemonstrationId,
  steps: Type.Integer({ minimum: 1, maximum: MOST_STEPS }),
  framesPerSecond: Type.Number({ description: "steps per simulated second, as the run's world has them" }),
  observations: floats("observation size"),
  actions: floats("action size"),
  poses: Type.Optional(floats("bodies * 7")),
  annotator: Type.Optional(Annotator),
};

export const DemonstrationBody = Type.Object(driven, { additionalProperties: false });
export type DemonstrationBody = Static<typeof DemonstrationBody>;

export const CorrectionBody = Type.Object(
  {
    ...driven,
    segment: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1, description: "the window of the agent that goes wrong" }),
    at: Type.Number({
      minimum: 0,
      maximum: 3_600,
      description: "simulated seconds from that window's start to where the person took over; driven is from its start",
    }),
  },
  { additionalProperties: false },
);
export type CorrectionBody = Static<typeof CorrectionBody>;

/** What is driven, without its name. */
export type DrivenView = Omit<DemonstrationBody, "id" | "annotator">;

export const DemonstrationView = Type.Object({
  id: DemonstrationId,
  judgements: Type.Integer({ description: "how many judgements the reward model learns from it" }),
});
export type DemonstrationView = Static<typeof DemonstrationView>;

export const DemonstrationParams = Type.Object({ run: Type.String(), id: DemonstrationId });

export const SegmentParams = Type.Object({
  run: Type.String(),
  segment: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }),
});

export const SegmentStartView = Type.Object({
  length: Type.Integer({ description: "environment steps in the window" }),
  state: Type.String({
    description: "base64 of little-endian 32-bit floats: the world before the window's first step",
  }),
  observation: Type.String({ description: "the same, [observation size]: what was observed there" }),
  actions: Type.String({ description: "the same, [steps, action size]: what the agent did from there" }),
});
export type SegmentStartView = Static<typeof SegmentStartView>;
