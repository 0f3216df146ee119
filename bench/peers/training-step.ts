// One training step of a small network on one thread: PyTorch beside heed's kernel, on the same numbers.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "simple-statistics";
import Type from "typebox";
import { bestBuild } from "../../src/kernel/kernel.ts";
import { heedTrainer, makeProblem, type Problem, type Trainer } from "../kernel.ts";
import type { Bench, Comparison, Findings, Part } from "./comparison.ts";
import type { Peer } from "./peer.ts";

const SIZES = [
  { sizes: [11, 64, 64, 1], rows: 64 },
  { sizes: [17, 64, 64, 6], rows: 512 },
  { sizes: [11, 256, 256, 1], rows: 256 },
] as const;
/** heed and each of PyTorch's optimisers take turns this many times; a repetition's figure is the median of its turns. */
const TURNS = 15;
/** About how long one turn lasts, in milliseconds. */
const TURN = 30;
/** After these steps the losses must agree to this share of the first loss. */
const AGREEMENT_STEPS = 20;
const AGREEMENT = 1e-3;

const Optimisers = Type.Object({ optimisers: Type.Array(Type.String()) });
const Taken = Type.Object({ microseconds: Type.Number({ minimum: 0 }), loss: Type.Number() });

export const trainingStep: Part = { name: "training-step", title: "One training step", measure };

/** A trainer on either side: takes steps, and says how long they took, in microseconds, and the loss before the last. */
type Take = (steps: number) => Promise<{ readonly microseconds: number; readonly loss: number }>;

async function measure({ repetitions, peer, tell }: Bench): Promise<Findings> {
  const torch = peer("training_step.py");
  const comparisons: Comparison[] = [];
  for (const { sizes, rows } of SIZES) {
    const problem = makeProblem(sizes, rows);
    const optimisers = await pose(torch, problem);
    const heed = timed(heedTrainer(problem, bestBuild()));
    const theirs = optimisers.map(
      (optimiser): Take =>
        (steps) =>
          torch.ask({ optimiser, steps }, Taken),
    );
    await checkAgreement([heed, ...theirs]);
    const measured = await takeTurns([heed, ...theirs], repetitions);
    for (const [i, optimiser] of optimisers.entries()) {
      comparisons.push({
        what: `${sizes.join("-")} × ${rows}`,
        unit: "µs",
        peer: `PyTorch, ${optimiser}`,
        better: "smaller",
        target: sizes[1] === 64 ? 1 : null,
        heed: measured[0],
        theirs: measured[i + 1],
      });
    }
    const line = measured.map((values) => median(values).toFixed(0)).join(", ");
    tell(`training step, ${sizes.join("-")} × ${rows}: heed, ${optimisers.join(", ")}: ${line} µs`);
  }
  return {
    comparisons,
    notes: [
      "Forward, squared error, backward, Adam, on one thread; tanh between the layers. Both sides begin with the same " +
        `parameters and rows, and their losses after ${AGREEMENT_STEPS} steps were checked to agree. A repetition is ` +
        `the median of ${TURNS} turns of ${TURN} ms each.`,
    ],
  };
}

/** Hands a problem over in a file, and returns the names of the optimisers that train on it. */
async function pose(torch: Peer, problem: Problem): Promise<readonly string[]> {
  const { sizes, rows, slices, parameters, input, target, learningRate } = problem;
  const layers = sizes.slice(1).map((out, layer) => ({
    in: sizes[layer],
    out,
    weights: slices[2 * layer].offset,
    biases: slices[2 * layer + 1].offset,
  }));
  const folder = mkdtempSync(join(tmpdir(), "heed-bench-"));
  try {
    const file = join(folder, "problem.f32");
    const numbers = Float32Array.from([...parameters, ...input, ...target]);
    writeFileSync(file, numbers);
    const places = { input: parameters.length, target: parameters.length + input.length };
    return (await torch.ask({ problem: { file, rows, layers, learningRate, ...places } }, Optimisers)).optimisers;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function timed(trainer: Trainer): Take {
  return (steps) => {
    const started = performance.now();
    const loss = trainer.train(steps);
    return Promise.resolve({ microseconds: (performance.now() - started) * 1_000, loss });
  };
}

async function checkAgreement(takes: readonly Take[]): Promise<void> {
  const first: number[] = [];
  const later: number[] = [];
  for (const take of takes) first.push((await take(1)).loss);
  for (const take of takes) later.push((await take(AGREEMENT_STEPS)).loss);
  const apart = Math.max(...[first, later].map((losses) => Math.max(...losses) - Math.min(...losses)));
  if (apart <= AGREEMENT * first[0]) return;
  throw new Error(
    `heed and PyTorch do not compute the same: losses at first are ${first.join(", ")}, ` +
      `and ${AGREEMENT_STEPS} steps later ${later.join(", ")}.`,
  );
}

/** Microseconds per step of each in each repetition: the median of turns that alternate. */
async function takeTurns(takes: readonly Take[], repetitions: number): Promise<number[][]> {
  const steps: number[] = [];
  for (const take of takes) steps.push(await stepsPerTurn(take));
  const results = takes.map(() => new Array<number>());
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const turns = takes.map(() => new Array<number>());
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [i, take] of takes.entries()) turns[i].push((await take(steps[i])).microseconds / steps[i]);
    }
    for (const [i, values] of turns.entries()) results[i].push(median(values));
  }
  return results;
}

/** Steps that fill a turn. Finding out warms everything up, too. */
async function stepsPerTurn(take: Take): Promise<number> {
  for (let steps = 1; ; steps *= 2) {
    const milliseconds = (await take(steps)).microseconds / 1_000;
    if (milliseconds > TURN) return Math.max(1, Math.round((steps * TURN) / milliseconds));
  }
}
