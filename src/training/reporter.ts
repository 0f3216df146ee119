// Lines of the learning curves.
import type { Metrics } from "./journal.ts";
import type { Truth } from "./truth.ts";
import type { Workbench } from "./workbench.ts";

/** Mean true reward is kept over about this many steps. */
const REMEMBERED_STEPS = 50_000;

export class Reporter {
  /** Mean disagreement about the last questions. */
  disagreement: number | null = null;
  /** Mean true reward per step of late; 0 where it is not known. */
  averageReward = 0;
  readonly #bench: Workbench;
  readonly #segmentSteps: number;
  readonly #began = performance.now();
  #lineSteps: number;
  #lineTime = this.#began;
  #returns = 0;
  #episodes = 0;
  #seenSteps = 0;

  constructor(bench: Workbench, segmentSteps: number) {
    this.#bench = bench;
    this.#segmentSteps = segmentSteps;
    this.#lineSteps = bench.progress.steps;
  }

  /** Takes in the true rewards since it was last called; there are none without a simulated teacher. */
  observe(truths: readonly Truth[]): void {
    for (const truth of truths) {
      const { rewards, steps, returns, episodes } = truth.take();
      this.#returns += returns;
      this.#episodes += episodes;
      if (steps === 0) continue;
      this.#seenSteps = Math.min(REMEMBERED_STEPS, this.#seenSteps + steps);
      this.averageReward += (rewards / steps - this.averageReward) * Math.min(1, steps / this.#seenSteps);
    }
  }

  line(labels: number): Metrics {
    const { progress, evidence, fitting, ppo, prediction, policyEntropy } = this.#bench;
    const now = performance.now();
    const learned = progress.updates > 0;
    const elapsed = (now - this.#lineTime) / 1000;
    const line: Metrics = {
      steps: progress.steps,
      labels,
      seconds: (now - this.#began) / 1000,
      stepsPerSecond: elapsed > 0 ? (progress.steps - this.#lineSteps) / elapsed : 0,
      rewardAccuracy: this.#mean("heldOutAccuracy"),
      rewardLoss: this.#mean("loss"),
      rewardHeldOutLoss: this.#mean("heldOutLoss"),
      disagreement: this.disagreement,
      predictedReward:
        learned && evidence.used > 0 ? (prediction - fitting.referencePrediction()) * this.#segmentSteps : null,
      trueReturn: this.#episodes > 0 ? this.#returns / this.#episodes : null,
      policyEntropy,
      policyDivergence: learned ? ppo.report.divergence : null,
      explainedVariance: learned ? ppo.report.explainedVariance : null,
      diverged: progress.diverged,
    };
    this.#lineSteps = progress.steps;
    this.#lineTime = now;
    this.#returns = 0;
    this.#episodes = 0;
    return line;
  }

  #mean(quantity: "loss" | "heldOutLoss" | "heldOutAccuracy"): number | null {
    const known = this.#bench.fitting.reports.map((report) => report[quantity]).filter(Number.isFinite);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  }
}
