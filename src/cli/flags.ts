// Flags made from the schema of a run's options, so that bounds, defaults and descriptions stand in one place.
import { Option } from "commander";
import { checkOption, choices, describeOption, isText, type OptionName } from "../host/options.ts";
import { UsageError } from "../host/errors.ts";

/** The flag of a run's option: `stepsPerLabel` is `--steps-per-label`. */
export function optionFlag(name: OptionName): Option {
  const flag = spelt(name);
  const { description, default: fallback } = describeOption(name);
  const allowed = choices(name);
  const placeholder = allowed.length > 0 ? `<${allowed.join("|")}>` : isText(name) ? "<text>" : "<n>";
  return new Option(
    `${flag} ${placeholder}`,
    fallback === undefined ? description : `${description} (default: ${fallback})`,
  ).argParser((text: string) => checkOption(name, allowed.length > 0 || isText(name) ? text : numberOf(text), flag));
}

/** A flag whose value is an integer within bounds. */
export function integerFlag(flag: string, description: string, minimum: number, maximum: number): Option {
  return new Option(`${flag} <n>`, description).argParser((text: string) => {
    const value = numberOf(text);
    if (typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
    throw new UsageError(`${flag}: expected an integer from ${minimum} to ${maximum}, but got "${text}".`);
  });
}

/** A flag whose value is a number within bounds. */
export function numberFlag(flag: string, description: string, minimum: number, maximum: number): Option {
  return new Option(`${flag} <n>`, description).argParser((text: string) => {
    const value = numberOf(text);
    if (typeof value === "number" && value >= minimum && value <= maximum) return value;
    throw new UsageError(`${flag}: expected a number from ${minimum} to ${maximum}, but got "${text}".`);
  });
}

/** A flag whose value is text that is looked at later. @param name in camel case */
export function textFlag(name: string, placeholder: string, description: string): Option {
  return new Option(`${spelt(name)} ${placeholder}`, description);
}

function spelt(name: string): string {
  return `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}

/** The number that the text spells, or the text where it spells none, so that a message can show it. */
function numberOf(text: string): number | string {
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? text : value;
}
