// What goes over the wire about runs as such: the list, and what people do with them.
import { Type, type Static } from "typebox";
import { TrainingOptions } from "../training/options.ts";
import { nullable, oneOf, RunView, StatusView } from "./api.ts";

/** Bytes of text in one field of an option, at most. */
const MAX_KEY = 64;

export const RUN_ACTIONS = ["pause", "resume", "fork", "delete", "restore"] as const;
export type RunAction = (typeof RUN_ACTIONS)[number];

/** A run in a list. */
export const RunSummary = Type.Object({
  id: Type.String(),
  name: Type.String(),
  task: Type.String(),
  options: TrainingOptions,
  created: Type.String({ description: "when it was made, ISO 8601" }),
  status: StatusView,
  live: RunView.properties.live,
  address: nullable(Type.String({ description: "where another process that works on it shows its page" })),
  problem: nullable(Type.String({ description: "why it failed, where that was in this process" })),
  evaluation: nullable(
    Type.Object({
      episodes: Type.Integer(),
      trueReturn: nullable(Type.Number()),
      measures: Type.Record(Type.String(), Type.Number(), { description: "what the task measures, such as backflips" }),
    }),
  ),
  forkedFrom: nullable(
    Type.Object({
      run: nullable(Type.String({ description: "null once that run was removed for good" })),
      steps: Type.Integer({ description: "of the checkpoint that it goes on from" }),
    }),
  ),
  deleted: nullable(Type.String({ description: "when it was deleted, ISO 8601" })),
  actions: Type.Array(oneOf([...RUN_ACTIONS], "what whoever asks may do with it now")),
});
export type RunSummary = Static<typeof RunSummary>;

export const RunsView = Type.Object({
  current: nullable(Type.String({ description: "the id of the run that pages open first" })),
  runs: Type.Array(RunSummary, { description: "newest first" }),
  deleted: Type.Array(RunSummary, { description: "those that can be restored, deleted last first" }),
  mayManage: Type.Boolean({ description: "whether who asks may start runs and change them" }),
});
export type RunsView = Static<typeof RunsView>;

export const CheckpointsView = Type.Object({
  steps: Type.Array(Type.Integer(), { description: "environment steps of each checkpoint, newest first" }),
});
export type CheckpointsView = Static<typeof CheckpointsView>;

/** Values are checked one by one later, so that whoever asks hears in a sentence which of them is wrong, and why. */
const Options = Type.Record(Type.String({ maxLength: MAX_KEY }), Type.Unknown(), { maxProperties: 64 });

export const NewRunBody = Type.Unsafe<Record<string, unknown>>({
  ...Options,
  description: "a task, a name if you like, and options that differ from the defaults; GET /api/options describes them",
});

export const ForkBody = Type.Object(
  {
    steps: Type.Optional(Type.Integer({ minimum: 0, description: "of the checkpoint; the newest where left out" })),
    name: Type.Optional(Type.String({ maxLength: 256 })),
    options: Type.Optional({ ...Options, description: "options that differ from those of the run" }),
  },
  { additionalProperties: false },
);
export type ForkBody = Static<typeof ForkBody>;

export const OptionsView = Type.Object({
  schema: Type.Unknown({ description: "JSON schema of what POST /api/runs takes, with this machine's defaults" }),
  tasks: Type.Array(
    Type.Object({
      name: Type.String({ description: "what to give as the option task" }),
      description: Type.String(),
      question: Type.String(),
    }),
  ),
});
export type OptionsView = Static<typeof OptionsView>;
