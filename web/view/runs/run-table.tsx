// The list of runs. On narrow screens every run is a card of its own.
import type { RunSummary } from "../../../src/server/runs-api.ts";
import { hrefTo } from "../shell/route.ts";
import { PHASES } from "../words.ts";
import { busy, change } from "./run-list.ts";
import { labelsText, outcomeText, stepsText, TEACHERS, timeText } from "./run-words.ts";

interface Choosing {
  /** Ids of the runs that are compared. */
  readonly chosen: readonly string[];
  readonly choose: (id: string, on: boolean) => void;
  readonly fork: (run: RunSummary) => void;
}

export function RunTable({ runs, ...choosing }: Choosing & { readonly runs: readonly RunSummary[] }) {
  return (
    <div class="card run-table">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">Compare</span>
            </th>
            <th scope="col">Run</th>
            <th scope="col">Phase</th>
            <th scope="col">Answers</th>
            <th scope="col">Steps</th>
            <th scope="col">Measured</th>
            <th scope="col">Started</th>
            <th scope="col">
              <span class="unseen">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id} run={run} {...choosing} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ run, chosen, choose, fork }: Choosing & { readonly run: RunSummary }) {
  const { id, name, task, options, status, address, problem, forkedFrom } = run;
  const working = busy.value.has(id);
  const tab = options.teacher === "person" ? "teach" : "watch";
  return (
    <tr aria-busy={working}>
      <td class="tick">
        <input
          type="checkbox"
          checked={chosen.includes(id)}
          aria-label={`Compare ${name}`}
          onChange={(event) => choose(id, event.currentTarget.checked)}
        />
      </td>
      <th scope="row">
        <a href={hrefTo(id, tab)}>{name}</a>
        <span class="hint">
          {task}, taught by {TEACHERS[options.teacher]}
          {forkedFrom !== null && `, forked from ${forkedFrom.run ?? "a run that is gone"}`}
        </span>
      </th>
      <td>
        <span class="phase" data-phase={status.phase}>
          {PHASES[status.phase]}
        </span>
        {problem !== null && <span class="hint">{problem}</span>}
        {address !== null && (
          <a class="hint" href={address}>
            in another process
          </a>
        )}
      </td>
      <td data-label="Answers">{labelsText(run)}</td>
      <td data-label="Steps">{stepsText(run)}</td>
      <td data-label="Measured">{outcomeText(run)}</td>
      <td data-label="Started">
        <time dateTime={run.created}>{timeText(run.created)}</time>
      </td>
      <td>
        <Actions run={run} working={working} fork={fork} />
      </td>
    </tr>
  );
}

const WORDS = { pause: "Pause", resume: "Resume", fork: "Fork", delete: "Delete" } as const;

function Actions({
  run,
  working,
  fork,
}: Pick<Choosing, "fork"> & { readonly run: RunSummary; readonly working: boolean }) {
  return (
    <div class="actions">
      {run.actions.map((action) => {
        if (action === "restore") return null;
        return (
          <button
            key={action}
            type="button"
            class="quiet"
            aria-label={`${WORDS[action]} ${run.name}`}
            aria-disabled={working}
            onClick={() => (action === "fork" ? fork(run) : void change(run, action))}
          >
            {WORDS[action]}
          </button>
        );
      })}
    </div>
  );
}
