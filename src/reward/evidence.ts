// Every judgement that a reward model learns from, with the segments that it is about, in memory that all threads read.
import { KINDS, type Kind } from "../feedback/judgement.ts";
import { ANSWER_NUMBERS } from "../feedback/likelihood.ts";
import type { Segment } from "../feedback/segment.ts";
import type { Random } from "../environment/random.ts";

/** What a reward model sees of a segment. */
export type SegmentRows = Pick<Segment, "id" | "length" | "observations" | "actions">;

export interface EvidenceShape {
  /** Judgements that fit, and segments. */
  readonly capacity: number;
  readonly segments: number;
  /** Most segments that one judgement is about. */
  readonly mostSegments: number;
  /** Steps per segment. */
  readonly steps: number;
  readonly observationSize: number;
  readonly actionSize: number;
  readonly members: number;
}

const HEADER_BYTES = 64;
/** Of an entry: kind, first segment, number of segments, and whether it counts; then how often for each member. */
const ENTRY = 4;
const STANDS = 3;
/** Of an entry's numbers: its weight, then the answer's. */
const NUMBERS = 1 + ANSWER_NUMBERS;

/**
 * Judgements train a reward model. Each member of the ensemble sees its own bootstrap resample: a judgement counts for a
 * member as often as a Poisson(1) draw says, which leaves 1/e of them held out for that member, and needs no redrawing
 * when judgements come in one by one (Oza and Russell 2001). One thread writes, all read after a barrier.
 */
