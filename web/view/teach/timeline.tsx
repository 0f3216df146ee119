// Under the clips: where they are, and everything that can be done to how they play.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { camera, slow, speed, trail } from "../clip-settings.ts";
import { ActionButton } from "../keys/action-button.tsx";
import { pairPlayback } from "../page.ts";
import { held, holdAt } from "./playing.ts";

const CAMERA_WORDS = { side: "Side", front: "Front", behind: "Behind" } as const;

/** `children` are drawn on the timeline, such as marks. */
export function Timeline({ children }: { readonly children?: ComponentChildren }) {
  return (
    <div class="playing">
      <ActionButton action="hold" class="quiet" pressed={held.value} label={held.value ? "Go on" : "Hold"} />
      <div class="timeline">
        {children}
        <Scrub />
      </div>
      <ActionButton action="slow" class="quiet" pressed={slow.value} label="Slow" />
      <span class="speeds">
        <ActionButton action="slower" class="quiet bare" label="−" name="Slower" />
        <span class="speed">
          <span class="unseen">Speed</span> {speed.value}×
        </span>
        <ActionButton action="faster" class="quiet bare" label="+" name="Faster" />
      </span>
      <ActionButton action="camera" class="quiet" label={CAMERA_WORDS[camera.value]} name={`Camera: ${camera.value}`} />
      <ActionButton action="trail" class="quiet" pressed={trail.value} />
    </div>
  );
}

/** Written to with every frame, past the page's own rendering. */
function Scrub() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(
    () =>
      pairPlayback.follow(({ position, seconds }) => {
        const { current } = input;
        if (current === null) return;
        const share = seconds === 0 ? 0 : position / seconds;
        current.valueAsNumber = share;
        current.style.setProperty("--share", String(share));
      }),
    [],
  );
  return (
    <input
      ref={input}
      type="range"
      class="scrub"
      aria-label="Moment of the clip"
      min={0}
      max={1}
      step="any"
      defaultValue="0"
      onInput={(event) => holdAt(event.currentTarget.valueAsNumber * pairPlayback.seconds)}
    />
  );
}
