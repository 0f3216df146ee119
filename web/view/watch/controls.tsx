// Going on and stopping, speed and place of clips that are looked at.
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Playback } from "../../clips/playback.ts";
import { changeSpeed, nextCamera, slow, SLOW_MOTION, speed, SPEEDS, trail } from "../clip-settings.ts";
import { ActionButton } from "../keys/action-button.tsx";
import { useActions } from "../keys/dispatch.ts";

/** Steps into which the way through a clip is divided. */
const FINENESS = 1_000;

/** The first playback says where the clips are; all of them are stopped, slowed and moved together. */
export function PlayControls({ playbacks }: { readonly playbacks: readonly [Playback, ...Playback[]] }) {
  const [first] = playbacks;
  const held = useSignal(first.held);
  const share = useSignal(0);
  const seconds = useSignal(first.seconds);
  useEffect(
    () =>
      first.follow(() => {
        held.value = first.held;
        seconds.value = first.seconds;
        // Seldom enough that the slider costs nothing.
        share.value = Math.round((100 * first.position) / Math.max(first.seconds, 1e-6)) / 100;
      }),
    [first],
  );
  const actions = useMemo(() => {
    const hold = (value: boolean): void => {
      for (const playback of playbacks) playback.held = value;
      held.value = value;
    };
    const step = (frames: number): void => {
      for (const playback of playbacks) playback.step(frames);
      held.value = true;
    };
    return {
      replay: () => {
        for (const playback of playbacks) playback.replay();
        held.value = false;
      },
      hold: () => hold(!held.peek()),
      slow: () => void (slow.value = !slow.peek()),
      slower: () => changeSpeed(-1),
      faster: () => changeSpeed(1),
      "frame-back": () => step(-1),
      "frame-on": () => step(1),
      camera: nextCamera,
      trail: () => void (trail.value = !trail.peek()),
    };
  }, [playbacks]);
  useActions(actions);
  useSignalEffect(() => {
    for (const playback of playbacks) playback.rate = speed.value * (slow.value ? SLOW_MOTION : 1);
  });
  useEffect(() => {
    // What joins plays as the others do, and what leaves plays on as ever.
    for (const playback of playbacks) {
      playback.rate = first.rate;
      playback.held = held.peek();
    }
    return () => {
      for (const playback of playbacks) {
        playback.rate = 1;
        playback.held = false;
      }
    };
  }, [playbacks]);
  const seek = (value: number): void => {
    for (const playback of playbacks) playback.seek((value / FINENESS) * playback.seconds);
  };
  return (
    <div class="row play-controls" role="group" aria-label="Clips">
      <ActionButton action="hold" pressed={held.value} label={held.value ? "Go on" : "Stop"} />
      <ActionButton action="replay" class="quiet" />
      <label class="speed">
        Speed{" "}
        <select value={speed.value} onChange={(event) => (speed.value = Number(event.currentTarget.value))}>
          {SPEEDS.map((value) => (
            <option key={value} value={value}>
              {value} ×
            </option>
          ))}
        </select>
      </label>
      <input
        class="clip-place"
        type="range"
        min={0}
        max={FINENESS}
        step="any"
        value={share.value * FINENESS}
        aria-label="Place in the clip"
        aria-valuetext={`${(share.value * seconds.value).toFixed(1)} of ${seconds.value.toFixed(1)} seconds`}
        onInput={(event) => seek(Number(event.currentTarget.value))}
      />
    </div>
  );
}
