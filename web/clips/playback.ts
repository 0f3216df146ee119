// Clips that play in step and loop: one clock for all of them, and no drawing where nothing changed.
import type { PlayableClip } from "./clip.ts";

/** Whatever a clip can be drawn on. */
export interface Screen {
  /** False while it is scrolled out of sight, has no size or cannot draw. */
  readonly visible: boolean;
  /** True after something but the clip has changed, such as its size; `draw` makes it false. */
  readonly stale: boolean;
  /** True until what `draw` ordered last has been drawn. */
  readonly busy: boolean;
  draw(clip: PlayableClip, frame: number): void;
}

export class Playback {
  readonly #restSeconds: number;
  readonly #leastSeconds: number;
  readonly #screens = new Map<number, { screen: Screen; drawn: number }>();
  #clips: readonly PlayableClip[] = [];
  #next: readonly PlayableClip[] | null = null;
  #start: number | null = null;
  #onShown: ((now: number) => void) | null = null;

  /**
   * `restSeconds`: how long the last frame stands before the clips begin again. Clips that are over in less than
   * `leastSeconds` are played in slow motion, so that they last so long.
   */
  constructor(restSeconds: number, leastSeconds = 0) {
    this.#restSeconds = restSeconds;
    this.#leastSeconds = leastSeconds;
  }

  /** Whether new clips were given whose first frames are not on their screens yet, and somebody waits for them. */
  get showing(): boolean {
    return this.#onShown !== null && this.#clips.length > 0;
  }

  /** Clip number `index` is drawn on this screen until the function that comes back is called. */
  attach(index: number, screen: Screen): () => void {
    this.#screens.set(index, { screen, drawn: -1 });
    return () => void this.#screens.delete(index);
  }

  /** Plays these from their first frame, beginning with the next tick. `onShown` is called once all are on their screens. */
  show(clips: readonly PlayableClip[], onShown: ((now: number) => void) | null = null): void {
    this.#clips = clips;
    this.#next = null;
    this.#onShown = onShown;
    this.replay();
  }

  /** Plays these once the present clips have come to their end. */
  showNext(clips: readonly PlayableClip[]): void {
    if (this.#clips.length === 0) this.show(clips);
    else this.#next = clips;
  }

  replay(): void {
    this.#start = null;
    for (const entry of this.#screens.values()) entry.drawn = -1;
  }

  /** Draws what has to be drawn at `now`, in milliseconds of the page's clock. */
  tick(now: number): void {
    if (this.#clips.length === 0) return;
    // Until all first frames can be seen the clock stands still.
    if (this.#start === null || this.showing) this.#start = now;
    if (this.showing) this.#tellShown(now);
    // A frame's time lies a little before the moment in which a key was pressed.
    let seconds = Math.max(0, (now - this.#start) / 1000);
    const length = this.#seconds();
    const shown = Math.max(length, this.#leastSeconds);
    if (seconds >= shown + this.#restSeconds) {
      if (this.#next !== null) this.show(this.#next);
      this.#start = now;
      seconds = 0;
    }
    for (const [index, entry] of this.#screens) {
      const clip = this.#clips[index];
      if (clip === undefined || !entry.screen.visible) continue;
      const frame = Math.min(clip.frames - 1, Math.floor((seconds * length * clip.framesPerSecond) / shown));
      if (frame === entry.drawn && !entry.screen.stale) continue;
      // Orders that queue up would delay the next clips. A frame is left out instead, but never the first.
      if (entry.screen.busy && entry.drawn >= 0) continue;
      entry.screen.draw(clip, frame);
      entry.drawn = frame;
    }
  }

  #tellShown(now: number): void {
    for (let index = 0; index < this.#clips.length; index++) {
      const entry = this.#screens.get(index);
      if (entry === undefined || entry.drawn < 0 || entry.screen.busy) return;
    }
    const tell = this.#onShown;
    this.#onShown = null;
    tell?.(now);
  }

  #seconds(): number {
    return Math.max(...this.#clips.map((clip) => clip.frames / clip.framesPerSecond));
  }
}
