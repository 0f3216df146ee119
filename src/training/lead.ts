// What only the first thread does: it decides what comes next, asks, takes answers in, and says what happened.
import { Asking } from "./asking.ts";
import type { CommandBlock } from "./commands.ts";
import type { Journal, Phase } from "./journal.ts";
import type { FromThread, Startup, ToThread, WorkerPort } from "./messages.ts";
import { Questions } from "./questions.ts";
import { Reporter } from "./reporter.ts";
import { fitStepsPerRollout, initialLabels, momentsDue, stepsAllowed, untrainedSteps } from "./schedule.ts";
import type { Shapes, Shared } from "./shared.ts";
import { TrajectoryPool } from "./trajectory-pool.ts";
import { Truth } from "./truth.ts";
import type { Workbench } from "./workbench.ts";

const CHECKPOINT_MILLISECONDS = 60_000;
/** Clips of what the agent does now are this many segments long. */
const ACTED_SEGMENTS = 3;
/** Rollouts between two lines of metrics: about a second on two cores. */
const ROLLOUTS_PER_LINE = 2;

export class Lead {
  readonly #startup: Startup;
  readonly #port: WorkerPort;
  readonly #bench: Workbench;
  readonly #commands: CommandBlock;
  readonly #shapes: Shapes;
  readonly #questions: Questions;
  readonly #truths: readonly Truth[];
  readonly #reporter: Reporter;
  readonly #inbox: ToThread[];
  readonly #arrival: () => Promise<void>;
  readonly #asking: Asking;
  /** Gradient steps of the reward model after a rollout. */
  readonly #fitSteps: number;
  /** Moments of the run that have been remembered. */
  #moments: number;
  #stopping = false;
  #saved = performance.now();
  #said = "";

  constructor(
    startup: Startup,
    port: WorkerPort,
    bench: Workbench,
    commands: CommandBlock,
    shapes: Shapes,
    shared: Shared,
    inbox: ToThread[],
    arrival: () => Promise<void>,
  ) {
    const { start } = startup;
    this.#startup = startup;
    this.#port = port;
    this.#bench = bench;
    this.#commands = commands;
    this.#shapes = shapes;
    this.#inbox = inbox;
    this.#arrival = arrival;
    const pools = shared.pools.map((buffer) => new TrajectoryPool(buffer, shapes.pool));
    const { shownSize } = bench.ensemble.shape;
    this.#questions = new Questions(pools, shapes, start.lastSegment, start.lastQuery, shownSize);
    this.#truths = shared.truths.map((buffer) => new Truth(buffer, shapes.pool));
    this.#reporter = new Reporter(bench, shapes.evidence.steps);
    const tell = <Method extends keyof Journal>(method: Method, ...argument: Parameters<Journal[Method]>): void =>
      this.#tell(method, ...argument);
    this.#asking = new Asking(startup, bench, shapes, this.#questions, this.#truths, this.#reporter, tell);
    this.#fitSteps = fitStepsPerRollout(start.options, startup.hyperparameters);
    this.#moments = bench.progress.updates === 0 ? 0 : momentsDue(bench.progress.steps, start.options);
  }

  /** Runs until the run is finished or stopped. */
  async run(): Promise<void> {
    const { evaluate } = this.#startup;
    const outcome = evaluate === null ? await this.#train() : "finished";
    if (outcome === "finished") this.#evaluate(evaluate ?? this.#startup.hyperparameters.evaluationEpisodes);
    this.#commands.order("quit");
    if (evaluate === null) this.#say(outcome, null);
    this.#port.post({ kind: "done", outcome });
  }

