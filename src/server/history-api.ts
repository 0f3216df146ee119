// What goes over the wire of an agent's history.
import { Type, type Static } from "typebox";
import { PosesView, RunParams } from "./api.ts";

const STEPS = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER };

export const MomentParams = Type.Object({
  ...RunParams.properties,
  at: Type.Integer({ ...STEPS, description: "environment steps that the run had taken, as the list gives them" }),
});

const moment = {
  steps: Type.Integer({ description: "environment steps that the run had taken; 0 for the untrained agent" }),
  labels: Type.Integer({ description: "judgements that counted by then" }),
  measures: Type.Record(Type.String(), Type.Number(), {
    description: "what the task measures in the clip, such as backflips; empty where it measures nothing",
  }),
};

export const HistoryView = Type.Object({
  moments: Type.Array(Type.Object(moment), {
    description: "by steps: the untrained agent, then every tenth of the run",
  }),
});
export type HistoryView = Static<typeof HistoryView>;

export const MomentView = Type.Object({ ...moment, clip: PosesView });
export type MomentView = Static<typeof MomentView>;
