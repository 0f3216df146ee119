// Clips that play in step and loop: one clock for all of them, and no drawing where nothing changed.
import type { PlayableClip } from "./clip.ts";

/** Whatever a clip can be drawn on. */
export interface Screen {
  /** False while it has no size or cannot draw. */
  readonly ready: boolean;
  /** False while it is scrolled out of sight. */
  readonly inSight: boolean;
  /** True after something but the clip has changed, such as its size; `draw` makes it false. */
  readonly stale: boolean;
  /** True until what `draw` ordered last has been drawn. */
  readonly busy: boolean;
  draw(clip: PlayableClip, frame: number): void;
}

/** Sums of many short times miss their frame by less than this, in frames. */
const ROUNDING = 1e-6;

export class Playback {
  /** How fast the clips play: 1 as they were recorded. */
  rate = 1;
  /** Whether the clips stand where they are because somebody wants to look. */
  held = false;
  /** Whether everything stands still because nobody is there. */
  frozen = false;
  /** Whether the clips begin again after their end; otherwise their last frame stays. */
  loops = true;
  readonly #restSeconds: number;
  readonly #leastSeconds: number;
  readonly #screens = new Map<number, { screen: Screen; drawn: number }>();
  readonly #followers = new Set<(playback: Playback) => void>();
  #clips: readonly PlayableClip[] = [];
  #next: readonly PlayableClip[] | null = null;
  #seconds = 0;
  #position = 0;
  /** Seconds for which the last frame has been standing. */
  #rested = 0;
  #last: number | null = null;
  #told = Number.NaN;
  #onShown: ((now: number) => void) | null = null;

  /**
   * `restSeconds`: how long the last frame stands before the clips begin again. Clips that are over in less than
   * `leastSeconds` are played in slow motion, so that they last so long.
   */
  constructor(restSeconds: number, leastSeconds = 0) {
    this.#restSeconds = restSeconds;
    this.#leastSeconds = leastSeconds;
  }

  /**
   * Whether new clips were given whose first frames are not on their screens yet, and somebody waits for them. While no
   * screen is there at all, on another tab of the page, nobody does.
   */
  get showing(): boolean {
    return this.#unseen && this.#screens.size > 0;
  }

  get #unseen(): boolean {
    return this.#onShown !== null && this.#clips.length > 0;
  }

  /** Length of the longest clip, in its own seconds; 0 where there is none. */
  get seconds(): number {
    return this.#seconds;
  }

  /** Where the clips are, 0 to `seconds`. */
  get position(): number {
    return this.#position;
  }

  /** Whether the last frame has been reached. */
  get ended(): boolean {
    return this.#clips.length > 0 && this.#position >= this.#seconds;
  }

  /** Clip number `index` is drawn on this screen until the function that comes back is called. */
  attach(index: number, screen: Screen): () => void {
    const entry = { screen, drawn: -1 };
    this.#screens.set(index, entry);
    return () => {
      if (this.#screens.get(index) === entry) this.#screens.delete(index);
    };
  }

  /** Calls `follower` after every tick in which the clips moved, until the function that comes back is called. */
  follow(follower: (playback: Playback) => void): () => void {
    this.#followers.add(follower);
    this.#told = Number.NaN;
    return () => void this.#followers.delete(follower);
  }

  /** Plays these from their first frame, beginning with the next tick. `onShown` is called once all are on their screens. */
  show(clips: readonly PlayableClip[], onShown: ((now: number) => void) | null = null): void {
    this.#clips = clips;
    this.#seconds = Math.max(0, ...clips.map((clip) => clip.frames / clip.framesPerSecond));
    this.#next = null;
    this.#onShown = onShown;
    this.replay();
  }

  /** Plays these once the present clips have come to their end. */
  showNext(clips: readonly PlayableClip[]): void {
    if (this.#clips.length === 0) this.show(clips);
    else this.#next = clips;
  }

  /** Plays from the start, even where the clips were held. */
  replay(): void {
    this.held = false;
    this.#position = 0;
    this.#rested = 0;
    this.#last = null;
    this.#told = Number.NaN;
    for (const entry of this.#screens.values()) entry.drawn = -1;
  }

  /** Goes to this moment, in seconds of the clips. */
  seek(seconds: number): void {
    this.#position = Math.min(this.#seconds, Math.max(0, seconds));
    this.#rested = 0;
  }

  /** Holds the clips and goes this many frames on, or back where it is negative. */
  step(frames: number): void {
    const [clip] = this.#clips;
    if (clip === undefined) return;
    this.held = true;
    const frame = Math.min(clip.frames - 1, Math.floor(this.#position * clip.framesPerSecond + ROUNDING));
    this.seek(Math.min(clip.frames - 1, Math.max(0, frame + frames)) / clip.framesPerSecond);
  }

  /** Draws what has to be drawn at `now`, in milliseconds of the page's clock. */
  tick(now: number): void {
    if (this.#clips.length === 0) return;
    // Until all first frames can be seen the clock stands still. A frame's time lies a little before the moment in which
    // a key was pressed.
    const elapsed = this.#last === null || this.#unseen ? 0 : Math.max(0, now - this.#last) / 1_000;
    this.#last = now;
    if (this.#unseen) this.#tellShown(now);
    if (!this.held && !this.frozen) this.#advance(elapsed);
    for (const [index, entry] of this.#screens) {
      const clip = this.#clips[index];
      if (clip === undefined || clip.frames === 0 || !entry.screen.ready) continue;
      // The first frame is drawn out of sight as well: the clips that can be seen wait for it.
      if (!entry.screen.inSight && entry.drawn >= 0) continue;
      const frame = Math.min(clip.frames - 1, Math.floor(this.#position * clip.framesPerSecond + ROUNDING));
      if (frame === entry.drawn && !entry.screen.stale) continue;
      // Orders that queue up would delay the next clips. A frame is left out instead, but never the first.
      if (entry.screen.busy && entry.drawn >= 0) continue;
      entry.screen.draw(clip, frame);
      entry.drawn = frame;
    }
    if (this.#position === this.#told) return;
    this.#told = this.#position;
    for (const follower of this.#followers) follower(this);
  }

  #advance(elapsed: number): void {
    const natural = (this.rate * this.#seconds) / Math.max(this.#seconds, this.#leastSeconds);
    const position = this.#position + elapsed * natural;
    if (position < this.#seconds - ROUNDING) {
      this.#position = position;
      return;
    }
    this.#rested += (position - this.#seconds) / natural;
    this.#position = this.#seconds;
    if (!this.loops || this.#rested < this.#restSeconds - ROUNDING) return;
    this.#position = 0;
    this.#rested = 0;
    if (this.#next === null) return;
    const last = this.#last;
    this.show(this.#next);
    this.#last = last;
  }

  #tellShown(now: number): void {
    for (let index = 0; index < this.#clips.length; index++) {
      // Trajectories that were brought without poses are clips of no frame.
      if (this.#clips[index].frames === 0) continue;
      const entry = this.#screens.get(index);
      if (entry === undefined || entry.drawn < 0 || entry.screen.busy) return;
    }
    const tell = this.#onShown;
    this.#onShown = null;
    tell?.(now);
  }
}
