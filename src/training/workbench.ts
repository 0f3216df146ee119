// One thread's share of the work: its environments, its networks, and what it does on command in step with the others.
import { actorCriticLayout, ActorCritic, initialiseActorCritic } from "../agent/actor-critic.ts";
import { gaussianEntropy } from "../agent/gaussian.ts";
import { Novelty } from "../agent/novelty.ts";
import { Ppo } from "../agent/ppo.ts";
import { ReturnScale } from "../agent/return-scale.ts";
import { Actor, Rollout, type StepRecorder } from "../agent/rollout.ts";
import type { Environment } from "../environment/environment.ts";
import { randomFor } from "../environment/random-for.ts";
import { Arena } from "../kernel/arena.ts";
import { instantiateKernel } from "../kernel/kernel.ts";
import { Team } from "../kernel/team.ts";
import { Normaliser } from "../network/normaliser.ts";
import type { Tensor } from "../network/safetensors.ts";
import { addFromAll } from "../network/share-normaliser.ts";
import { SharedOptimiser } from "../network/shared-optimiser.ts";
import { ensembleLayout, initialiseEnsemble, RewardEnsemble } from "../reward/ensemble.ts";
import { Evidence } from "../reward/evidence.ts";
import { RewardFit } from "../reward/fit.ts";
import { Evaluator } from "./evaluate.ts";
import { Film } from "./film.ts";
import type { StartingPolicy } from "./head-start.ts";
import type { Checkpoint, Evaluation } from "./journal.ts";
import type { Hyperparameters } from "./hyperparameters.ts";
import type { TrainingOptions } from "./options.ts";
import { arenaOf, type Shapes, type Shared } from "./shared.ts";
import {
  found,
  networkTensors,
  numberIn,
  optimiserTensors,
  restoreNetwork,
  restoreOptimiser,
  vector,
  type NamedNetwork,
} from "./snapshot.ts";
import { TrajectoryPool } from "./trajectory-pool.ts";
import { Truth } from "./truth.ts";

export interface WorkbenchSetup {
  readonly index: number;
  readonly options: TrainingOptions;
  readonly hyperparameters: Hyperparameters;
  readonly kernelModule: WebAssembly.Module;
  readonly environments: readonly Environment[];
  /** Simulated seconds in which the noise on actions forgets what it was. */
  readonly noiseSeconds: number;
  /** As `Task.shownSize`. */
  readonly shownSize: number | undefined;
  readonly shapes: Shapes;
  readonly shared: Shared;
  readonly checkpoint: Checkpoint | null;
  /** What the agent begins to act with where there is no checkpoint; null: an untrained policy. */
  readonly policy: StartingPolicy | null;
}

/** Longest stretch of an episode that is kept to be looked back at, in simulated seconds. */
const FILM_SECONDS = 8;

/** Counters that all threads keep alike. */
export interface Progress {
  /** Commands carried out: what random numbers depend on. */
  iteration: number;
  /** Environment steps taken. */
  steps: number;
  /** Of them, those that were taken only to have something to ask about, and not learned from. */
  untrainedSteps: number;
  /** Rollouts learned from. */
  updates: number;
  /** Episodes thrown away because the physics blew up. */
  diverged: number;
}

export class Workbench {
  readonly team: Team;
  readonly evidence: Evidence;
  readonly pool: TrajectoryPool;
  readonly agentOptimiser: SharedOptimiser;
  readonly rewardOptimiser: SharedOptimiser;
  readonly ensemble: RewardEnsemble;
  readonly fitting: RewardFit;
  readonly ppo: Ppo;
  readonly normaliser: Normaliser;
  readonly returnScale: ReturnScale;
  readonly progress: Progress = { iteration: 0, steps: 0, untrainedSteps: 0, updates: 0, diverged: 0 };
  /** What the first thread's last environment does, for people to look back at; null on the other threads. */
  readonly film: Film | null;
  /** Mean over the last rollout of what the members predict, before it is brought to scale. */
  prediction = 0;
  readonly #setup: WorkbenchSetup;
  readonly #agent: ActorCritic;
  readonly #actor: Actor;
  readonly #rollout: Rollout;
  readonly #predictions: readonly Float32Array[];
  readonly #recorders: readonly StepRecorder[];
  /** What the agent learns from where nobody judges it; else null. */
  readonly #truth: Truth | null;
  readonly #novelty: Novelty;
  readonly #evaluator: Evaluator;
  readonly #networks: readonly NamedNetwork[];
  readonly #rewardNetworks: readonly NamedNetwork[];
  readonly #sums = new Float64Array(2);