export class Evidence {
  readonly shape: EvidenceShape;
  /** Numbers per step: the observation, then the action. */
  readonly width: number;
  /** `[segments][steps][width]` */
  readonly rows: Float32Array;
  /** Answers as their kinds encode them; `answerAt` says where each begins. */
  readonly answers: Float32Array;
  /** `[judgements used, segments used]` */
  readonly #header: Int32Array;
  readonly #entries: Int32Array;
  /** Known to the writing thread alone. */
  readonly #places = new Map<number, { readonly first: number; readonly count: number }>();
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];

  static bytes({ capacity, segments, steps, observationSize, actionSize, members }: EvidenceShape): number {
    const width = observationSize + actionSize;
    return HEADER_BYTES + (capacity * (ENTRY + members + NUMBERS) + segments * steps * width) * 4;
  }

  /** @param buffer of `Evidence.bytes(shape)`, zeroed */
  constructor(buffer: SharedArrayBuffer, shape: EvidenceShape) {
    const { capacity, members } = shape;
    this.shape = shape;
    this.width = shape.observationSize + shape.actionSize;
    this.#header = new Int32Array(buffer, 0, 2);
    const length = capacity * (ENTRY + members);
    this.#entries = new Int32Array(buffer, HEADER_BYTES, length);
    this.answers = new Float32Array(buffer, HEADER_BYTES + length * 4, capacity * NUMBERS);
    this.rows = new Float32Array(buffer, HEADER_BYTES + (length + capacity * NUMBERS) * 4);
  }

  /** Slots in use: every judgement that was entered lies below. */
  get used(): number {
    return this.#header[0];
  }

  /** Segments in use, the first ones first. */
  get segmentsUsed(): number {
    return this.#header[1];
  }

  /** Whether there is room for a judgement about so many segments that are not here yet. */
  hasRoom(segments: number): boolean {
    const { capacity, segments: most } = this.shape;
    return (this.#free.length > 0 || this.used < capacity) && this.segmentsUsed + segments <= most;
  }

  /**
   * Enters a judgement.
   * @param judgement its id, by which it can be taken back
   * @param query its query's id: the segments of each query are kept once, however many judge it
   * @param answer its numbers, at most ANSWER_NUMBERS; null where it says nothing about reward
   * @param random decides how often it counts for each member
   * @param weight how much it counts next to others, 0 or more
   * @throws RangeError where there is no room, or segments are of another length
   */
  enter(
    judgement: string,
    query: number,
    kind: Kind,
    segments: readonly SegmentRows[],
    answer: ArrayLike<number> | null,
    random: Random,
    weight = 1,
  ): void {
    const { first, count } = this.#places.get(query) ?? this.#keep(query, segments);
    const slot = this.#slot();
    this.#slots.set(judgement, slot);
    const entry = slot * (ENTRY + this.shape.members);
    this.#entries[entry] = KINDS.indexOf(kind);
    this.#entries[entry + 1] = first;
    this.#entries[entry + 2] = count;
    this.#entries[entry + STANDS] = answer === null ? 0 : 1;
    for (let m = 0; m < this.shape.members; m++) this.#entries[entry + ENTRY + m] = poisson(random);
    this.answers[slot * NUMBERS] = weight;
    if (answer !== null) this.answers.set(answer, slot * NUMBERS + 1);
  }

  /** Whether this judgement was entered and not taken back. */
  has(judgement: string): boolean {
    return this.#slots.has(judgement);
  }

  /** Removes a judgement; its segments stay, since its query can be judged anew. Does nothing for one that is not here. */
  takeBack(judgement: string): void {
    const slot = this.#slots.get(judgement);
    if (slot === undefined) return;
    this.#slots.delete(judgement);
    this.#entries[slot * (ENTRY + this.shape.members) + STANDS] = 0;
    this.#free.push(slot);
  }

  /** How much a judgement counts next to others. Does nothing for one that is not here. */
  setWeight(judgement: string, weight: number): void {
    const slot = this.#slots.get(judgement);
    if (slot !== undefined) this.answers[slot * NUMBERS] = weight;
  }

  /** Whether the slot holds a judgement that says something. */
  stands(slot: number): boolean {
    return this.#entries[slot * (ENTRY + this.shape.members) + STANDS] === 1 && this.weight(slot) > 0;
  }

  weight(slot: number): number {
    return this.answers[slot * NUMBERS];
  }

  /** The judgement's kind, as its place in KINDS. */
  kind(slot: number): number {
    return this.#entries[slot * (ENTRY + this.shape.members)];
  }

  /** The first of the segments that the judgement in a slot is about, and how many there are. */
  firstSegment(slot: number): number {
    return this.#entries[slot * (ENTRY + this.shape.members) + 1];
  }

  segmentCount(slot: number): number {
    return this.#entries[slot * (ENTRY + this.shape.members) + 2];
  }

  /** Where the judgement's numbers begin in `answers`. */
  answerAt(slot: number): number {
    return slot * NUMBERS + 1;
  }

  /** How often the judgement in a slot counts for a member; 0: held out. */
  count(slot: number, member: number): number {
    return this.#entries[slot * (ENTRY + this.shape.members) + ENTRY + member];
  }

  #slot(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.used >= this.shape.capacity) {
      throw new RangeError(`There is room for ${this.shape.capacity} judgements, and all of it is taken.`);
    }
    return this.#header[0]++;
  }

  #keep(query: number, segments: readonly SegmentRows[]): { readonly first: number; readonly count: number } {
    const { steps, mostSegments, segments: most } = this.shape;
    if (segments.length > mostSegments) {
      throw new RangeError(`A judgement is about ${mostSegments} segments at most, not ${segments.length}.`);
    }
    if (this.segmentsUsed + segments.length > most) {
      throw new RangeError(`There is room for ${most} segments, and it is taken.`);
    }
    for (const { id, length } of segments) {
      if (length === steps) continue;
      throw new RangeError(`Segment ${id} has ${length} steps; this run's have ${steps}.`);
    }
    const place = { first: this.segmentsUsed, count: segments.length };
    for (const [index, segment] of segments.entries()) this.#write(place.first + index, segment);
    this.#header[1] += segments.length;
    this.#places.set(query, place);
    return place;
  }

  #write(place: number, segment: SegmentRows): void {
    const { steps, observationSize, actionSize } = this.shape;
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
