// All answers of the run in a table. Each can be seen again, and given anew.
import { useEffect, useId } from "preact/hooks";
import { KINDS, SELECTIONS } from "../../../src/feedback/judgement.ts";
import { SURPRISING } from "../../../src/feedback/surprise.ts";
import type { AnswerView } from "../../../src/server/answers-api.ts";
import { answerWords, CHOICE_NAMES, decisionWords, KIND_NAMES, SELECTION_NAMES } from "./answer-words.ts";
import * as answers from "./answers-state.ts";
import { Replay } from "./replay.tsx";

const COLUMNS = ["Answer", "Kind", "By", "Chosen", "Model’s view", "Decided in", "When"] as const;

export function Answers() {
  useEffect(answers.followAnswers, []);
  const page = answers.page.value;
  const busy = answers.loading.value;
  return (
    <section class="answers-section" aria-labelledby="answers">
      <div class="section-head">
        <h2 id="answers">Answers</h2>
        <button type="button" class="quiet" onClick={() => void answers.load()}>
          Reload
        </button>
      </div>
      <p class="hint">
        The model’s view is how likely it held the answer before it learned from it. Those below{" "}
        {Math.round(100 * SURPRISING)} % are surprising: either the answer slipped, or the model has something to learn.
      </p>
      <Filters annotators={page?.annotators ?? []} />
      <p role="status" class="hint">
        {answers.trouble.value}
      </p>
      {page === null ? (
        <p class="hint empty">Looking for answers.</p>
      ) : page.answers.length === 0 && page.next === null ? (
        <p class="hint empty">There is no such answer.</p>
      ) : (
        <Table rows={page.answers} />
      )}
      <div class="row">
        <button type="button" aria-disabled={busy || !answers.hasNewer()} onClick={answers.newer}>
          Newer
        </button>
        <button type="button" aria-disabled={busy || page === null || page.next === null} onClick={answers.older}>
          Older
        </button>
      </div>
    </section>
  );
}

function Filters({ annotators }: { readonly annotators: readonly string[] }) {
  const { kind, choice, annotator, selection, surprising } = answers.filter.value;
  const named = (names: Readonly<Record<string, string>>, of: readonly string[]): [string, string][] =>
    of.map((value) => [value, names[value] ?? value]);
  return (
    <div class="row filters" role="group" aria-label="Which answers">
      <Choice
        label="Kind"
        value={kind}
        options={named(KIND_NAMES, KINDS)}
        choose={(kind) => answers.choose({ kind })}
      />
      <Choice
        label="Answer"
        value={choice}
        options={Object.entries(CHOICE_NAMES)}
        choose={(choice) => answers.choose({ choice })}
      />
      <Choice
        label="By"
        value={annotator}
        options={named({}, annotators)}
        choose={(annotator) => answers.choose({ annotator })}
      />
      <Choice
        label="Chosen"
        value={selection}
        options={named(SELECTION_NAMES, SELECTIONS)}
        choose={(selection) => answers.choose({ selection })}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={surprising}
          onChange={(event) => answers.choose({ surprising: event.currentTarget.checked })}
        />{" "}
        Surprising only
      </label>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly choose: (value: string) => void;
}

function Choice({ label, value, options, choose }: ChoiceProps) {
  const id = useId();
  return (
    <div class="filter">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">All</option>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Table({ rows }: { readonly rows: readonly AnswerView[] }) {
  return (
    <table class="answers-table">
      <caption class="unseen">Answers, newest first</caption>
      <thead>
        <tr>
          {COLUMNS.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { readonly row: AnswerView }) {
  const { id, answer, kind, annotator, selection, probability, decisionMilliseconds, answered } = row;
  const open = answers.opened.value === id;
  const surprising = probability !== null && probability < SURPRISING;
  return (
    <>
      <tr data-open={open}>
        <td>
          <button
            type="button"
            class="quiet see"
            aria-expanded={open}
            onClick={() => (answers.opened.value = open ? null : id)}
          >
            {answerWords(answer)}
          </button>
        </td>
        <td>{KIND_NAMES[kind]}</td>
        <td>{annotator}</td>
        <td>{SELECTION_NAMES[selection]}</td>
        <td class={surprising ? "surprising" : ""}>
          {probability === null ? "–" : `${Math.round(100 * probability)} %${surprising ? ", surprising" : ""}`}
        </td>
        <td>{decisionWords(decisionMilliseconds)}</td>
        <td>
          <time dateTime={answered}>{whenWords(new Date(answered))}</time>
        </td>
      </tr>
      {open && (
        <tr class="replayed">
          <td colSpan={COLUMNS.length}>
            <Replay row={row} />
          </td>
        </tr>
      )}
    </>
  );
}

const TIME = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const DAY = new Intl.DateTimeFormat("en", { month: "short", day: "numeric" });

function whenWords(when: Date): string {
  const today = new Date().toDateString() === when.toDateString();
  return today ? TIME.format(when) : `${DAY.format(when)}, ${TIME.format(when)}`;
}
