// The runs that this server has.
import { session, status } from "../page.ts";
import { hrefTo } from "../shell/route.ts";
import { PHASES } from "../words.ts";

export function Runs() {
  const run = session.run.value;
  const phase = status.value?.phase;
  return (
    <main class="tab runs" aria-labelledby="runs">
      <h1 id="runs">Runs</h1>
      {run === null ? (
        <p class="hint">No run has been heard of yet.</p>
      ) : (
        <p>
          <a href={hrefTo(run.id, "teach")}>{run.name}</a>: {run.task}, {phase === undefined ? "–" : PHASES[phase]}
        </p>
      )}
    </main>
  );
}
