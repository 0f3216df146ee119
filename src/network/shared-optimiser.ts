// One optimiser for parameters that a team of threads trains together: every thread adds up gradients of its own rows,
// the first one sums them in a fixed order and takes the step.
import type { Arena } from "../kernel/arena.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Team } from "../kernel/team.ts";
import { Adam, addInto, clipGradients } from "./adam.ts";

/** A stretch of the parameters that is clipped and decayed on its own. */
export interface Group {
  readonly start: number;
  readonly length: number;
  readonly maxNorm: number;
}

export class SharedOptimiser {
  readonly parameters: Float32Array;
  /** This thread's gradients; zeroed by `step`. */
  readonly gradients: Float32Array;
  readonly #kernel: Kernel;
  readonly #team: Team;
  readonly #everyones: readonly Float32Array[];
  readonly #groups: readonly { readonly adam: Adam; readonly gradients: Float32Array; readonly maxNorm: number }[];

  /** `shared` is an arena that every member fills in the same order, so that all see the same arrays. */
  constructor(
    kernel: Kernel,
    shared: Arena,
    team: Team,
    length: number,
    groups: readonly Group[],
    learningRate: number,
  ) {
    this.#kernel = kernel;
    this.#team = team;
    this.parameters = shared.floats(length);
    this.#everyones = Array.from({ length: team.size }, () => shared.floats(length));
    this.gradients = this.#everyones[team.index];
    this.#groups = groups.map(({ start, length: size, maxNorm }) => {
      const gradients = this.#everyones[0].subarray(start, start + size);
      const parameters = this.parameters.subarray(start, start + size);
      return { adam: new Adam(kernel, shared, parameters, gradients, { learningRate }), gradients, maxNorm };
    });
  }

  /**
   * Takes one step with the sum of all members' gradients. Every member calls it; the parameters are new for all when
   * it returns.
   * @param weightDecay L2 coefficient per group, added to the gradients; none by default
   * @param sums replaced by their sums over the members, on the way: the members have to wait for each other anyway
   */
  step(learningRate: number, weightDecay?: Float64Array, sums?: Float64Array): void {
    const team = this.#team;
    if (sums === undefined) team.barrier();
    else team.sum(sums);
    if (team.index === 0) {
      for (let member = 1; member < team.size; member++) addInto(this.#kernel, this.gradients, this.#everyones[member]);
      for (let g = 0; g < this.#groups.length; g++) {
        const { adam, gradients, maxNorm } = this.#groups[g];
        const norm = clipGradients(this.#kernel, gradients, maxNorm);
        if (!Number.isFinite(norm)) {
          // One such step would leave nothing but NaN in the parameters and in the optimiser's moments.
          throw new Error(`The gradients' norm is ${norm}: learning has blown up. The last checkpoint is sound.`);
        }
        adam.step({ learningRate, weightDecay: weightDecay === undefined ? 0 : weightDecay[g] });
      }
    }
    team.barrier();
    this.gradients.fill(0);
  }

  /** The moments and step counts that a checkpoint keeps. Only the first member's step counts are right. */
  get groups(): readonly Adam[] {
    return this.#groups.map(({ adam }) => adam);
  }
}
