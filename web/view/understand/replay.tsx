// One answer seen again: its clips in a loop with what is predicted of them, and the ways to answer anew.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Answer } from "../../../src/feedback/judgement.ts";
import type { AnswerView, ReplayView } from "../../../src/server/answers-api.ts";
import { decodeClip, type PlayableClip } from "../../clips/clip.ts";
import { Playback } from "../../clips/playback.ts";
import { request } from "../../session/request.ts";
import { ClipCanvas } from "../clip-canvas.tsx";
import { session, ticking } from "../page.ts";
import { answerWords } from "./answer-words.ts";
import { pathOf, revise, takeBack } from "./answers-state.ts";
import { Trace } from "./trace.tsx";

const REST_SECONDS = 0.4;
/** Shorter clips are gone before anyone has seen two of them. */
const LEAST_SECONDS = 1;

const playback = new Playback(REST_SECONDS, LEAST_SECONDS);

interface Shown {
  readonly clips: readonly PlayableClip[];
  readonly rewards: ReplayView["rewards"];
}

export function Replay({ row }: { readonly row: AnswerView }) {
  const shown = useSignal<Shown | null>(null);
  const trouble = useSignal("");
  useEffect(() => ticking.add(playback), []);
  useEffect(() => {
    let wanted = true;
    const show = async (): Promise<void> => {
      try {
        const loaded = await loadClips(row.query);
        if (!wanted) return;
        shown.value = loaded;
        playback.show(loaded.clips);
      } catch {
        if (wanted) trouble.value = "These clips cannot be shown until the server can be reached.";
      }
    };
    void show();
    return () => {
      wanted = false;
    };
  }, [row.query]);
  return (
    <div class="replay">
      {trouble.value !== "" && <p class="hint">{trouble.value}</p>}
      <div class="replay-clips">
        {shown.value?.clips.map((clip, index) => (
          <figure key={index} class="clip">
            {clip.frames === 0 ? (
              <p class="hint unseeable">There is nothing to see: it was brought without poses.</p>
            ) : (
              <>
                <ClipCanvas playback={playback} index={index} />
                <Trace rewards={shown.value?.rewards[index] ?? null} clip={clip} playback={playback} />
              </>
            )}
            <figcaption>{clipName(row.answer, index)}</figcaption>
          </figure>
        ))}
      </div>
      <Anew row={row} />
    </div>
  );
}

async function loadClips(query: number): Promise<Shown> {
  const run = session.run.peek();
  if (run === null || run.scene === null) throw new Error("There is no run to look at.");
  const { scene } = run;
  const view = await request<ReplayView>("GET", `${pathOf(run.id)}/queries/${query}`);
  return { clips: view.query.clips.map((clip) => decodeClip(clip, scene)), rewards: view.rewards };
}

/** What a clip was, or became by the answer. */
function clipName(answer: Answer, index: number): string {
  switch (answer.kind) {
    case "comparison":
      return index === 0 ? "Left" : "Right";
    case "ranking":
      return `Number ${index + 1}, ranked ${answer.order.indexOf(index) + 1}`;
    case "demonstration":
      return index === 0 ? "What was shown" : "What the agent did";
    case "correction":
      return index === 0 ? "The correction" : "What it replaces";
    default:
      return "The clip";
  }
}

/** Other answers of the kind that one press can give. What takes more than a press is given again on the Teach tab. */
function otherAnswers({ answer }: AnswerView): readonly Answer[] {
  const all: readonly Answer[] =
    answer.kind === "comparison"
      ? (["left", "right", "equal", "cannot-tell"] as const).map((choice) => ({ kind: "comparison", choice }))
      : answer.kind === "good-bad"
        ? (["good", "bad", "cannot-tell"] as const).map((choice) => ({ kind: "good-bad", choice }))
        : answer.kind === "rating"
          ? ([1, 2, 3, 4, 5] as const).map((stars) => ({ kind: "rating", stars }))
          : [];
  return all.filter((other) => answerWords(other) !== answerWords(answer));
}

function Anew({ row }: { readonly row: AnswerView }) {
  const refusal = session.run.value?.answerTo ?? null;
  if (refusal !== null) return <p class="hint">It stays as it is. {refusal}</p>;
  const others = otherAnswers(row);
  return (
    <div class="row" role="group" aria-label="Answer anew">
      {others.length > 0 && <span class="hint">Answer anew:</span>}
      {others.map((answer) => (
        <button key={answerWords(answer)} type="button" onClick={() => void revise(row, answer)}>
          {answerWords(answer)}
        </button>
      ))}
      <button
        type="button"
        class="quiet"
        title={
          row.selection === "volunteered"
            ? "It no longer counts."
            : "The answer no longer counts, and its clips come first on the Teach tab."
        }
        onClick={() => void takeBack(row)}
      >
        Take back
      </button>
    </div>
  );
}
