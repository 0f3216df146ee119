// How long somebody has worked, and how many answers that gave. Whoever goes away for longer than anyone looks at a clip
// was not working.

/** Milliseconds that one answer takes at most. */
const LONGEST_ANSWER = 60_000;
/** Answers over which the pace is taken. */
const PACE_ANSWERS = 20;

export class Worktime {
  /** Milliseconds worked up to the last answer. */
  #worked: number;
  #answers: number;
  /** Since when somebody has been looking at something, in milliseconds of the page's clock; null in a pause. */
  #since: number | null = null;
  /** Milliseconds worked when each of the last answers was given. */
  #last: number[] = [];
  readonly #pauses: { readonly from: number; to: number | null }[] = [];

  /** Goes on from what was worked before, in milliseconds and answers. */
  constructor(worked = 0, answers = 0) {
    this.#worked = worked;
    this.#answers = answers;
  }

  get milliseconds(): number {
    return this.#worked;
  }

  get answers(): number {
    return this.#answers;
  }

  /** Answers a minute over the last twenty, or null before there are three. */
  get pace(): number | null {
    if (this.#last.length < 3) return null;
    const span = this.#last[this.#last.length - 1] - this.#last[0];
    return span <= 0 ? null : ((this.#last.length - 1) * 60_000) / span;
  }

  /** Something to answer is on the screen. Times in milliseconds of the page's clock. */
  began(now: number): void {
    this.#since ??= now;
  }

  answered(now: number): void {
    this.#add(now);
    this.#since = now;
    this.#answers++;
    this.#last.push(this.#worked);
    if (this.#last.length > PACE_ANSWERS + 1) this.#last.shift();
  }

  takenBack(): void {
    this.#answers = Math.max(0, this.#answers - 1);
  }

  pause(now: number): void {
    this.#add(now);
    this.#since = null;
    this.#pauses.push({ from: now, to: null });
  }

  goOn(now: number): void {
    const last = this.#pauses.at(-1);
    if (last !== undefined && last.to === null) last.to = now;
    this.#since = now;
  }

  /** Milliseconds of pauses after `since`, which may lie in one: clips can come up while it lasts. */
  pausedSince(since: number): number {
    let sum = 0;
    for (const { from, to } of this.#pauses) if (to !== null) sum += Math.max(0, to - Math.max(from, since));
    return sum;
  }

  #add(now: number): void {
    if (this.#since !== null) this.#worked += Math.min(LONGEST_ANSWER, Math.max(0, now - this.#since));
  }
}
