// The agent now, and as it was at any tenth of its run.
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Playback } from "../../clips/playback.ts";
import { ClipCanvas } from "../clip-canvas.tsx";
import { agentPlayback, session, status, ticking } from "../page.ts";
import { shortNumber } from "../words.ts";
import { PlayControls } from "./controls.tsx";
import { followHistory, momentClip, moments } from "./history.ts";
import { momentWords } from "./moment-words.ts";
import { Timeline } from "./timeline.tsx";
import "./watch.css";

/** Seconds for which the last frame of a remembered clip stands. */
const REST_SECONDS = 0.6;

/** What stands on the left, or alone: a remembered clip or, where none was chosen, what the agent does now. */
const chosenPlayback = new Playback(REST_SECONDS);

export function Watch() {
  useEffect(followHistory, []);
  useEffect(() => ticking.add(chosenPlayback), []);
  // By steps, since positions change as more is remembered; null is now.
  const chosen = useSignal<number | null>(null);
  const beside = useSignal(false);
  const trouble = useSignal("");

  const run = session.run.value;
  const at = moments.value.findIndex(({ steps }) => steps === chosen.value);
  const moment = moments.value[at];
  const two = beside.value && moment !== undefined;

  useEffect(() => {
    chosen.value = null;
  }, [run?.id]);
  useEffect(() => {
    trouble.value = "";
    if (moment === undefined) return undefined;
    let wanted = true;
    const show = async (): Promise<void> => {
      try {
        const clip = await momentClip(moment);
        if (wanted) chosenPlayback.show([clip]);
      } catch {
        if (wanted) trouble.value = "This moment cannot be shown until the server can be reached.";
      }
    };
    void show();
    return () => {
      wanted = false;
    };
  }, [moment?.steps]);
  // Leaving the past brings the present at once; staying in the present, it changes with the end of a clip.
  useEffect(() => {
    const clip = session.agent.peek();
    if (moment === undefined && clip !== null) chosenPlayback.show([clip]);
  }, [moment === undefined]);
  useSignalEffect(() => {
    const clip = session.agent.value;
    if (chosen.value === null && clip !== null) chosenPlayback.showNext([clip]);
  });

  const choose = (position: number): void => {
    chosen.value = moments.peek()[position]?.steps ?? null;
  };
  const compare = (): void => {
    beside.value = !two;
    if (!two && chosen.peek() === null) choose(0);
  };
  const stepsWanted = run?.stepsWanted ?? 0;
  const then = moment === undefined ? nowWords() : momentWords(moment, stepsWanted);
  return (
    <main class="tab watch" aria-labelledby="watching">
      <h1 id="watching">{moment === undefined ? "What the agent does now" : "What the agent did then"}</h1>
      <div class="stages" data-two={two}>
        <figure class="clip">
          <ClipCanvas playback={chosenPlayback} index={0} />
          <figcaption>{then}</figcaption>
        </figure>
        {two && (
          <figure class="clip">
            <ClipCanvas playback={agentPlayback} index={0} />
            <figcaption>{nowWords()}</figcaption>
          </figure>
        )}
      </div>
      <div class="row">
        <PlayControls playbacks={two ? BOTH : ALONE} />
        <span class="gap" />
        <button type="button" aria-pressed={two} aria-disabled={moments.value.length === 0} onClick={compare}>
          Then and now
        </button>
      </div>
      {moments.value.length === 0 ? (
        <p class="hint">
          {session.agent.value === null
            ? "No clip of the agent has been seen here yet."
            : "Its latest clip, in a loop. Its past can be seen here once it has learned for a while."}
        </p>
      ) : (
        <Timeline
          moments={moments.value}
          stepsWanted={stepsWanted}
          at={at < 0 ? moments.value.length : at}
          now={nowWords()}
          choose={choose}
        />
      )}
      <p class="hint" role="status">
        {trouble.value}
      </p>
    </main>
  );
}

const ALONE = [chosenPlayback] as const;
const BOTH = [chosenPlayback, agentPlayback] as const;

function nowWords(): string {
  const now = status.value;
  if (now === null) return "Now";
  const labels = `${now.labels.toLocaleString("en")} ${now.labels === 1 ? "answer" : "answers"}`;
  return `Now, ${shortNumber(now.steps)} steps, ${labels}`;
}
