// What the keys for clips do to those that are asked about.
import { effect, signal } from "@preact/signals";
import { changeSpeed, nextCamera, slow, SLOW_MOTION, speed, trail } from "../clip-settings.ts";
import { agentPlayback, pairPlayback } from "../page.ts";

/** Whether the clips stand still because somebody wants to look. */
export const held = signal(false);

effect(() => {
  pairPlayback.rate = speed.value * (slow.value ? SLOW_MOTION : 1);
});

function hold(value: boolean): void {
  pairPlayback.held = value;
  held.value = value;
}

function step(frames: number): void {
  pairPlayback.step(frames);
  held.value = true;
}

/** Goes to this moment, in seconds of the clip, and stays there. */
export function holdAt(seconds: number): void {
  hold(true);
  pairPlayback.seek(seconds);
}

export const CLIP_ACTIONS = {
  replay: () => {
    hold(false);
    pairPlayback.replay();
    agentPlayback.replay();
  },
  hold: () => hold(!pairPlayback.held),
  slow: () => void (slow.value = !slow.peek()),
  slower: () => changeSpeed(-1),
  faster: () => changeSpeed(1),
  "frame-back": () => step(-1),
  "frame-on": () => step(1),
  camera: nextCamera,
  trail: () => void (trail.value = !trail.peek()),
};
