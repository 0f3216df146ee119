// The reward that is predicted for each step of a clip, drawn under it, with a line that goes along as it plays.
import { useEffect, useRef } from "preact/hooks";
import type { PlayableClip } from "../../clips/clip.ts";
import type { Playback } from "../../clips/playback.ts";
import { tracePath } from "./trace-path.ts";

const WIDTH = 300;
const HEIGHT = 56;

interface Props {
  /** One per step; null where nothing was predicted yet. */
  readonly rewards: readonly number[] | null;
  readonly clip: PlayableClip;
  readonly playback: Playback;
}

export function Trace({ rewards, clip, playback }: Props) {
  const line = useRef<SVGLineElement>(null);
  useEffect(
    () =>
      playback.follow(({ position }) => {
        // Clips of one playback may differ in length; each has come so far of its own.
        const share = Math.min(1, (position * clip.framesPerSecond) / clip.frames);
        line.current?.setAttribute("transform", `translate(${(share * WIDTH).toFixed(1)} 0)`);
      }),
    [playback, clip],
  );
  if (rewards === null || rewards.length === 0) {
    return <p class="trace hint">Nothing was predicted yet when this was recorded.</p>;
  }
  const { path, zero, low, high } = tracePath(rewards, WIDTH, HEIGHT);
  return (
    <div class="trace">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Predicted reward along the clip, from ${low.toFixed(2)} to ${high.toFixed(2)} a step.`}
      >
        <line class="trace-zero" x1={0} x2={WIDTH} y1={zero} y2={zero} />
        <path class="trace-line" d={path} />
        <line ref={line} class="trace-now" x1={0} x2={0} y1={0} y2={HEIGHT} />
      </svg>
      <span class="trace-high">{high.toFixed(2)}</span>
      <span class="trace-low">{low.toFixed(2)}</span>
    </div>
  );
}
