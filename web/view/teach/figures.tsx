// Beside the question: what the agent does now, and how many answers there are.
import { ClipCanvas } from "../clip-canvas.tsx";
import { agentPlayback, session, status } from "../page.ts";

export function Figures() {
  const labels = status.value?.labels ?? 0;
  const wanted = session.run.value?.labelsWanted ?? 0;
  return (
    <aside class="figures" aria-label="How the run is doing">
      <section>
        <h2>The agent now</h2>
        <div class="clip">
          <ClipCanvas playback={agentPlayback} index={0} />
        </div>
      </section>
      <section>
        <h2 id="labels">Answers</h2>
        <p class="large">
          {labels.toLocaleString("en")} <small>of {wanted.toLocaleString("en")}</small>
        </p>
        <progress aria-labelledby="labels" max={Math.max(1, wanted)} value={Math.min(labels, wanted)} />
      </section>
    </aside>
  );
}
