// The clips that the reward model likes best and least: the quickest way to see what it has made of the answers.
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { ClipsView, PredictedClipView } from "../../../src/server/answers-api.ts";
import { decodeClip } from "../../clips/clip.ts";
import { Playback } from "../../clips/playback.ts";
import { request } from "../../session/request.ts";
import { ClipCanvas } from "../clip-canvas.tsx";
import { session, ticking } from "../page.ts";
import { shortNumber } from "../words.ts";
import { Trace } from "./trace.tsx";

const SORTS = { best: "Best", worst: "Worst", newest: "Newest" } as const;
type Sort = keyof typeof SORTS;

const REST_SECONDS = 0.4;
/** Shorter clips are over before anybody has seen them. */
const LEAST_SECONDS = 1;

const playback = new Playback(REST_SECONDS, LEAST_SECONDS);

export function ScoredClips() {
  const sort = useSignal<Sort>("best");
  const clips = useSignal<readonly PredictedClipView[] | null>(null);
  const chosen = useSignal(0);
  const failed = useSignal(false);
  useEffect(() => ticking.add(playback), []);
  useSignalEffect(() => {
    const run = session.run.value?.id;
    const wanted = sort.value;
    // What the model makes of clips changes with the answers; the latest moment that is remembered is often enough.
    void session.remembered.value;
    if (run === undefined) return;
    let current = true;
    const load = async (): Promise<void> => {
      try {
        const view = await request<ClipsView>("GET", `/runs/${encodeURIComponent(run)}/clips?sort=${wanted}`);
        if (!current) return;
        failed.value = false;
        clips.value = view.clips;
        chosen.value = Math.min(chosen.peek(), Math.max(0, view.clips.length - 1));
      } catch {
        if (current) failed.value = true;
      }
    };
    void load();
    return () => {
      current = false;
    };
  });
  const clip = clips.value?.[chosen.value];
  const scene = session.run.value?.scene ?? null;
  const playable = useMemo(
    () => (clip === undefined || scene === null ? null : decodeClip(clip, scene)),
    [clip?.segment, scene],
  );
  useEffect(() => {
    if (playable !== null) playback.show([playable]);
  }, [playable]);
  return (
    <section class="scored" aria-labelledby="scored">
      <div class="section-head">
        <h2 id="scored">Clips by predicted reward</h2>
        <fieldset class="choice">
          <legend class="unseen">Which clips</legend>
          {Object.entries(SORTS).map(([name, label]) => (
            <label key={name}>
              <input
                type="radio"
                name="sort"
                checked={sort.value === name}
                onChange={() => {
                  // The keys of SORTS, which Object.entries forgets.
                  sort.value = name as Sort;
                  chosen.value = 0;
                }}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      </div>
      <p class="hint">
        What the reward model has made of the answers: the best clips should look like what you asked for. The line
        under a clip is what each of its steps is worth to it, beyond a step of the untrained agent.
      </p>
      {playable === null || clip === undefined ? (
        <p class="hint empty">
          {failed.value
            ? "The clips cannot be shown until the server can be reached."
            : clips.value === null
              ? "Looking for clips."
              : "There are clips here once the reward model has learned from the first answers."}
        </p>
      ) : (
        <div class="scored-clips">
          <div class="clip">
            <ClipCanvas playback={playback} index={0} />
            <Trace rewards={clip.rewards} clip={playable} playback={playback} />
          </div>
          <ol class="clip-list">
            {clips.value?.map(({ segment, predicted, atStep }, index) => (
              <li key={segment}>
                <button type="button" aria-pressed={index === chosen.value} onClick={() => (chosen.value = index)}>
                  <strong>{predicted === null ? "–" : signed(predicted)}</strong>
                  <span>at {shortNumber(atStep)} steps</span>
                </button>
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}
