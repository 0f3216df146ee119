// What is asked and what comes of it: queries that wait for an answer, judgements on their way to the reward model.
import { randomFor } from "../environment/random-for.ts";
import {
  ASKABLE,
  isVolunteered,
  type Answer,
  type AskableKind,
  type Judgement,
  type Kind,
  type Question,
} from "../feedback/judgement.ts";
import { encodeAnswer } from "../feedback/kinds.ts";
import { ANSWER_NUMBERS } from "../feedback/likelihood.ts";
import type { Segment } from "../feedback/segment.ts";
import { SimulatedTeacher } from "../feedback/simulated-teacher.ts";
import type { Hyperparameters } from "./hyperparameters.ts";
import type { Journal } from "./journal.ts";
import type { Startup } from "./messages.ts";
import { feedbackKinds, type TrainingOptions } from "./options.ts";
import { Questions, type Ask, type CutQuestion } from "./questions.ts";
import type { Reporter } from "./reporter.ts";
import { labelsDue, labelsNeeded } from "./schedule.ts";
import type { Shapes } from "./shared.ts";
import type { Truth } from "./truth.ts";
import type { Workbench } from "./workbench.ts";

/** Queries of one kind that people may have asked for and not answered yet. */
const MOST_OPEN = 20;

export type Tell = <Method extends keyof Journal>(method: Method, ...argument: Parameters<Journal[Method]>) => void;

export class Asking {
  /** Judgements that count, but for those that were volunteered. */
  labels = 0;
  /** Whether there are judgements that the reward model has not been fitted to. */
  news = false;
  readonly #options: TrainingOptions;
  readonly #hyper: Hyperparameters;
  readonly #bench: Workbench;
  readonly #shapes: Shapes;
  readonly #questions: Questions;
  readonly #truths: readonly Truth[];
  readonly #reporter: Reporter;
  readonly #tell: Tell;
  readonly #teacher: SimulatedTeacher;
  readonly #kinds: readonly AskableKind[];
  /** Queries that wait for a person's answer; without segments where the evidence has them, from an answer taken back. */
  readonly #open = new Map<number, { readonly kind: Kind; readonly segments: readonly Segment[] }>();
  /** How many judgements of a query the evidence has. */
  readonly #standing = new Map<number, number>();
  /** Who gave each judgement that the evidence has, and what judgements of theirs count. */
  readonly #annotators = new Map<string, string>();
  readonly #weights = new Map<string, number>();
  /** What people asked for and the agent had done too little for. */
  readonly #requested = new Map<AskableKind, number>();
  readonly #numbers = new Float32Array(ANSWER_NUMBERS);

  constructor(
    { start, hyperparameters }: Startup,
    bench: Workbench,
    shapes: Shapes,
    questions: Questions,
    truths: readonly Truth[],
    reporter: Reporter,
    tell: Tell,
  ) {
    this.#options = start.options;
    this.#hyper = hyperparameters;
    this.#bench = bench;
    this.#shapes = shapes;
    this.#questions = questions;
    this.#truths = truths;
    this.#reporter = reporter;
    this.#tell = tell;
    this.#teacher = new SimulatedTeacher(start.options, shapes.stepSeconds);
    this.#kinds = feedbackKinds(start.options);
    for (const { judgement, ...question } of start.judged) {
      this.#enter(question, judgement);
      if (!isVolunteered(judgement.query)) this.labels += 1;
    }
    if (start.options.selection === "k-center") {
      const asked = [...start.judged, ...start.open].filter(({ query }) => !isVolunteered(query.id));
      questions.remember(asked.flatMap(({ segments }) => segments));
    }
    for (const { query, segments } of start.open) {
      // Where nobody waits, only what was cut off between question and answer is open, and its true rewards are gone.
      if (start.options.teacher === "person") this.#open.set(query.id, { kind: query.kind, segments });
      else tell("withdrawn", query.id);
    }
    this.news = start.judged.length > 0;
  }

  /** Queries that wait for a person's answer. */
  get open(): number {
    return this.#open.size;
  }

  /** Asks as much as is due, and what people asked for, and lets a simulated teacher answer. */
  ask(): void {
    this.#askRequested();
    const asked = this.labels + this.#open.size;
    const count = this.#due() - asked;
    if (count <= 0) return;
    const { iteration } = this.#bench.progress;
    const { seed } = this.#options;
    const kinds = this.#kinds;
    const questions = kinds.flatMap((kind, index) => {
      // Kinds take turns: the query that comes after so many others is of the kind whose turn it is.
      const turn = (index - asked) % kinds.length;
      const first = turn < 0 ? turn + kinds.length : turn;
      const own = Math.ceil((count - first) / kinds.length);
      if (own <= 0) return [];
      const random =
        kinds.length === 1 ? randomFor(seed, "ask", iteration, asked) : randomFor(seed, "ask", iteration, asked, index);
      return this.#questions.ask(kind, own, { ...this.#request(), random });
    });
    this.#put(questions);
  }

