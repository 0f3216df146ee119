// A training for tests of what stands around it: asks about made-up segments, counts the answers and ends.
import type { Judgement } from "../src/feedback/judgement.ts";
import type { Segment } from "../src/feedback/segment.ts";
import type { Journal, Metrics, Phase } from "../src/training/journal.ts";
import type { TrainingOptions } from "../src/training/options.ts";
import type { Start, Training } from "../src/training/training.ts";

export interface Script {
  /** What the run ends with instead of finishing. */
  readonly failure?: Error;
  /** Steps between two labels. */
  readonly stepsPerLabel?: number;
  /** What the learning curves say besides, after so many labels. */
  readonly metrics?: (labels: number, options: TrainingOptions) => Partial<Metrics>;
}

/** Judges by itself where the teacher is simulated; else waits for `judge`. Finishes with the wanted number of labels. */
export function scriptedTraining(script: Script = {}): (start: Start, journal: Journal) => Training {
  return (start, journal) => {
    const { labels: wanted, teacher } = start.options;
    const perLabel = script.stepsPerLabel ?? 10;
    const labels = new Set(start.judged.map(({ judgement }) => judgement.id));
    let query = start.lastQuery;
    let segment = start.lastSegment;
    const end = Promise.withResolvers<"finished" | "stopped">();
    let over = false;

    const steps = (): number => labels.size * perLabel;
    const say = (phase: Phase, waitingFor: string | null = null): void =>
      journal.changed({ phase, steps: steps(), labels: labels.size, waitingFor });
    const save = (): void =>
      journal.saved({
        steps: steps(),
        labels: labels.size,
        tensors: new Map([["weights", { shape: [1], data: new Float32Array([labels.size]) }]]),
        state: { asked: query },
      });
    const finish = (outcome: "finished" | "stopped"): void => {
      if (over) return;
      over = true;
      save();
      if (outcome === "finished") {
        say("evaluating");
        journal.evaluated({ episodes: 20, trueReturn: 12.5, measures: { backflips: 3.5 } });
      }
      say(outcome);
      end.resolve(outcome);
    };
    const ask = (): void => {
      query++;
      const left = madeUpSegment(++segment, steps());
      const right = madeUpSegment(++segment, steps());
      const segments = [left, right];
      const ids = segments.map(({ id }) => id);
      journal.asked({
        query: { id: query, kind: "comparison", segments: ids, selection: "random", atStep: steps() },
        segments,
      });
    };
    const count = (judgement: Judgement): void => {
      labels.add(judgement.id);
      journal.measured({ ...madeUpMetrics(steps(), labels.size), ...script.metrics?.(labels.size, start.options) });
      if (labels.size >= wanted) finish("finished");
    };
    const step = (): void => {
      if (over) return;
      if (script.failure !== undefined) {
        over = true;
        end.reject(script.failure);
      } else if (teacher === "simulated") {
        ask();
        const judgement: Judgement = {
          id: `simulated-${query}`,
          query,
          answer: { kind: "comparison", choice: "left" },
          annotator: "simulated",
          decisionMilliseconds: null,
        };
        journal.judged(judgement);
        count(judgement);
        setTimeout(step, 1);
      } else {
        say("asking", "an answer on the page");
        if (start.open.length === 0) for (let i = labels.size; i < wanted; i++) ask();
        journal.acted(madeUpSegment(0, 0).clip);
      }
    };
    setTimeout(step, 1);
    return {
      judge: count,
      takeBack: (judgement) => labels.delete(judgement.id),
      volunteer: () => {},
      request: () => ask(),
      weigh: () => {},
      stop: () => finish("stopped"),
      done: end.promise,
    };
  };
}

function madeUpSegment(id: number, atStep: number): Segment {
  return {
    id,
    atStep,
    policyVersion: 1,
    length: 2,
    observations: new Float32Array(2 * 11).fill(id),
    actions: new Float32Array(2 * 3).fill(0.5),
    rewards: new Float32Array(2).fill(0.1),
    state: null,
    clip: { framesPerSecond: 25, frames: 1, poses: new Float32Array(4 * 7) },
  };
}

function madeUpMetrics(steps: number, labels: number): Metrics {
  return {
    steps,
    labels,
    seconds: 1,
    stepsPerSecond: 100,
    rewardAccuracy: 0.75,
    rewardLoss: 0.5,
    rewardHeldOutLoss: 0.6,
    disagreement: 0.1,
    predictedReward: 0,
    trueReturn: 1,
    policyEntropy: 1,
    policyDivergence: 0.01,
    explainedVariance: 0.5,
    diverged: 0,
  };
}
