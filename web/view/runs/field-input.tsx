// One option in a form: its label, its input, what it means, and what is wrong with it.
import { useId } from "preact/hooks";
import type { Field } from "./fields.ts";

interface Props {
  readonly field: Field;
  readonly value: string;
  /** What is wrong with the value, or null. */
  readonly problem: string | null;
  /** What can be chosen, with what is shown for each, where that is not the schema's to say. */
  readonly choices?: readonly { readonly value: string; readonly text: string }[];
  readonly change: (value: string) => void;
}

export function FieldInput({ field, value, problem, choices, change }: Props) {
  const id = useId();
  const { label, help, range, kind, standard } = field;
  const shared = {
    id,
    name: field.name,
    "aria-describedby": problem === null ? `${id}-help` : `${id}-problem ${id}-help`,
    "aria-invalid": problem !== null,
  };
  const options = choices ?? field.choices.map((choice) => ({ value: choice, text: choice }));
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {kind === "choice" || choices !== undefined ? (
        <select {...shared} value={value} onChange={(event) => change(event.currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          type="text"
          inputMode={kind === "number" ? "decimal" : "text"}
          autoComplete="off"
          placeholder={standard}
          value={value}
          onInput={(event) => change(event.currentTarget.value)}
        />
      )}
      {problem !== null && (
        <p class="problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
      <p class="hint" id={`${id}-help`}>
        {help} {range}
      </p>
    </div>
  );
}
