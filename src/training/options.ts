// What a run is asked to do. One schema makes the command line's flags, the library's options and what the store keeps.
import Type, { type Static } from "typebox";
import { ASKABLE, type AskableKind } from "../feedback/judgement.ts";

export const MOST_STEPS = 1_000_000_000;
export const LEAST_STEPS_PER_LABEL = 100;

/** Names of kinds with commas between, without spaces. */
export const KIND_LIST_PATTERN = `^(${ASKABLE.join("|")})(,(${ASKABLE.join("|")}))*$`;

export const TrainingOptions = Type.Object(
  {
    task: Type.String({ minLength: 1, description: "a task's name or an environment module's path" }),
    teacher: Type.Union([Type.Literal("person"), Type.Literal("simulated"), Type.Literal("none")], {
      default: "person",
      description:
        "who answers: a person on the page; the simulated teacher, which needs nobody; or none, where the agent learns from the true reward",
    }),
    labels: Type.Integer({
      minimum: 0,
      maximum: 100_000,
      default: 300,
      description: "judgements to ask for: at least 1, and none where nobody answers",
    }),
    steps: Type.Integer({
      minimum: 1,
      maximum: MOST_STEPS,
      description:
        "environment steps to take (default: 1,500,000, or with a person and --steps-per-label as many as all labels allow; without a teacher 1,000,000)",
    }),
    seed: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, default: 1, description: "seed of everything random" }),
    workers: Type.Integer({ minimum: 1, maximum: 64, description: "threads that act and learn" }),
    stepsPerLabel: Type.Integer({
      minimum: LEAST_STEPS_PER_LABEL,
      maximum: MOST_STEPS,
      description:
        "steps that the agent may take per judgement before it waits for the next one (default: so many that the labels are spread over the run)",
    }),
    selection: Type.Union(
      [Type.Literal("disagreement"), Type.Literal("entropy"), Type.Literal("k-center"), Type.Literal("random")],
      {
        default: "k-center",
        description:
          "how pairs are chosen: those the reward model's members disagree about, those it is least sure of, of the half with the most disagreement those least like what was asked before, or any",
      },
    ),
    feedback: Type.Optional(
      Type.String({
        pattern: KIND_LIST_PATTERN,
        description: `kinds of feedback to ask for in turn, of ${ASKABLE.join(", ")}, with commas between; without it, comparison. People on the page may choose another`,
      }),
    ),
    from: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4_096,
        description:
          "a head start: a file of trajectories that show what is wanted, or another run of the same task, whose judgements count here too",
      }),
    ),
    fromPolicy: Type.Optional(
      Type.Union([Type.Literal("no"), Type.Literal("yes")], {
        description:
          "whether the policy gets a head start too: it begins by doing what the trajectories show, or with the other run's policy; without it, no",
      }),
    ),
    rationality: Type.Optional(
      Type.Number({
        minimum: 1e-6,
        maximum: 1e6,
        description: "how surely a simulated teacher chooses the better clip; without it, always",
      }),
    ),
    myopia: Type.Number({
      minimum: 0,
      maximum: 1,
      default: 1,
      description: "a simulated teacher's weight of a step relative to the one after it",
    }),
    mistake: Type.Number({
      minimum: 0,
      maximum: 1,
      default: 0,
      description: "how often a simulated teacher answers the other way round",
    }),
    skip: Type.Number({
      minimum: 0,
      maximum: 10,
      default: 0,
      description: "a simulated teacher cannot tell where both clips earn less than this share of an average one",
    }),
    equal: Type.Number({
      minimum: 0,
      maximum: 10,
      default: 0,
      description: "a simulated teacher finds clips equal that differ by less than this share of an average one",
    }),
  },
  { additionalProperties: false },
);
export type TrainingOptions = Static<typeof TrainingOptions>;

/** The kinds of feedback that a run asks for by itself, each once, in turn. */
export function feedbackKinds({ feedback = "comparison" }: Pick<TrainingOptions, "feedback">): readonly AskableKind[] {
  const named = new Set(feedback.split(","));
  return ASKABLE.filter((kind) => named.has(kind));
}
