// The fields of the form for a new run, made from the schema that the server takes it by.

export interface Field {
  /** The option's name. */
  readonly name: string;
  readonly label: string;
  /** What it is, in a sentence. */
  readonly help: string;
  readonly kind: "choice" | "number" | "text";
  /** What can be chosen, where it is a choice. */
  readonly choices: readonly string[];
  /** What it is where nothing is given; empty where that follows from other options. */
  readonly standard: string;
  /** Which values it takes, in a few words; empty where any text will do. */
  readonly range: string;
}

/** The options that most runs are told; the others stand behind "More options". */
const FIRST: readonly string[] = ["task", "name", "teacher", "labels", "steps"];

/** The parts of a JSON schema that the server's options are made of. */
interface OptionSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: string | number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly { readonly const?: string }[];
}

export interface Fields {
  readonly first: readonly Field[];
  readonly more: readonly Field[];
}

/** @param schema of an object, as GET /api/options gives it */
export function fieldsOf(schema: unknown): Fields {
  // The server makes it from the schema by which it checks the options.
  const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, OptionSchema>> };
  const fields = Object.entries(properties).map(([name, option]) => fieldOf(name, option));
  const first = FIRST.flatMap((name) => fields.filter((field) => field.name === name));
  return { first, more: fields.filter((field) => !first.includes(field)) };
}

function fieldOf(name: string, option: OptionSchema): Field {
  const choices = (option.anyOf ?? []).flatMap(({ const: value }) => (value === undefined ? [] : [value]));
  const isNumber = option.type === "integer" || option.type === "number";
  return {
    name,
    label: labelOf(name),
    help: sentence(option.description ?? ""),
    kind: choices.length > 0 ? "choice" : isNumber ? "number" : "text",
    choices,
    standard: option.default === undefined ? "" : String(option.default),
    range: isNumber ? rangeOf(option) : "",
  };
}

/** `stepsPerLabel` reads "Steps per label". */
export function labelOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function rangeOf({ type, minimum, maximum }: OptionSchema): string {
  if (minimum === undefined || maximum === undefined) return "";
  const what = type === "integer" ? "A whole number" : "A number";
  return `${what} from ${written(minimum)} to ${written(maximum)}.`;
}

function written(value: number): string {
  return value !== 0 && Math.abs(value) < 0.001 ? String(value) : value.toLocaleString("en");
}

/** Descriptions are written for the command line's help: without a capital and a full stop, and with its flags. */
function sentence(description: string): string {
  if (description === "") return "";
  const text = description.replace(/--([a-z-]+)/g, (_, flag: string) => flag.replaceAll("-", " "));
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

/**
 * What to send: what differs from the standard. A number is sent as one; what only looks like one goes as it is, since
 * the server says best what is wrong with it.
 * @param texts what stands in each field, by the option's name
 */
export function valuesOf(
  { first, more }: Fields,
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const given = [...first, ...more].flatMap((field): [string, unknown][] => {
    const text = (texts[field.name] ?? "").trim();
    if (text === "" || (text === field.standard && field.name !== "task")) return [];
    const number = Number(text.replaceAll(/[\s,_]/g, ""));
    return [[field.name, field.kind === "number" && Number.isFinite(number) ? number : text]];
  });
  return Object.fromEntries(given);
}
