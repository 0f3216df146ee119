// A new run from a checkpoint of another, with other options if one likes.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RunSummary } from "../../../src/server/runs-api.ts";
import { Refusal } from "../../session/request.ts";
import { announce } from "../shell/announcer.tsx";
import { Dialog } from "./dialog.tsx";
import { FieldInput } from "./field-input.tsx";
import { fieldsOf, valuesOf, type Fields } from "./fields.ts";
import { change, checkpointsOf, explained, fork, options } from "./run-list.ts";

/** The options that are worth changing on the way, and the name. */
const OFFERED: readonly string[] = ["name", "labels", "steps", "selection", "seed"];

interface Known {
  readonly checkpoints: readonly number[];
  readonly fields: Fields;
}

interface Props {
  readonly run: RunSummary;
  readonly close: () => void;
}

export function ForkDialog({ run, close }: Props) {
  const known = useSignal<Known | null>(null);
  const texts = useSignal<Readonly<Record<string, string>>>({});
  const steps = useSignal(0);
  const problem = useSignal<{ readonly field: string | null; readonly text: string } | null>(null);
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const [checkpoints, { schema }] = await Promise.all([checkpointsOf(run), options()]);
      steps.value = checkpoints[0] ?? 0;
      known.value = { checkpoints, fields: offered(fieldsOf(schema), run) };
    };
    ask().catch((error: unknown) => (problem.value = { field: null, text: explained(error) }));
  }, []);

  const send = async (andResume: boolean): Promise<void> => {
    if (known.value === null) return;
    problem.value = null;
    const { name, ...given } = valuesOf(known.value.fields, texts.peek());
    try {
      const forked = await fork(run, {
        steps: steps.peek(),
        options: given,
        ...(typeof name === "string" && { name }),
      });
      announce(`${forked.name} is forked from ${run.name}.`);
      close();
      if (andResume) await change(forked, "resume");
    } catch (error) {
      problem.value = { field: error instanceof Refusal ? error.field : null, text: explained(error) };
    }
  };
  const { checkpoints = [], fields } = known.value ?? {};
  return (
    <Dialog title={`Fork ${run.name}`} close={close}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send(false);
        }}
      >
        <p class="hint">
          The fork has the agent and the reward model of a checkpoint, and the answers to what was asked until then.
          What you do to one of the two leaves the other as it is.
        </p>
        {known.value !== null && checkpoints.length === 0 && (
          <p class="trouble">
            There is no checkpoint yet. One is kept every minute while a run goes on, and one when it is paused.
          </p>
        )}
        {fields !== undefined && checkpoints.length > 0 && (
          <>
            <FieldInput
              field={CHECKPOINT}
              value={String(steps.value)}
              problem={null}
              choices={checkpoints.map((at) => ({ value: String(at), text: `${at.toLocaleString("en")} steps` }))}
              change={(at) => (steps.value = Number(at))}
            />
            {fields.first.map((field) => (
              <FieldInput
                key={field.name}
                field={field}
                value={texts.value[field.name] ?? (field.kind === "choice" ? field.standard : "")}
                problem={problem.value?.field === field.name ? problem.value.text : null}
                change={(text) => (texts.value = { ...texts.peek(), [field.name]: text })}
              />
            ))}
          </>
        )}
        {problem.value !== null && !OFFERED.includes(problem.value.field ?? "") && (
          <p role="alert" class="trouble">
            {problem.value.text}
          </p>
        )}
        <div class="row">
          <span class="gap" />
          <button type="button" class="quiet" onClick={close}>
            Cancel
          </button>
          {checkpoints.length > 0 && (
            <>
              <button type="submit">Fork</button>
              <button type="button" class="primary" onClick={() => void send(true)}>
                Fork and resume
              </button>
            </>
          )}
        </div>
      </form>
    </Dialog>
  );
}

const CHECKPOINT = {
  name: "checkpoint",
  label: "From the checkpoint at",
  help: "The last three are kept.",
  kind: "choice",
  choices: [],
  standard: "",
  range: "",
} as const;

/** What the run has is the standard of its fork. */
function offered({ first, more }: Fields, run: RunSummary): Fields {
  const own: Readonly<Record<string, unknown>> = { ...run.options };
  const fields = [...first, ...more].filter(({ name }) => OFFERED.includes(name));
  return {
    first: fields.map((field) => ({
      ...field,
      standard: own[field.name] === undefined ? "" : String(own[field.name]),
    })),
    more: [],
  };
}
