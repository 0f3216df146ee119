// Fills in and checks what a run is asked to do. The schema in training/options.ts holds every bound and default.
import { availableParallelism } from "node:os";
import Type from "typebox";
import { HYPERPARAMETERS } from "../training/hyperparameters.ts";
import { ASKABLE } from "../feedback/judgement.ts";
import { KIND_LIST_PATTERN, MOST_STEPS, TrainingOptions } from "../training/options.ts";
import { stepsForLabels, stepsPerLabelFor } from "../training/schedule.ts";
import { UsageError } from "./errors.ts";

/** What a user may say of a run: a task, and the rest where the default will not do. */
export type GivenOptions = Pick<TrainingOptions, "task"> & {
  readonly [Key in Exclude<keyof TrainingOptions, "task">]?: TrainingOptions[Key] | undefined;
};

/** Environment steps that a run takes unless it is told otherwise, by its teacher. */
const STEPS = { person: 1_500_000, simulated: 1_500_000, none: 1_000_000 };

export type OptionName = keyof TrainingOptions;

const fields = TrainingOptions.properties;
const names = Object.keys(fields) as OptionName[]; // The keys of an object literal are exactly its type's keys.

const KIND_LIST = new RegExp(KIND_LIST_PATTERN);

/** The options that the command line has flags for: all but the task, which is an argument. */
export const flagOptions: readonly Exclude<OptionName, "task">[] = names.filter((name) => name !== "task");

/** Those of them that mean something in a run without a teacher. */
export const trainOptions = ["steps", "seed", "workers"] as const;

/**
 * The option's value, if it is one that the schema allows.
 * @param shownAs how the user wrote the option's name, such as `--labels`
 * @throws UsageError that says what was expected
 */
export function checkOption(name: OptionName, value: unknown, shownAs: string = name): string | number {
  const field: Type.TSchema = fields[name];
  const given = JSON.stringify(value);
  if ("minimum" in field && "maximum" in field) {
    const { minimum, maximum } = field;
    const whole = Type.IsInteger(field);
    const sound = whole ? Number.isInteger(value) : Number.isFinite(value);
    if (sound && Number(value) >= Number(minimum) && Number(value) <= Number(maximum)) return Number(value);
    const expected = `${whole ? "an integer" : "a number"} from ${String(minimum)} to ${String(maximum)}`;
    throw new UsageError(`${shownAs}: expected ${expected}, but got ${given}.`, { field: name });
  }
  if (name === "feedback") {
    if (typeof value === "string" && KIND_LIST.test(value)) return value;
    const expected = `one or more of ${ASKABLE.join(", ")}, with commas between`;
    throw new UsageError(`${shownAs}: expected ${expected}, but got ${given}.`, { field: name });
  }
  const allowed = choices(name);
  if (typeof value === "string" && value.length > 0 && (allowed.length === 0 || allowed.includes(value))) return value;
  const expected = allowed.length === 0 ? "a name or a path" : allowed.join(" or ");
  throw new UsageError(`${shownAs}: expected ${expected}, but got ${given}.`, { field: name });
}

/** The only values that the option may have; empty where it is free. */
export function choices(name: OptionName): readonly string[] {
  const field: Type.TSchema = fields[name];
  if (!("anyOf" in field) || !Array.isArray(field.anyOf)) return [];
  return field.anyOf.map((choice: { const: string }) => choice.const);
}

/** Whether the option is text of any kind. */
export function isText(name: OptionName): boolean {
  return Type.IsString(fields[name]);
}

/** What the schema says of the option, for help texts. */
export function describeOption(name: OptionName): { description: string; default: string | number | undefined } {
  const field: Type.TSchema = fields[name];
  return { description: "description" in field ? String(field.description) : "", default: defaultOf(name) };
}

/**
 * The options with every gap filled.
 * @throws UsageError for a value out of range or a name that is not an option's
 */
export function fillOptions(given: GivenOptions): TrainingOptions {
  for (const name of Object.keys(given)) {
    if (!names.includes(name as OptionName)) {
      throw new UsageError(`There is no option named "${name}". The options are ${names.join(", ")}.`, { field: name });
    }
  }
  const filled = names.flatMap((name) => {
    const value = given[name] ?? defaultOf(name);
    return value === undefined ? [] : [[name, checkOption(name, value)]];
  });
  // Every field but steps and steps per label was just checked against the schema.
  const asked = Object.fromEntries(filled) as Unfinished;
  const options = { ...asked, labels: asked.teacher === "none" ? 0 : asked.labels };
  if (options.teacher !== "none" && options.labels === 0) {
    throw new UsageError(`labels: expected at least 1, but got 0. Without a teacher there is "heed train".`, {
      field: "labels",
    });
  }
  const steps = options.steps ?? defaultSteps(options);
  const stepsPerLabel = options.stepsPerLabel ?? stepsPerLabelFor({ ...options, steps }, HYPERPARAMETERS);
  return { ...options, steps, stepsPerLabel };
}

type Unfinished = Omit<TrainingOptions, "steps" | "stepsPerLabel"> & Partial<TrainingOptions>;

function defaultSteps(options: Unfinished): number {
  const { teacher, stepsPerLabel } = options;
  if (teacher !== "person" || stepsPerLabel === undefined) return STEPS[teacher];
  return Math.min(MOST_STEPS, stepsForLabels({ ...options, stepsPerLabel }, HYPERPARAMETERS));
}

/** Undefined where there is none of its own: the task is always given, and steps depend on other options. */
function defaultOf(name: OptionName): string | number | undefined {
  if (name === "workers") return Math.min(availableParallelism(), 64);
  const field: Type.TSchema = fields[name];
  // The schema's defaults are of its options' types.
  return "default" in field ? (field.default as string | number) : undefined;
}
