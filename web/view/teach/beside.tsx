// Beside the question: what the agent does now, how many answers there are, and what they cost and changed.
import { computed, effect, signal, untracked } from "@preact/signals";
import { ClipCanvas } from "../clip-canvas.tsx";
import { agentPlayback, session, status } from "../page.ts";
import { changeIn, type Glimpse, motionOf } from "./changes.ts";
import { worked } from "./work.ts";

/** Clips of the agent that are remembered: enough for those of twenty answers ago. */
const MOST_GLIMPSES = 400;

const glimpses = signal<readonly Glimpse[]>([]);
let run: string | undefined;

effect(() => {
  const clip = session.agent.value;
  untracked(() => {
    const of = session.run.peek();
    if (of?.id !== run) glimpses.value = [];
    run = of?.id;
    const labels = session.status.peek()?.labels ?? 0;
    if (clip === null || !of?.scene) return;
    glimpses.value = [...glimpses.peek().slice(1 - MOST_GLIMPSES), { labels, ...motionOf(clip, of.scene) }];
  });
});

const change = computed(() => changeIn(glimpses.value, status.value?.labels ?? 0));

export function Beside() {
  const labels = status.value?.labels ?? 0;
  const wanted = session.run.value?.labelsWanted ?? 0;
  const { minutes, pace } = worked.value;
  return (
    <aside class="beside" aria-label="How the run is doing">
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
      <section>
        <h2>Your work</h2>
        <p>
          {minutes < 10 ? minutes.toFixed(1) : Math.round(minutes)} minutes,{" "}
          {pace === null ? "no pace yet" : `${Math.round(pace)} answers a minute`}
        </p>
      </section>
      <section class="change">
        <h2>What your answers changed</h2>
        <p>{change.value ?? "Comes once this page has seen the agent learn from twenty of them."}</p>
      </section>
    </aside>
  );
}