  /** No query is worth answering any more. */
  withdrawAll(): void {
    for (const query of this.#open.keys()) this.#tell("withdrawn", query);
  }

  /** A person's answer. */
  judge(judgement: Judgement): void {
    const { query } = judgement;
    const open = this.#open.get(query);
    if (this.#bench.evidence.has(judgement.id)) return;
    // A query that was answered may be answered by a second person too.
    if (open === undefined && !this.#standing.has(query)) return;
    this.#count(query, open?.segments ?? [], judgement);
  }

  takeBack({ id, query, answer }: Judgement): void {
    this.#bench.evidence.takeBack(id);
    this.#annotators.delete(id);
    const left = (this.#standing.get(query) ?? 1) - 1;
    this.#standing.set(query, left);
    if (isVolunteered(query)) return;
    if (left <= 0) this.#open.set(query, { kind: answer.kind, segments: [] });
    this.labels -= 1;
  }

  /** Evidence that a person brought. It is left out where there is no more room for it. */
  volunteer(question: Question, judgement: Judgement): void {
    const { segments } = question;
    const { evidence } = this.#bench;
    const fits = segments.every(({ length }) => length === evidence.shape.steps);
    if (!fits || evidence.has(judgement.id) || !evidence.hasRoom(segments.length)) return;
    this.#enter(question, judgement);
    this.news = true;
  }

  /** A person wants to be asked for this. */
  request(kind: AskableKind, count: number): void {
    this.#requested.set(kind, Math.max(count, this.#requested.get(kind) ?? 0));
  }

  /** What judgements of these annotators count for from now on, those given before too. */
  weigh(weights: Readonly<Record<string, number>>): void {
    for (const [annotator, weight] of Object.entries(weights)) this.#weights.set(annotator, weight);
    for (const [judgement, annotator] of this.#annotators) {
      const weight = this.#weights.get(annotator);
      if (weight !== undefined) this.#bench.evidence.setWeight(judgement, weight);
    }
  }

  #due(): number {
    const { progress } = this.#bench;
    const { labels, teacher, steps } = this.#options;
    const learned = progress.steps - progress.untrainedSteps;
    if (teacher === "person") return Math.min(labels, this.labels + this.#hyper.openQueries);
    // A teacher who needs nobody never keeps the agent waiting.
    const all = steps - progress.untrainedSteps;
    const due = labelsDue(learned, all, this.#options, this.#hyper);
    return Math.min(labels, Math.max(due, labelsNeeded(learned, this.#options, this.#hyper)));
  }

  #askRequested(): void {
    for (const [kind, count] of this.#requested) {
      const open = [...this.#open.values()].filter((query) => query.kind === kind).length;
      const random = randomFor(
        this.#options.seed,
        "ask",
        this.#bench.progress.iteration,
        this.labels + this.#open.size,
        this.#kinds.length + ASKABLE.indexOf(kind),
      );
      const questions = this.#questions.ask(kind, Math.min(count, MOST_OPEN - open), { ...this.#request(), random });
      this.#put(questions.filter(({ segments }) => this.#bench.evidence.hasRoom(segments.length)));
      // Before the agent has acted there is nothing to cut clips from.
      if (this.#bench.progress.steps > 0) this.#requested.delete(kind);
    }
  }

  #request(): Omit<Ask, "random"> {
    const { progress, fitting } = this.#bench;
    const untrained = progress.updates === 0;
    return {
      selection: this.#options.selection,
      candidates: this.#hyper.candidates,
      atStep: progress.steps,
      policyVersion: progress.updates,
      reference: untrained ? null : fitting.referencePrediction(),
    };
  }

  /** Says what is asked, and lets a simulated teacher answer it. */
  #put(questions: readonly CutQuestion[]): void {
    for (const { query, segments, places } of questions) {
      this.#tell("asked", { query, segments });
      if (this.#options.teacher === "person") this.#open.set(query.id, { kind: query.kind, segments });
      else this.#answer({ query, segments, places });
    }
    if (this.#bench.progress.updates > 0) this.#reporter.disagreement = this.#questions.meanDisagreement(questions);
  }

  /** Has the simulated teacher judge a question by what truly happened in its clips. */
  #answer({ query, segments, places }: CutQuestion): void {
    const { steps } = this.#shapes.evidence;
    const rewards = places.map((place) => this.#truths[place.thread].rewards(place, steps));
    this.#reporter.observe(this.#truths);
    const average = this.#reporter.averageReward * steps;
    const random = randomFor(this.#options.seed, "teach", query.id);
    // Nobody asks for what cannot be asked for.
    const answer = this.#teacher.answer(query.kind as AskableKind, rewards, average, random);
    const judgement = {
      id: `simulated-${query.id}`,
      query: query.id,
      answer,
      annotator: "simulated",
      decisionMilliseconds: null,
    };
    this.#count(query.id, segments, judgement);
    this.#tell("judged", judgement);
  }

  #count(query: number, segments: readonly Segment[], judgement: Judgement): void {
    const { offlineAfter } = this.#hyper;
    if (offlineAfter === null || this.labels < offlineAfter * this.#options.labels) {
      this.#enter({ query: { id: query }, segments }, judgement);
    }
    this.#open.delete(query);
    this.labels += 1;
    this.news = true;
  }

  #enter(
    { query, segments }: { readonly query: { readonly id: number }; readonly segments: readonly Segment[] },
    { id, answer, annotator }: Judgement,
  ): void {
    const standing = this.#standing.get(query.id) ?? 0;
    // Room is made for far more than people answer; what comes after that is on disk and nowhere else.
    if (!this.#bench.evidence.hasRoom(standing > 0 ? 0 : segments.length)) return;
    this.#standing.set(query.id, standing + 1);
    const random =
      standing === 0
        ? randomFor(this.#options.seed, "bootstrap", query.id)
        : randomFor(this.#options.seed, "bootstrap", query.id, standing);
    const weight = this.#weights.get(annotator) ?? 1;
    this.#annotators.set(id, annotator);
    this.#bench.evidence.enter(id, query.id, answer.kind, segments, this.#encoded(answer), random, weight);
  }

  #encoded(answer: Answer): Float32Array | null {
    this.#numbers.fill(0);
    return encodeAnswer(answer.kind, answer, this.#shapes.stepSeconds, this.#numbers, 0) ? this.#numbers : null;
  }
}
