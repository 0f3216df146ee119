// Every comparison that was asked, with its two segments and what became of it, in memory that all threads read.
import { CHOICES } from "../feedback/judgement.ts";
import type { GradedAnswer } from "../feedback/comparison.ts";
import type { Segment } from "../feedback/segment.ts";
import type { Random } from "../environment/random.ts";

/** What a reward model sees of a segment. */
export type SegmentRows = Pick<Segment, "id" | "length" | "observations" | "actions">;

export interface EvidenceShape {
  /** Comparisons that fit. */
  readonly capacity: number;
  /** Steps per segment. */
  readonly steps: number;
  readonly observationSize: number;
  readonly actionSize: number;
  readonly members: number;
}

const HEADER_BYTES = 64;
const UNANSWERED = -1;
/** Codes from here up to twice as much are softer answers: the share for the left segment in steps of 2^-24. */
const GRADED = 2 ** 24;

/**
 * Judged comparisons train a reward model. Each member of the ensemble sees its own bootstrap resample: a judgement
 * counts for a member as often as a Poisson(1) draw says, which leaves 1/e of them held out for that member, and needs no
 * redrawing when judgements come in one by one (Oza and Russell 2001). One thread writes, all read after a barrier.
 */
export class Evidence {
  readonly shape: EvidenceShape;
  /** Numbers per step: the observation, then the action. */
  readonly width: number;
  /** `[capacity][2][steps][width]` */
  readonly rows: Float32Array;
  readonly #header: Int32Array;
  /** Per comparison: the answer, then how often it counts for each member. */
  readonly #entries: Int32Array;
  readonly #slots = new Map<number, number>();

  static bytes(shape: EvidenceShape): number {
    const width = shape.observationSize + shape.actionSize;
    return HEADER_BYTES + shape.capacity * (1 + shape.members + 2 * shape.steps * width) * 4;
  }

  /** @param buffer of `Evidence.bytes(shape)` */
  constructor(buffer: SharedArrayBuffer, shape: EvidenceShape) {
    this.shape = shape;
    this.width = shape.observationSize + shape.actionSize;
    this.#header = new Int32Array(buffer, 0, 1);
    const length = shape.capacity * (1 + shape.members);
    this.#entries = new Int32Array(buffer, HEADER_BYTES, length);
    this.rows = new Float32Array(buffer, HEADER_BYTES + length * 4);
  }

  /** Slots in use: every comparison that was added lies below. */
  get used(): number {
    return this.#header[0];
  }

  /** Remembers an open comparison. */
  add(query: number, left: SegmentRows, right: SegmentRows, random: Random): void {
    const slot = this.#header[0];
    if (slot >= this.shape.capacity) {
      throw new RangeError(`There is room for ${this.shape.capacity} comparisons, and all of it is taken.`);
    }
    this.#header[0] += 1;
    this.#slots.set(query, slot);
    this.#write(slot * 2, left);
    this.#write(slot * 2 + 1, right);
    const entry = slot * (1 + this.shape.members);
    this.#entries[entry] = UNANSWERED;
    for (let m = 1; m <= this.shape.members; m++) this.#entries[entry + m] = poisson(random);
  }

  /** Whether this comparison was added and is not judged. */
  isOpen(query: number): boolean {
    const slot = this.#slots.get(query);
    return slot !== undefined && this.#entries[slot * (1 + this.shape.members)] === UNANSWERED;
  }

  /** @param answer a softer one is kept to 24 bits */
  judge(query: number, answer: GradedAnswer): void {
    this.#entries[this.#slot(query) * (1 + this.shape.members)] =
      typeof answer === "number" ? GRADED + Math.round(answer * GRADED) : CHOICES.indexOf(answer);
  }

  takeBack(query: number): void {
    this.#entries[this.#slot(query) * (1 + this.shape.members)] = UNANSWERED;
  }

  /** The answer in a slot, or null where there is none or none that informs. */
  answer(slot: number): GradedAnswer | null {
    const code = this.#entries[slot * (1 + this.shape.members)];
    if (code >= GRADED) return (code - GRADED) / GRADED;
    return code === UNANSWERED || CHOICES[code] === "cannot-tell" ? null : CHOICES[code];
  }

  /** How often the judgement in a slot counts for a member; 0: held out. */
  count(slot: number, member: number): number {
    return this.#entries[slot * (1 + this.shape.members) + 1 + member];
  }

  #slot(query: number): number {
    const slot = this.#slots.get(query);
    if (slot === undefined) throw new RangeError(`No comparison was added for query ${query}.`);
    return slot;
  }

  #write(place: number, segment: SegmentRows): void {
    const { steps, observationSize, actionSize } = this.shape;
    if (segment.length !== steps) {
      throw new RangeError(`Segment ${segment.id} has ${segment.length} steps; this run compares ${steps}.`);
    }
    for (let t = 0; t < steps; t++) {
      const at = (place * steps + t) * this.width;
      for (let i = 0; i < observationSize; i++) this.rows[at + i] = segment.observations[t * observationSize + i];
      for (let i = 0; i < actionSize; i++) {
        this.rows[at + observationSize + i] = segment.actions[t * actionSize + i];
      }
    }
  }
}

/** A draw from Poisson(1), by Knuth's method. */
function poisson(random: Random): number {
  let product = random.float();
  let count = 0;
  while (product > Math.exp(-1)) {
    product *= random.float();
    count += 1;
  }
  return count;
}
