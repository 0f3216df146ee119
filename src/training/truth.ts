// What simulated teachers know: the true rewards of the steps that a trajectory pool holds. Kept apart from everything
// that the reward model reads, and from the agent too unless a run has no teacher.
import type { Environment, Outcome } from "../environment/environment.ts";
import { measured } from "../environment/measuring.ts";
import type { Rollout, StepRecorder } from "../agent/rollout.ts";
import type { TrainingOptions } from "./options.ts";
import type { PoolShape, Window } from "./trajectory-pool.ts";

const HEADER_BYTES = 64;

/** @throws Error where somebody is to learn from, or to judge by, a true reward that the task's environment has not */
export function demandTruth(environment: Environment, task: string, teacher: TrainingOptions["teacher"]): void {
  if (teacher === "person" || measured(environment) !== undefined) return;
  const nothing =
    teacher === "simulated" ? "a simulated teacher has nothing to judge by" : "there is nothing to learn from";
  throw new Error(
    `The task "${task}" has no true reward, so ${nothing}. Teach it yourself ("heed teach" with no --teacher), or give ` +
      "its environment trueReward() and measures().",
  );
}

/** What the task measures in the environment's episode so far, by name; nothing where it measures nothing. */
export function measuresOf(environment: Environment): Readonly<Record<string, number>> {
  return measured(environment)?.measures() ?? {};
}

export class Truth implements StepRecorder {
  readonly #shape: Pick<PoolShape, "environments" | "capacity">;
  readonly #written: Int32Array;
  /** Sum over all steps in the pool's life, their number; sum over ended episodes, their number. */
  readonly #totals: Float64Array;
  readonly #rewards: Float32Array;
  readonly #returns: Float64Array;

  static bytes(shape: Pick<PoolShape, "environments" | "capacity">): number {
    return HEADER_BYTES + shape.environments * shape.capacity * 4;
  }

  /** @param buffer of `Truth.bytes(shape)`, zeroed, readable by the thread that asks */
  constructor(buffer: SharedArrayBuffer, shape: Pick<PoolShape, "environments" | "capacity">) {
    this.#shape = shape;
    this.#written = new Int32Array(buffer, 0, 1);
    this.#totals = new Float64Array(buffer, 8, 4);
    this.#rewards = new Float32Array(buffer, HEADER_BYTES, shape.environments * shape.capacity);
    this.#returns = new Float64Array(shape.environments);
  }

  record(index: number, environment: Environment, _rollout: Rollout, _row: number, outcome: Outcome): void {
    const { environments, capacity } = this.#shape;
    const reward = outcome === "diverged" ? 0 : (measured(environment)?.trueReward() ?? 0);
    this.#rewards[index * capacity + (this.#written[0] % capacity)] = reward;
    this.#returns[index] += reward;
    this.#totals[0] += reward;
    this.#totals[1] += 1;
    if (outcome !== "running") {
      if (outcome !== "diverged") {
        this.#totals[2] += this.#returns[index];
        this.#totals[3] += 1;
      }
      this.#returns[index] = 0;
    }
    if (index === environments - 1) this.#written[0] += 1;
  }

  /** True rewards of the steps in a window, oldest first. */
  rewards({ environment, start }: Window, length: number): Float32Array {
    const { capacity } = this.#shape;
    return Float32Array.from({ length }, (_, t) => this.#rewards[environment * capacity + ((start + t) % capacity)]);
  }

  /** Rewards the rollout that was just recorded truly. */
  fill(rollout: Rollout): void {
    const { capacity } = this.#shape;
    const first = this.#written[0] - rollout.steps;
    for (let row = 0; row < rollout.rows; row++) {
      const e = row % rollout.environments;
      const t = (row - e) / rollout.environments;
      rollout.rewards[row] = this.#rewards[e * capacity + ((first + t) % capacity)];
    }
  }

  /** Sum and number of true rewards, and of true returns of ended episodes, since this was last called. */
  take(): { rewards: number; steps: number; returns: number; episodes: number } {
    const [rewards, steps, returns, episodes] = this.#totals;
    this.#totals.fill(0);
    return { rewards, steps, returns, episodes };
  }
}