  constructor(setup: WorkbenchSetup) {
    const { index, options, hyperparameters: hyper, shapes, shared, environments } = setup;
    const { observationSize, actionSize } = shapes.pool;
    const team = new Team(shared.team, index, options.workers);
    const kernel = instantiateKernel(setup.kernelModule, shared.memory);
    const arena = (who: "all" | number) => {
      const { start, bytes } = arenaOf(who);
      return new Arena(kernel.buffer, start, bytes);
    };
    const common = arena("all");
    const own = arena(index);
    this.#setup = setup;
    this.team = team;

    const agentShape = { observationSize, actionSize, hidden: hyper.hidden };
    const agentLayout = actorCriticLayout(agentShape);
    this.#networks = [
      { name: "policy", shape: agentLayout.policy, start: 0 },
      { name: "value", shape: agentLayout.value, start: agentLayout.valueStart },
    ];
    const maxNorm = hyper.ppo.maxGradientNorm;
    this.agentOptimiser = new SharedOptimiser(
      kernel,
      common,
      team,
      agentLayout.length,
      [
        { start: 0, length: agentLayout.policyLength, maxNorm },
        { start: agentLayout.valueStart, length: agentLayout.valueLength, maxNorm },
      ],
      hyper.ppo.learningRate,
    );
    const batchRows = Math.ceil(hyper.ppo.batch / team.size) + 1;
    this.#agent = new ActorCritic(
      kernel,
      own,
      agentLayout,
      this.agentOptimiser.parameters,
      this.agentOptimiser.gradients,
      Math.max(batchRows, environments.length),
    );
    this.#actor = new Actor(environments, setup.noiseSeconds);
    this.#rollout = new Rollout(hyper.rolloutSteps, environments.length, observationSize, actionSize);
    this.ppo = new Ppo(this.#agent, this.agentOptimiser, team, this.#rollout.rows, hyper.ppo);
    const known = setup.checkpoint?.tensors ?? setup.policy;
    this.normaliser = known === null ? new Normaliser(observationSize) : Normaliser.fromTensors(known, "observations");
    this.returnScale = new ReturnScale(environments.length, hyper.ppo.discount);

    const { rewardHidden, members } = hyper;
    const ensembleShape = { observationSize, shownSize: setup.shownSize, actionSize, hidden: rewardHidden, members };
    const rewardLayout = ensembleLayout(ensembleShape);
    this.#rewardNetworks = Array.from({ length: hyper.members }, (_, m) => ({
      name: `reward.${m}`,
      shape: rewardLayout.member,
      start: m * rewardLayout.stride,
    }));
    this.rewardOptimiser = new SharedOptimiser(
      kernel,
      common,
      team,
      rewardLayout.length,
      Array.from({ length: hyper.members }, (_, m) => ({
        start: m * rewardLayout.stride,
        length: rewardLayout.memberLength,
        maxNorm: hyper.fit.maxGradientNorm,
      })),
      hyper.fit.learningRate,
    );
    this.ensemble = new RewardEnsemble(
      kernel,
      own,
      ensembleShape,
      this.rewardOptimiser.parameters,
      this.rewardOptimiser.gradients,
      RewardFit.maxRows(hyper.fit, shapes.evidence, team.size),
    );
    this.evidence = new Evidence(shared.evidence, shapes.evidence);
    this.fitting = new RewardFit(this.ensemble, this.rewardOptimiser, team, this.evidence, this.normaliser, hyper.fit);
    this.pool = new TrajectoryPool(shared.pools[index], shapes.pool);
    this.#predictions = Array.from({ length: hyper.members }, () => new Float32Array(this.#rollout.rows));
    const truth = options.teacher === "person" ? null : new Truth(shared.truths[index], shapes.pool);
    // The last environment is the only one whose first episode is not cut short.
    const filmed = { ...shapes, environment: environments.length - 1, poseSize: shapes.pool.poseSize };
    this.film = index === 0 ? new Film({ ...filmed, seconds: FILM_SECONDS }) : null;
    this.#recorders = [this.pool, truth, this.film].filter((recorder) => recorder !== null);
    this.#truth = options.teacher === "none" ? truth : null;
    this.#novelty = new Novelty(observationSize);
    this.#evaluator = new Evaluator(environments, this.#agent, this.normaliser, team);

    // Arrays that all share are there now, and zero, whoever came first.
    team.barrier();
    if (index === 0) {
      const { parameters } = this.agentOptimiser;
      initialiseActorCritic(agentLayout, parameters, randomFor(options.seed, "initialise", 0), hyper.actionDeviation);
      initialiseEnsemble(rewardLayout, this.rewardOptimiser.parameters, randomFor(options.seed, "initialise", 1));
    }
    if (setup.checkpoint !== null) this.#restore(setup.checkpoint);
    else if (setup.policy !== null && index === 0) this.#begin(setup.policy);
    team.barrier();
  }

  /** Steps that one rollout of the whole team takes. */
  get stepsPerRollout(): number {
    return this.#rollout.rows * this.team.size;
  }

  get policyEntropy(): number {
    return gaussianEntropy(this.#agent.logDeviations);
  }

  /** Acts with the policy as it is, and keeps what happened in the pool. */
  act(): void {
    const { index, options } = this.#setup;
    const rollout = this.#rollout;
    const { progress, team } = this;
    progress.iteration += 1;
    const random = randomFor(options.seed, "act", progress.iteration, index);
    this.#actor.collect(rollout, this.#agent, this.normaliser, random, this.#recorders);
    if (this.#truth === null) {
      this.ensemble.predict(rollout.normalised, rollout.taken, rollout.rows, this.#predictions);
      this.pool.predict(rollout, this.#predictions);
    }
    const sums = this.#sums;
    sums[0] = rollout.diverged;
    sums[1] = 0;
    for (const of of this.#predictions) for (let i = 0; i < rollout.rows; i++) sums[1] += of[i];
    team.sum(sums);
    progress.diverged += sums[0];
    progress.steps += this.stepsPerRollout;
    this.prediction = sums[1] / (this.stepsPerRollout * this.#predictions.length);
  }

  /** Takes the last rollout into the picture of what observations look like. */
  renewNormaliser(): void {
    addFromAll(this.normaliser, this.team, this.#rollout.observations, this.#rollout.rows);
  }

  /** Improves the agent at being where it has seldom been, on the last rollout. Needs nobody's judgement. */
  explore(learningRate: number): void {
    const { index, options } = this.#setup;
    const random = randomFor(options.seed, "explore", this.progress.iteration, index);
    this.#novelty.reward(this.#rollout, this.normaliser, random);
    this.returnScale.add(this.#rollout, this.team);
    this.ppo.update(this.#rollout, this.returnScale.scale, learningRate, random);
  }

  /** Improves the agent on the last rollout, rewarded by the ensemble as it is now, or truly where nobody judges. */
  improve(learningRate: number): void {
    const { index, options } = this.#setup;
    const rollout = this.#rollout;
    if (this.#truth === null) {
      this.ensemble.renewScale(this.#predictions, rollout.rows, this.team);
      this.ensemble.combine(this.#predictions, rollout.rows, rollout.rewards);
    } else {
      this.#truth.fill(rollout);
    }
    this.returnScale.add(rollout, this.team);
    const random = randomFor(options.seed, "learn", this.progress.iteration, index);
    this.ppo.update(rollout, this.returnScale.scale, learningRate, random);
    this.progress.updates += 1;
  }

  /** Fits the ensemble to the evidence. */
  fit(steps: number): void {
    this.progress.iteration += 1;
    this.fitting.run(steps, randomFor(this.#setup.options.seed, "fit", this.progress.iteration));
  }

  /** Runs whole episodes with the mean action. Every member of the team gets the same result. */
  evaluate(episodes: number): Evaluation {
    return this.#evaluator.run(episodes, this.#setup.options.seed);
  }

  /** The whole training state. Only the first thread knows all of it. */
  capture(labels: number): Checkpoint {
    const { fitting, ensemble, progress, agentOptimiser, rewardOptimiser } = this;
    const tensors = new Map<string, Tensor>([
      ...this.#networks.flatMap((network) => [...networkTensors(agentOptimiser.parameters, network)]),
      ["policy.logDeviations", vector(this.#agent.logDeviations.slice())],
      ...this.#rewardNetworks.flatMap((network) => [...networkTensors(rewardOptimiser.parameters, network)]),
      ...optimiserTensors(agentOptimiser, "optimiser.agent"),
      ...optimiserTensors(rewardOptimiser, "optimiser.reward"),
      ...this.normaliser.toTensors("observations"),
      ["reward.scale", vector(ensemble.scaleState())],
      ["reward.fit", vector(fitting.state())],
    ]);
    const state = { ...progress, returnVariance: this.returnScale.variance };
    return { steps: progress.steps, labels, tensors, state };
  }

  /** Puts a policy in the place of the untrained one. */
  #begin(policy: StartingPolicy): void {
    for (const network of this.#networks) {
      if (network.name === "policy") restoreNetwork(policy, this.agentOptimiser.parameters, network);
    }
    const { logDeviations } = this.#agent;
    logDeviations.set(found(policy, "policy.logDeviations", logDeviations.length));
  }

  /** Every thread restores its own copies; what all share, the first one. */
  #restore({ tensors, state }: Checkpoint): void {
    for (const name of Object.keys(this.progress) as (keyof Progress)[]) this.progress[name] = numberIn(state, name);
    this.returnScale.variance = numberIn(state, "returnVariance");
    const members = this.#rewardNetworks.length;
    this.ensemble.restoreScale(found(tensors, "reward.scale", 1 + 2 * members));
    this.fitting.restore(found(tensors, "reward.fit", 4 * members));
    if (this.team.index > 0) return;
    for (const network of this.#networks) restoreNetwork(tensors, this.agentOptimiser.parameters, network);
    for (const network of this.#rewardNetworks) restoreNetwork(tensors, this.rewardOptimiser.parameters, network);
    const { logDeviations } = this.#agent;
    logDeviations.set(found(tensors, "policy.logDeviations", logDeviations.length));
    restoreOptimiser(tensors, this.agentOptimiser, "optimiser.agent");
    restoreOptimiser(tensors, this.rewardOptimiser, "optimiser.reward");
  }
}
