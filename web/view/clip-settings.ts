// How clips are looked at: the camera, the trail and the speed. Kept, since a person likes them one way.
import { effect, signal } from "@preact/signals";
import type { CameraPlace } from "../clips/stage.ts";
import { browserStorage } from "../session/outbox.ts";

export const CAMERAS = ["side", "front", "behind"] as const satisfies readonly CameraPlace[];

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.5, 2] as const;
export const SLOW_MOTION = 0.25;

interface Settings {
  readonly camera: CameraPlace;
  readonly trail: boolean;
  readonly speed: number;
}

const STANDARD: Settings = { camera: "side", trail: false, speed: 1 };
const KEPT = "heed.clips";

const kept = keptSettings();
export const camera = signal<CameraPlace>(kept.camera);
export const trail = signal(kept.trail);
export const speed = signal(kept.speed);
/** Slow motion is for one look, and is not kept. */
export const slow = signal(false);

effect(() => {
  const settings = JSON.stringify({ camera: camera.value, trail: trail.value, speed: speed.value });
  try {
    if (settings === JSON.stringify(STANDARD)) browserStorage()?.removeItem(KEPT);
    else browserStorage()?.setItem(KEPT, settings);
  } catch {
    // Storage is full or forbidden: the settings hold for as long as the page lives.
  }
});

export function nextCamera(): void {
  camera.value = CAMERAS[(CAMERAS.indexOf(camera.peek()) + 1) % CAMERAS.length];
}

/** Takes the next speed up, or down where `by` is -1. */
export function changeSpeed(by: 1 | -1): void {
  const index = SPEEDS.findIndex((known) => known === speed.peek());
  speed.value = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, index + by))];
}

function keptSettings(): Settings {
  try {
    const value: unknown = JSON.parse(browserStorage()?.getItem(KEPT) ?? "null");
    if (typeof value !== "object" || value === null) return STANDARD;
    const { camera, trail, speed } = { ...STANDARD, ...value };
    return {
      camera: CAMERAS.find((known) => known === camera) ?? STANDARD.camera,
      trail: trail === true,
      speed: SPEEDS.find((known) => known === speed) ?? STANDARD.speed,
    };
  } catch {
    return STANDARD;
  }
}
