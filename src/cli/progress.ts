// The progress line of a run: how far it is, how fast, how well the reward model knows the teacher, and what it waits for.
import type { Metrics, Phase, Status } from "../training/journal.ts";
import type { TextStream } from "./output.ts";
import { ProgressLine } from "./progress-line.ts";

export interface Goal {
  /** 0 in a run without a teacher. */
  readonly labels: number;
  readonly steps: number;
}

/** Milliseconds between two lines where a line cannot be rewritten. */
const LINE_EVERY = 5_000;

const ENDED: ReadonlySet<Phase> = new Set(["finished", "stopped", "failed"]);

const count = new Intl.NumberFormat("en-GB");

/** The line's text. Time left counts steps alone: how fast a person answers is not foretold. */
export function progressText(goal: Goal, status: Status, metrics: Metrics | null): string {
  const parts = [`steps ${count.format(status.steps)}/${count.format(goal.steps)}`];
  if (goal.labels > 0) parts.unshift(`labels ${count.format(status.labels)}/${count.format(goal.labels)}`);
  const { waitingFor } = status;
  const waits = waitingFor !== null;
  if (metrics !== null) {
    const { stepsPerSecond, rewardAccuracy } = metrics;
    if (!waits) parts.push(`${count.format(Math.round(stepsPerSecond))} steps/s`);
    if (rewardAccuracy !== null) parts.push(`reward accuracy ${Math.round(rewardAccuracy * 100)} %`);
    const left = (goal.steps - status.steps) / stepsPerSecond;
    if (!waits && Number.isFinite(left) && left > 0) parts.push(`${duration(left)} left`);
  }
  if (waits) parts.push(`waiting: ${waitingFor}`);
  else if (metrics === null || status.phase === "evaluating") parts.push(status.phase);
  return parts.join(" · ");
}

/** `75` is `1:15`, `3725` is `1:02:05`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const padded = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${padded(minutes)}:${padded(whole % 60)}` : `${minutes}:${padded(whole % 60)}`;
}

/** Writes the line: on a terminal one that is rewritten, elsewhere a new one every five seconds or when the wait changes. */
export class Progress {
  readonly #goal: Goal;
  readonly #line: ProgressLine;
  #status: Status = { phase: "starting", steps: 0, labels: 0, waitingFor: null };
  #metrics: Metrics | null = null;

  /** @param now milliseconds of any steady clock */
  constructor(goal: Goal, stream: TextStream, now: () => number = () => performance.now()) {
    this.#goal = goal;
    this.#line = new ProgressLine(stream, LINE_EVERY, now);
  }

  status(status: Status): void {
    const turned = status.phase !== this.#status.phase || status.waitingFor !== this.#status.waitingFor;
    this.#status = status;
    // How it ended is told with its result.
    if (!ENDED.has(status.phase)) this.#write(turned);
  }

  metrics(metrics: Metrics): void {
    this.#metrics = metrics;
    this.#status = { ...this.#status, steps: metrics.steps, labels: metrics.labels };
    this.#write(false);
  }

  /** Removes a rewritten line, so that something else can be written. */
  clear(): void {
    this.#line.clear();
  }

  #write(turned: boolean): void {
    this.#line.write(progressText(this.#goal, this.#status, this.#metrics), turned);
  }
}
