// How good the agent is by the true reward, which nothing else on this side of the house may see.
import type { ActorCritic } from "../agent/actor-critic.ts";
import type { Environment } from "../environment/environment.ts";
import { measured } from "../environment/measuring.ts";
import { randomFor } from "../environment/random-for.ts";
import type { Team } from "../kernel/team.ts";
import type { Normaliser } from "../network/normaliser.ts";
import type { Evaluation } from "./journal.ts";

export class Evaluator {
  readonly #environments: readonly Environment[];
  readonly #agent: ActorCritic;
  readonly #normaliser: Normaliser;
  readonly #team: Team;

  constructor(environments: readonly Environment[], agent: ActorCritic, normaliser: Normaliser, team: Team) {
    this.#environments = environments;
    this.#agent = agent;
    this.#normaliser = normaliser;
    this.#team = team;
  }

  /**
   * Runs `episodes` whole episodes with the mean action, shared out over the team, and averages what is measured. An
   * episode in which the physics blows up counts as run but not in the means. Environments are left mid-episode.
   */
  run(episodes: number, seed: number): Evaluation {
    const names = Object.keys(measured(this.#environments[0])?.measures() ?? {}).sort();
    // Sound episodes, summed return, summed measures.
    const sums = new Float64Array(2 + names.length);
    const own: number[] = [];
    for (let episode = this.#team.index; episode < episodes; episode += this.#team.size) own.push(episode);
    for (let from = 0; from < own.length; from += this.#environments.length) {
      this.#runTogether(own.slice(from, from + this.#environments.length), seed, names, sums);
    }
    this.#team.sum(sums);
    const sound = sums[0];
    const known = sound > 0 && measured(this.#environments[0]) !== undefined;
    return {
      episodes,
      trueReturn: known ? sums[1] / sound : null,
      measures: known ? Object.fromEntries(names.map((name, i) => [name, sums[2 + i] / sound])) : {},
    };
  }

  /** One episode in each of the first environments, in step. */
  #runTogether(episodes: readonly number[], seed: number, names: readonly string[], sums: Float64Array): void {
    const { policy } = this.#agent;
    const [{ observationSpace, actionSpace }] = this.#environments;
    const size = observationSpace.size;
    const current = new Float32Array(episodes.length * size);
    const observations = episodes.map((_, e) => current.subarray(e * size, (e + 1) * size));
    const action = new Float32Array(actionSpace.size);
    const returns = new Float64Array(episodes.length);
    const running = new Set(episodes.keys());
    for (const e of running) {
      this.#environments[e].reset(randomFor(seed, "evaluate", episodes[e]).integer(2 ** 31), observations[e]);
    }
    while (running.size > 0) {
      this.#normaliser.normalise(current, policy.input, episodes.length);
      policy.forward(episodes.length);
      for (const e of running) {
        for (let j = 0; j < action.length; j++) {
          const mean = policy.output[e * action.length + j];
          action[j] = Math.min(actionSpace.high[j], Math.max(actionSpace.low[j], mean));
        }
        const outcome = this.#environments[e].step(action, observations[e]);
        const truth = measured(this.#environments[e]);
        if (outcome !== "diverged") returns[e] += truth?.trueReward() ?? 0;
        if (outcome === "running") continue;
        running.delete(e);
        if (outcome === "diverged") {
          // What a blown-up world says must not reach the networks, finished or not.
          observations[e].fill(0);
          continue;
        }
        const measures = truth?.measures() ?? {};
        sums[0] += 1;
        sums[1] += returns[e];
        for (let i = 0; i < names.length; i++) sums[2 + i] += measures[names[i]];
      }
    }
  }
}
