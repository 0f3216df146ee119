// What only the first thread does: it decides what comes next, asks, takes answers in, and says what happened.
import { randomFor } from "../environment/random-for.ts";
import type { Answer, Choice, Judgement } from "../feedback/judgement.ts";
import type { Segment } from "../feedback/segment.ts";
import { SimulatedTeacher } from "../feedback/simulated-teacher.ts";
import type { CommandBlock } from "./commands.ts";
import type { Journal, Phase } from "./journal.ts";
import type { FromThread, Startup, ToThread, WorkerPort } from "./messages.ts";
import { Questions, type CutQuestion } from "./questions.ts";
import { Reporter } from "./reporter.ts";
import { initialLabels, labelsDue, labelsNeeded, momentsDue, stepsAllowed, untrainedSteps } from "./schedule.ts";
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
  readonly #teacher: SimulatedTeacher;
  readonly #reporter: Reporter;
  readonly #inbox: ToThread[];
  readonly #arrival: () => Promise<void>;
  /** Queries that wait for a person's answer. */
  readonly #open = new Set<number>();
  #labels = 0;
  /** Moments of the run that have been remembered. */
  #moments: number;
  /** Whether there are judgements that the reward model has not been fitted to. */
  #news = false;
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
    this.#questions = new Questions(pools, shapes, start.lastSegment, start.lastQuery);
    this.#truths = shared.truths.map((buffer) => new Truth(buffer, shapes.pool));
    this.#teacher = new SimulatedTeacher(start.options);
    this.#reporter = new Reporter(bench, shapes.evidence.steps);
    for (const { query, segments, judgement } of start.judged) {
      this.#addEvidence(query.id, segments);
      bench.evidence.judge(query.id, choiceOf(judgement.answer));
      this.#labels += 1;
    }
    for (const { query, segments } of start.open) {
      if (start.options.teacher !== "person") {
        // Only what was cut off between question and answer is open here, and its true rewards are gone.
        this.#tell("withdrawn", query.id);
        continue;
      }
      this.#addEvidence(query.id, segments);
      this.#open.add(query.id);
    }
    this.#news = this.#labels > 0;
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
    for (const query of this.#open) this.#tell("withdrawn", query);
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
      if (progress.steps < Math.max(1, untrainedSteps(this.#poolSteps(), options, hyper))) {
        this.#act();
        if (options.teacher === "person") this.#ask();
        return true;
      }
      this.#ask();
      if (this.#labels + this.#open.size === 0) throw new Error(this.#nothingToAsk());
      if (this.#labels < initial) {
        await this.#arrival();
        return false;
      }
      this.#commands.order("fit", hyper.firstFitSteps);
      this.#news = false;
    }
    this.#ask();
    if (progress.steps - progress.untrainedSteps >= stepsAllowed(this.#labels, options, hyper)) {
      // After a restart there is nothing to ask about until the agent has acted again.
      if (this.#open.size === 0) {
        this.#act();
        return true;
      }
      this.#say("waiting", this.#waitingForMore());
      if (this.#news) this.#commands.order("fit", hyper.fitSteps);
      else await this.#arrival();
      this.#news = false;
      return false;
    }
    this.#say("learning", null);
    const left = 1 - progress.steps / options.steps;
    const rate = hyper.ppo.learningRate * (hyper.finalLearningRate + (1 - hyper.finalLearningRate) * left);
    this.#commands.order("learn", options.teacher === "none" ? 0 : hyper.fitSteps, rate);
    this.#news = false;
    return true;
  }

  /** Acts without learning. */
  #act(): void {
    this.#commands.order("act");
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
    this.#ask();
    if (this.#news) this.#commands.order("fit", this.#startup.hyperparameters.fitSteps);
    this.#news = false;
  }

  /** Steps after which the pools are full of the untrained agent's clips. */
  #poolSteps(): number {
    const { capacity, environments } = this.#shapes.pool;
    return capacity * environments * this.#bench.team.size;
  }

  /** Asks as much as is due, and lets a simulated teacher answer. */
  #ask(): void {
    const { start, hyperparameters: hyper } = this.#startup;
    const { options } = start;
    const { progress } = this.#bench;
    const untrained = progress.updates === 0;
    const learned = progress.steps - progress.untrainedSteps;
    const asked = this.#labels + this.#open.size;
    const due =
      options.teacher === "person"
        ? Math.min(options.labels, this.#labels + hyper.openQueries)
        : // A teacher who needs nobody never keeps the agent waiting.
          Math.min(
            options.labels,
            Math.max(
              labelsDue(learned, options.steps - progress.untrainedSteps, options, hyper),
              labelsNeeded(learned, options, hyper),
            ),
          );
    if (due <= asked) return;
    const questions = this.#questions.ask(
      due - asked,
      untrained ? "initial" : options.selection,
      hyper.candidates,
      progress.steps,
      progress.updates,
      randomFor(options.seed, "ask", progress.iteration, asked),
    );
    for (const question of questions) {
      const { query, segments } = question;
      this.#addEvidence(query.id, segments);
      this.#tell("asked", { query, segments });
      if (options.teacher === "person") this.#open.add(query.id);
      else this.#answer(question);
    }
    if (!untrained) this.#reporter.disagreement = this.#questions.meanDisagreement(questions);
  }

  /** Has the simulated teacher judge a question by what truly happened in its clips. */
  #answer({ query, places }: CutQuestion): void {
    const { steps } = this.#shapes.evidence;
    const { seed } = this.#startup.start.options;
    const [left, right] = places.map((place) => this.#truths[place.thread].rewards(place, steps));
    this.#reporter.observe(this.#truths);
    const average = this.#reporter.averageReward * steps;
    const choice = this.#teacher.compare(left, right, average, randomFor(seed, "teach", query.id));
    const answer: Answer = { kind: "comparison", choice };
    this.#count(query.id, answer);
    const id = `simulated-${query.id}`;
    this.#tell("judged", { id, query: query.id, answer, annotator: "simulated", decisionMilliseconds: null });
  }

  #count(query: number, answer: Answer): void {
    const { start, hyperparameters } = this.#startup;
    const { offlineAfter } = hyperparameters;
    if (offlineAfter === null || this.#labels < offlineAfter * start.options.labels) {
      this.#bench.evidence.judge(query, choiceOf(answer));
    }
    this.#open.delete(query);
    this.#labels += 1;
    this.#news = true;
  }

  async #takeMessages(): Promise<void> {
    // Messages are delivered between tasks, so there has to be a gap between two.
    await new Promise((resolve) => setTimeout(resolve, 0));
    for (const message of this.#inbox.splice(0)) {
      if (message.kind === "stop") this.#stopping = true;
      if (message.kind === "judge") this.#judge(message.judgement);
      if (message.kind === "take-back") this.#takeBack(message.judgement);
    }
  }

  #judge({ query, answer }: Judgement): void {
    if (this.#bench.evidence.isOpen(query)) this.#count(query, answer);
  }

  #takeBack({ query }: Judgement): void {
    this.#bench.evidence.takeBack(query);
    this.#open.add(query);
    this.#labels -= 1;
  }

  #addEvidence(query: number, [left, right]: readonly Segment[]): void {
    this.#bench.evidence.add(query, left, right, this.#bootstrap(query));
  }

  #bootstrap(query: number): ReturnType<typeof randomFor> {
    return randomFor(this.#startup.start.options.seed, "bootstrap", query);
  }

  #report(): void {
    this.#reporter.observe(this.#truths);
    this.#tell("measured", this.#reporter.line(this.#labels));
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
    const when = untrained ? { steps: 0, labels: 0 } : { steps: progress.steps, labels: this.#labels };
    this.#tell("remembered", { ...when, ...take });
  }

  #save(): void {
    this.#tell("saved", this.#bench.capture(this.#labels));
    this.#saved = performance.now();
  }

  #evaluate(episodes: number): void {
    this.#say("evaluating", null);
    this.#commands.order("evaluate", episodes);
    const { evaluation } = this.#commands;
    if (evaluation !== null) this.#tell("evaluated", evaluation);
  }

  #waitingForFirst(initial: number): string | null {
    const missing = initial - this.#labels;
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
    const said = `${phase} ${waitingFor} ${this.#labels}`;
    if (said === this.#said) return;
    this.#said = said;
    this.#tell("changed", { phase, steps: this.#bench.progress.steps, labels: this.#labels, waitingFor });
  }

  #tell<Method extends keyof Journal>(method: Method, ...argument: Parameters<Journal[Method]>): void {
    // The pair of method and arguments fits by the signature above, which a union of calls cannot express.
    this.#port.post({ kind: "journal", method, argument } as FromThread);
  }
}

function choiceOf(answer: Answer): Choice {
  return answer.kind === "comparison" ? answer.choice : "cannot-tell";
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
