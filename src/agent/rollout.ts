// Acting: many environments of one thread take the same number of steps, and everything learning needs is kept.
import type { Environment, Outcome } from "../environment/environment.ts";
import type { Random } from "../environment/random.ts";
import type { Normaliser } from "../network/normaliser.ts";
import type { ActorCritic } from "./actor-critic.ts";
import { gaussianLogProbability } from "./gaussian.ts";
import { ActionNoise } from "./noise.ts";

/** Watches steps as they are taken, to keep windows for queries or what a simulated teacher knows. */
export interface StepRecorder {
  /** Environment `index` of this thread has just taken the step in `row` of the rollout. */
  record(index: number, environment: Environment, rollout: Rollout, row: number, outcome: Outcome): void;
}

/** What became of the episode after a row. */
export const RUNNING = 0;
export const TERMINATED = 1;
export const TRUNCATED = 2;
/** The physics blew up in this row: it must not be learned from. */
export const DIVERGED = 3;
const CODES: Readonly<Record<Outcome, number>> = {
  running: RUNNING,
  terminated: TERMINATED,
  truncated: TRUNCATED,
  diverged: DIVERGED,
};

/** Rows of `steps` steps in each of `environments`: row = step * environments + environment. */
export class Rollout {
  readonly steps: number;
  readonly environments: number;
  readonly rows: number;
  readonly observationSize: number;
  readonly actionSize: number;
  /** `[rows, observation size]`, as the world gave them and as the networks see them. */
  readonly observations: Float32Array;
  readonly normalised: Float32Array;
  /** `[rows, action size]`, as the policy drew them and, kept within the action space, as the world took them. */
  readonly actions: Float32Array;
  readonly taken: Float32Array;
  readonly logProbabilities: Float32Array;
  /** Filled by whoever knows a reward. */
  readonly rewards: Float32Array;
  readonly values: Float32Array;
  /** Value of the state that a row led to, where the episode or the rollout was cut off after the row. */
  readonly cutValues: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
  readonly ends: Uint8Array;
  /** Normalised observation after a row that was cut off. */
  readonly afterwards: Float32Array;
  /** Episodes thrown away in the last `collect`. */
  diverged = 0;

  constructor(steps: number, environments: number, observationSize: number, actionSize: number) {
    const rows = steps * environments;
    this.steps = steps;
    this.environments = environments;
    this.rows = rows;
    this.observationSize = observationSize;
    this.actionSize = actionSize;
    this.observations = new Float32Array(rows * observationSize);
    this.normalised = new Float32Array(rows * observationSize);
    this.afterwards = new Float32Array(rows * observationSize);
    this.actions = new Float32Array(rows * actionSize);
    this.taken = new Float32Array(rows * actionSize);
    this.logProbabilities = new Float32Array(rows);
    this.rewards = new Float32Array(rows);
    this.values = new Float32Array(rows);
    this.cutValues = new Float32Array(rows);
    this.advantages = new Float32Array(rows);
    this.returns = new Float32Array(rows);
    this.ends = new Uint8Array(rows);
  }
}

/** The environments of one thread, and where each of them stands. */
export class Actor {
  readonly environments: readonly Environment[];
  /** `[environments, observation size]`, and each environment's row of it. */
  readonly #current: Float32Array;
  readonly #observation: readonly Float32Array[];
  readonly #action: readonly Float32Array[];
  readonly #noise: readonly ActionNoise[];
  readonly #low: Float32Array;
  readonly #high: Float32Array;
  /** Steps until an environment's first episode is cut short on purpose; 0 after that. */
  readonly #stagger: Int32Array;
  readonly #scratch: Float32Array;
  #started = false;

