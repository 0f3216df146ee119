// Where no answers are taken: the agent, large.
import { ClipCanvas } from "../clip-canvas.tsx";
import { agentPlayback, session } from "../page.ts";

export function AgentNow() {
  return (
    <section class="agent-now" aria-labelledby="watching">
      <h1 id="watching">What the agent does now</h1>
      <div class="clip">
        <ClipCanvas playback={agentPlayback} index={0} />
      </div>
      <p class="hint">
        {session.agent.value === null ? "No clip of it has been seen here yet." : "Its latest clip, in a loop."}
      </p>
    </section>
  );
}
