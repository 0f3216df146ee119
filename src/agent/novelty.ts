// What an agent is rewarded with while there are no answers yet: going where it has seldom been.
import type { Random } from "../environment/random.ts";
import type { Normaliser } from "../network/normaliser.ts";
import { DIVERGED, type Rollout } from "./rollout.ts";

/** Which neighbour's distance tells how empty it is around a state. */
const NEIGHBOUR = 5;
/**
 * States of the rollout itself among which neighbours are looked for, drawn at random: so few that hardly any is its own
 * fifth neighbour by being drawn again and again.
 */
const DRAWN = 1_024;
const DRAWN_SHARE = 0.25;
/** States of each rollout that are remembered, and how many are at most: the last ones. */
const REMEMBERED = 128;
const MEMORY = 16 * REMEMBERED;

/**
 * The entropy of the states that a thread visits, estimated from particles: the reward of a step is log(1 + the distance
 * of its observation to the fifth nearest of those drawn from this rollout and remembered of earlier ones), brought to
 * mean 0 and spread 1 (Liu and Abbeel 2021; before the first labels as in PEBBLE, Lee et al. 2021). What an agent does
 * that learns from this is more worth comparing than what an untrained one does.
 */
export class Novelty {
  readonly #size: number;
  /** `[MEMORY, size]`, as the world gave them: what they are normalised by is still changing. */
  readonly #memory: Float32Array;
  #remembered = 0;
  /** `[MEMORY + DRAWN, size]`, the remembered ones first. */
  readonly #particles: Float32Array;
  /** Squared distances to the nearest ones, ascending. */
  readonly #nearest = new Float64Array(NEIGHBOUR);

  constructor(observationSize: number) {
    this.#size = observationSize;
    this.#memory = new Float32Array(MEMORY * observationSize);
    this.#particles = new Float32Array((MEMORY + DRAWN) * observationSize);
  }

  /** Fills the rollout's rewards, and remembers some of its states. Rows in which the physics blew up get 0. */
  reward(rollout: Rollout, normaliser: Normaliser, random: Random): void {
    const { rewards, rows, ends } = rollout;
    const particles = this.#gather(rollout, normaliser, random);
    let count = 0;
    let mean = 0;
    for (let row = 0; row < rows; row++) {
      if (ends[row] === DIVERGED) continue;
      rewards[row] = Math.log1p(this.#distance(rollout.normalised, row, particles));
      mean += rewards[row];
      count += 1;
    }
    mean /= Math.max(1, count);
    let square = 0;
    for (let row = 0; row < rows; row++) if (ends[row] !== DIVERGED) square += (rewards[row] - mean) ** 2;
    const factor = 1 / (Math.sqrt(square / Math.max(1, count)) + 1e-8);
    for (let row = 0; row < rows; row++) rewards[row] = ends[row] === DIVERGED ? 0 : (rewards[row] - mean) * factor;
    this.#remember(rollout, random);
  }

  /** Puts the particles together and returns how many there are. */
  #gather({ normalised, rows }: Rollout, normaliser: Normaliser, random: Random): number {
    const size = this.#size;
    const kept = Math.min(this.#remembered, MEMORY);
    normaliser.normalise(this.#memory, this.#particles, kept);
    const drawn = Math.min(DRAWN, Math.ceil(rows * DRAWN_SHARE));
    for (let i = 0; i < drawn; i++) {
      const from = random.integer(rows) * size;
      const to = (kept + i) * size;
      for (let j = 0; j < size; j++) this.#particles[to + j] = normalised[from + j];
    }
    return kept + drawn;
  }

  /** From a row's observation to its fifth nearest particle. */
  #distance(observations: Float32Array, row: number, particles: number): number {
    const size = this.#size;
    const nearest = this.#nearest.fill(Number.POSITIVE_INFINITY);
    const own = row * size;
    for (let i = 0, at = 0; i < particles; i++, at += size) {
      const bound = nearest[NEIGHBOUR - 1];
      let square = 0;
      for (let j = 0; j < size && square < bound; j++) {
        const difference = observations[own + j] - this.#particles[at + j];
        square += difference * difference;
      }
      if (!(square < bound)) continue;
      let place = NEIGHBOUR - 1;
      for (; place > 0 && nearest[place - 1] > square; place--) nearest[place] = nearest[place - 1];
      nearest[place] = square;
    }
    return Math.sqrt(nearest[NEIGHBOUR - 1]);
  }

  #remember({ observations, rows, ends }: Rollout, random: Random): void {
    const size = this.#size;
    for (let i = 0; i < REMEMBERED; i++) {
      const row = random.integer(rows);
      if (ends[row] === DIVERGED) continue;
      const to = (this.#remembered % MEMORY) * size;
      for (let j = 0; j < size; j++) this.#memory[to + j] = observations[row * size + j];
      this.#remembered += 1;
    }
  }
}
