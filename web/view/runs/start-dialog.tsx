// The form for a new run, made from the schema that the server checks it by.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { OptionsView } from "../../../src/server/runs-api.ts";
import { Refusal } from "../../session/request.ts";
import { hrefTo } from "../shell/route.ts";
import { Dialog } from "./dialog.tsx";
import { FieldInput } from "./field-input.tsx";
import { fieldsOf, valuesOf, type Field } from "./fields.ts";
import { change, explained, listed, options, start } from "./run-list.ts";

/** What went wrong: at a field, or with the run as a whole. */
interface Problem {
  readonly field: string | null;
  readonly text: string;
  /** Whether pausing what goes on would make room. */
  readonly full: boolean;
}

export function StartDialog({ close }: { readonly close: () => void }) {
  const offer = useSignal<OptionsView | null>(null);
  const texts = useSignal<Readonly<Record<string, string>>>({});
  const problem = useSignal<Problem | null>(null);
  const sending = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const more = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    const ask = async (): Promise<void> => {
      const found = await options();
      texts.value = { task: found.tasks.at(0)?.name ?? "" };
      offer.value = found;
    };
    ask().catch((error: unknown) => (problem.value = { field: null, text: explained(error), full: false }));
  }, []);

  const view = offer.value;
  if (view === null) {
    return (
      <Dialog title="New run" close={close}>
        <p class="hint">{problem.value?.text ?? "Asking what there is to choose from."}</p>
      </Dialog>
    );
  }
  const fields = fieldsOf(view.schema);
  const task = view.tasks.find(({ name }) => name === texts.value["task"]);

  const refuse = (error: unknown): void => {
    const field = error instanceof Refusal ? error.field : null;
    const known = [...fields.first, ...fields.more].some(({ name }) => name === field);
    problem.value = {
      field: known ? field : null,
      text: explained(error),
      full: error instanceof Refusal && error.status === 409,
    };
    if (fields.more.some(({ name }) => name === field)) more.current?.setAttribute("open", "");
    if (known) form.current?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus();
  };
  const send = async (): Promise<void> => {
    if (sending.peek()) return;
    sending.value = true;
    problem.value = null;
    try {
      const run = await start(valuesOf(fields, texts.peek()));
      location.hash = hrefTo(run.id, run.options.teacher === "person" ? "teach" : "watch");
      close();
    } catch (error) {
      refuse(error);
    }
    sending.value = false;
  };
  const input = (field: Field) => (
    <FieldInput
      key={field.name}
      field={field.name === "task" && task !== undefined ? { ...field, help: task.description } : field}
      value={texts.value[field.name] ?? (field.kind === "choice" ? field.standard : "")}
      problem={problem.value?.field === field.name ? problem.value.text : null}
      {...(field.name === "task" && {
        choices: view.tasks.map(({ name }) => ({ value: name, text: shortTask(name) })),
      })}
      change={(text) => (texts.value = { ...texts.peek(), [field.name]: text })}
    />
  );
  return (
    <Dialog title="New run" close={close}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {fields.first.map(input)}
        <details ref={more}>
          <summary>More options</summary>
          {fields.more.map(input)}
        </details>
        {problem.value !== null && problem.value.field === null && (
          <p role="alert" class="trouble">
            {problem.value.text}
          </p>
        )}
        <div class="row">
          <span class="gap" />
          <button type="button" class="quiet" onClick={close}>
            Cancel
          </button>
          {problem.value?.full === true && <PauseFirst send={send} />}
          <button type="submit" class="primary" aria-disabled={sending.value}>
            {sending.value ? "Starting" : "Start"}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Pauses what goes on here, where that is one run, and starts the new one. */
function PauseFirst({ send }: { readonly send: () => Promise<void> }) {
  const going = (listed.value?.runs ?? []).filter(({ actions }) => actions.includes("pause"));
  if (going.length !== 1) return null;
  const [run] = going;
  const pauseAndSend = async (): Promise<void> => {
    if ((await change(run, "pause")) !== null) await send();
  };
  return (
    <button type="button" onClick={() => void pauseAndSend()}>
      Pause {run.name} and start
    </button>
  );
}

/** A task of somebody's own is named by its module's address. */
function shortTask(name: string): string {
  return name.startsWith("file:") ? decodeURIComponent(name.split("/").at(-1) ?? name) : name;
}
