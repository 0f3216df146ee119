// How the run is doing: the agent, the numbers and the curve.
import { ClipCanvas } from "./clip-canvas.tsx";
import { Curve } from "./curve.tsx";
import { agentPlayback, metrics, session, status, watching } from "./page.ts";
import { shortNumber } from "./words.ts";

export function Figures() {
  const run = session.run.value;
  const last = metrics.value.at(-1);
  const labels = status.value?.labels ?? 0;
  const wanted = run?.labelsWanted ?? 0;
  const taught = run?.teacher !== "none";
  const accuracy = last?.rewardAccuracy ?? null;
  return (
    <aside class="figures" aria-label="How the run is doing">
      {watching.value !== true && (
        <section>
          <h2>The agent now</h2>
          <div class="clip">
            <ClipCanvas playback={agentPlayback} index={0} />
          </div>
        </section>
      )}
      {taught && (
        <section>
          <h2 id="labels">Answers</h2>
          <p class="large">
            {labels.toLocaleString("en")} <small>of {wanted.toLocaleString("en")}</small>
          </p>
          <progress aria-labelledby="labels" max={Math.max(1, wanted)} value={Math.min(labels, wanted)} />
        </section>
      )}
      <dl>
        {taught && (
          <Figure name="Reward model accuracy" value={accuracy === null ? "–" : `${Math.round(100 * accuracy)} %`} />
        )}
        <Figure name="Steps" value={shortNumber(Math.max(status.value?.steps ?? 0, last?.steps ?? 0))} />
        <Figure name="Steps per second" value={last === undefined ? "–" : shortNumber(last.stepsPerSecond)} />
      </dl>
      <section>
        <h2>{taught ? "Predicted reward" : "True return"}</h2>
        <Curve />
      </section>
    </aside>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