  async #train(): Promise<"finished" | "stopped"> {
    const { progress } = this.#bench;
    const { options } = this.#startup.start;
    this.#say("starting", null);
    let rollouts = 0;
    while (progress.steps < options.steps) {
      await this.#takeMessages();
      if (this.#stopping) break;
      const acted = await this.#advance();
      if (!acted) continue;
      rollouts += 1;
      this.#remember();
      if (rollouts % ROLLOUTS_PER_LINE === 0) this.#report();
      if (performance.now() - this.#saved > CHECKPOINT_MILLISECONDS) this.#save();
    }
    await this.#takeMessages();
    if (!this.#stopping && options.teacher === "simulated") this.#askTheRest();
    this.#report();
    this.#save();
    if (this.#stopping) return "stopped";
    this.#asking.withdrawAll();
    return "finished";
  }

  /** Does whatever is next. True if the agent took steps. */
  async #advance(): Promise<boolean> {
    const { progress } = this.#bench;
    const { start, hyperparameters: hyper } = this.#startup;
    const { options } = start;
    const initial = initialLabels(options, hyper);
    if (progress.updates === 0 && options.teacher !== "none") {
      this.#say("asking", this.#waitingForFirst(initial));
      const before = untrainedSteps(Math.max(this.#poolSteps(), hyper.explorationSteps), options, hyper);
      if (progress.steps < Math.max(1, before)) {
        this.#act(hyper.explorationSteps > 0 && start.policy === undefined ? "explore" : "act");
        if (options.teacher === "person" && options.from === undefined) this.#asking.ask();
        return true;
      }
      if (options.from !== undefined && this.#asking.news) {
        // What the run was given at the start comes before the first question.
        this.#commands.order("fit", hyper.firstFitSteps);
        this.#asking.news = false;
      }
      this.#asking.ask();
      if (this.#asking.labels + this.#asking.open === 0) throw new Error(this.#nothingToAsk());
      if (this.#asking.labels < initial) {
        await this.#arrival();
        return false;
      }
      this.#commands.order("fit", hyper.firstFitSteps);
      this.#asking.news = false;
    }
    this.#asking.ask();
    if (progress.steps - progress.untrainedSteps >= stepsAllowed(this.#asking.labels, options, hyper)) {
      // After a restart there is nothing to ask about until the agent has acted again.
      if (this.#asking.open === 0) {
        this.#act("act");
        return true;
      }
      this.#say("waiting", this.#waitingForMore());
      if (this.#asking.news) this.#commands.order("fit", this.#fitSteps);
      else await this.#arrival();
      this.#asking.news = false;
      return false;
    }
    this.#say("learning", null);
    const left = 1 - progress.steps / options.steps;
    const rate = hyper.ppo.learningRate * (hyper.finalLearningRate + (1 - hyper.finalLearningRate) * left);
    this.#commands.order("learn", options.teacher === "none" ? 0 : this.#fitSteps, rate);
    this.#asking.news = false;
    return true;
  }

  /** Acts without learning from anybody. */
  #act(command: "act" | "explore"): void {
    this.#commands.order(command, 0, this.#startup.hyperparameters.ppo.learningRate);
    this.#bench.progress.untrainedSteps += this.#bench.stepsPerRollout;
  }

  #nothingToAsk(): string {
    const { steps } = this.#shapes.evidence;
    return (
      `There is nothing to ask about: a clip takes ${steps} steps, and no episode of the untrained agent lasted so long. ` +
      `Let episodes go on longer, or make a step of the environment longer (stepSeconds).`
    );
  }

  /** In a short run the last labels come due within the last rollout. */
  #askTheRest(): void {
    this.#asking.ask();
    if (this.#asking.news) this.#commands.order("fit", this.#fitSteps);
    this.#asking.news = false;
  }

  /** Steps after which the pools are full of the untrained agent's clips. */
  #poolSteps(): number {
    const { capacity, environments } = this.#shapes.pool;
    return capacity * environments * this.#bench.team.size;
  }

  async #takeMessages(): Promise<void> {
    // Messages are delivered between tasks, so there has to be a gap between two.
    await new Promise((resolve) => setTimeout(resolve, 0));
    for (const message of this.#inbox.splice(0)) {
      if (message.kind === "stop") this.#stopping = true;
      if (message.kind === "judge") this.#asking.judge(message.judgement);
      if (message.kind === "take-back") this.#asking.takeBack(message.judgement);
      if (message.kind === "volunteer") this.#asking.volunteer(message.question, message.judgement);
      if (message.kind === "request") this.#asking.request(message.feedback, message.count);
      if (message.kind === "weigh") this.#asking.weigh(message.weights);
    }
  }

  #report(): void {
    this.#reporter.observe(this.#truths);
    this.#tell("measured", this.#reporter.line(this.#asking.labels));
    const clip = this.#questions.latest(ACTED_SEGMENTS * this.#shapes.evidence.steps);
    if (clip !== null) this.#tell("acted", clip);
  }

  /** Keeps how the agent does now, if that is due. The rollout before its first update was still the untrained agent's. */
  #remember(): void {
    const { progress, film } = this.#bench;
    const due = momentsDue(progress.steps, this.#startup.start.options);
    if (progress.updates === 0 || due <= this.#moments) return;
    const take = film?.latest() ?? null;
    if (take === null) return;
    const untrained = this.#moments === 0;
    this.#moments = untrained ? 1 : due;
    const when = untrained ? { steps: 0, labels: 0 } : { steps: progress.steps, labels: this.#asking.labels };
    this.#tell("remembered", { ...when, ...take });
  }

  #save(): void {
    this.#tell("saved", this.#bench.capture(this.#asking.labels));
    this.#saved = performance.now();
  }

  #evaluate(episodes: number): void {
    this.#say("evaluating", null);
    this.#commands.order("evaluate", episodes);
    const { evaluation } = this.#commands;
    if (evaluation !== null) this.#tell("evaluated", evaluation);
  }

  #waitingForFirst(initial: number): string | null {
    const missing = initial - this.#asking.labels;
    if (this.#startup.start.options.teacher === "simulated" || missing <= 0) return null;
    return `The agent starts to learn after ${count(missing, "more answer")}.`;
  }

  #waitingForMore(): string {
    const { stepsPerLabel } = this.#startup.start.options;
    return (
      `The agent has taken the ${stepsPerLabel.toLocaleString("en")} steps that it may take per answer. ` +
      `It goes on with your next one.`
    );
  }

  /** Says what the run is doing, if that is news. */
  #say(phase: Phase, waitingFor: string | null): void {
    const said = `${phase} ${waitingFor} ${this.#asking.labels}`;
    if (said === this.#said) return;
    this.#said = said;
    this.#tell("changed", { phase, steps: this.#bench.progress.steps, labels: this.#asking.labels, waitingFor });
  }

  #tell<Method extends keyof Journal>(method: Method, ...argument: Parameters<Journal[Method]>): void {
    // The pair of method and arguments fits by the signature above, which a union of calls cannot express.
    this.#port.post({ kind: "journal", method, argument } as FromThread);
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
