// A teacher who needs nobody: answers from the true reward with the weaknesses of people (B-Pref, Lee et al. 2021).
import type { Random } from "../environment/random.ts";
import { FEEDBACK } from "./kinds.ts";
import type { Answer, AskableKind } from "./judgement.ts";
import { clipReturn, discountedSum, Usual, type TeacherOptions } from "./simulated.ts";

/**
 * B-Pref's simulated teacher with all of its five parameters; the defaults are its oracle. B-Pref's compares; where one
 * clip is judged alone, this one measures it against the mean of all that it has seen, and forgets nothing: what was
 * good remains good when the agent has become better, and what is usual rises slowly.
 */
export class SimulatedTeacher {
  readonly #options: TeacherOptions;
  readonly #stepSeconds: number;
  readonly #usualSegment = new Usual();
  readonly #usualClip = new Usual();

  constructor(options: TeacherOptions, stepSeconds: number) {
    this.#options = options;
    this.#stepSeconds = stepSeconds;
  }

  /**
   * Answers a query by what truly happened in its segments.
   * @param rewards true rewards per segment, oldest step first
   * @param average mean return of a segment under the current policy
   */
  answer(kind: AskableKind, rewards: readonly Float32Array[], average: number, random: Random): Answer {
    for (const segment of rewards) this.#usualSegment.add(discountedSum(segment, 1));
    this.#usualClip.add(clipReturn(rewards, { ...this.#options, myopia: 1 }));
    const { simulate } = FEEDBACK[kind];
    if (simulate === null) throw new RangeError(`Nobody is asked for answers of kind ${kind}.`);
    return simulate({
      rewards,
      stepSeconds: this.#stepSeconds,
      average,
      usualSegment: this.#usualSegment,
      usualClip: this.#usualClip,
      options: this.#options,
      random,
    });
  }
}