  /** @param noiseSeconds time in which the noise on actions forgets; 0: at once */
  constructor(environments: readonly Environment[], noiseSeconds: number) {
    const [{ observationSpace, actionSpace, horizon, stepSeconds }] = environments;
    const size = observationSpace.size;
    this.environments = environments;
    const current = new Float32Array(environments.length * size);
    this.#current = current;
    this.#observation = environments.map((_, e) => current.subarray(e * size, (e + 1) * size));
    this.#action = environments.map(() => new Float32Array(actionSpace.size));
    this.#noise = environments.map(() => new ActionNoise(actionSpace.size, noiseSeconds, stepSeconds));
    this.#low = Float32Array.from(actionSpace.low);
    this.#high = Float32Array.from(actionSpace.high);
    this.#scratch = new Float32Array(size);
    // Without this, all environments would be at the same moment of their episodes for ever.
    this.#stagger = Int32Array.from(environments, (_, e) => Math.ceil(((e + 1) * horizon) / environments.length));
  }

  /** Takes `rollout.steps` steps everywhere with actions drawn from the policy. Allocates nothing per step. */
  collect(
    rollout: Rollout,
    agent: ActorCritic,
    normaliser: Normaliser,
    random: Random,
    recorders: readonly StepRecorder[],
  ): void {
    const count = this.environments.length;
    const size = rollout.observationSize;
    const { policy } = agent;
    rollout.diverged = 0;
    if (!this.#started) {
      for (let e = 0; e < count; e++) this.#reset(e, random);
      this.#started = true;
    }
    for (let t = 0; t < rollout.steps; t++) {
      const first = t * count;
      rollout.observations.set(this.#current, first * size);
      normaliser.normalise(this.#current, policy.input, count);
      for (let i = 0, to = first * size; i < count * size; i++, to++) rollout.normalised[to] = policy.input[i];
      policy.forward(count);
      for (let e = 0; e < count; e++) {
        const row = first + e;
        this.#draw(rollout, agent, random, e, row);
        const outcome = this.#step(e);
        for (const recorder of recorders) recorder.record(e, this.environments[e], rollout, row, outcome);
        rollout.ends[row] = CODES[outcome];
        if (outcome === "diverged") rollout.diverged += 1;
        else if (outcome !== "running" || t === rollout.steps - 1) this.#keepAfterwards(rollout, normaliser, e, row);
        if (outcome !== "running") this.#reset(e, random);
      }
    }
  }

  #draw(rollout: Rollout, agent: ActorCritic, random: Random, e: number, row: number): void {
    const size = rollout.actionSize;
    const mean = agent.policy.output;
    const action = this.#action[e];
    const noise = this.#noise[e];
    noise.advance(random);
    for (let j = 0; j < size; j++) {
      const drawn = mean[e * size + j] + Math.exp(agent.logDeviations[j]) * noise.values[j];
      rollout.actions[row * size + j] = drawn;
      action[j] = Math.min(this.#high[j], Math.max(this.#low[j], drawn));
      rollout.taken[row * size + j] = action[j];
    }
    const logProbability = gaussianLogProbability(rollout.actions, row, mean, e, agent.logDeviations);
    if (!Number.isFinite(logProbability)) {
      throw new Error("The policy no longer gives finite actions: its learning has blown up. Lower the learning rate.");
    }
    rollout.logProbabilities[row] = logProbability;
  }

  #step(e: number): Outcome {
    const outcome = this.environments[e].step(this.#action[e], this.#observation[e]);
    if (this.#stagger[e] === 0) return outcome;
    this.#stagger[e] = outcome === "running" ? this.#stagger[e] - 1 : 0;
    return outcome === "running" && this.#stagger[e] === 0 ? "truncated" : outcome;
  }

  #reset(e: number, random: Random): void {
    this.environments[e].reset(random.integer(2 ** 31), this.#observation[e]);
    this.#noise[e].begin(random);
  }

  #keepAfterwards(rollout: Rollout, normaliser: Normaliser, e: number, row: number): void {
    normaliser.normalise(this.#observation[e], this.#scratch, 1);
    rollout.afterwards.set(this.#scratch, row * rollout.observationSize);
  }
}
