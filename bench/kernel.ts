// How fast the kernel trains small networks, beside a library that does the same in the same process.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Random } from "../src/environment/random.ts";
import { loadKernelModule } from "../src/host/kernel-module.ts";
import { Arena } from "../src/kernel/arena.ts";
import { bestBuild, createMemory, instantiateKernel, type KernelBuild } from "../src/kernel/kernel.ts";
import { Adam, fill } from "../src/network/adam.ts";
import { initialise, layout, Mlp, parameterCount, type MlpShape, type ParameterSlice } from "../src/network/mlp.ts";
import { jaxProduct, jaxTrainer, loadJax } from "./jax.ts";

/** A regression to be learnt: the same for everyone who takes part. */
export interface Problem {
  readonly sizes: readonly number[];
  readonly rows: number;
  readonly learningRate: number;
  readonly slices: readonly ParameterSlice[];
  /** Where training starts. */
  readonly parameters: Float32Array;
  /** `[rows, in]` and `[rows, out]`. */
  readonly input: Float32Array;
  readonly target: Float32Array;
}

export interface Trainer {
  readonly name: string;
  /** Takes that many steps, one or more, and returns the mean squared error before the last of them. */
  train(steps: number): number;
}

const LIBRARY = "@jax-js/jax";
const SIZES: readonly { readonly sizes: readonly number[]; readonly rows: number }[] = [
  { sizes: [11, 64, 64, 1], rows: 64 },
  { sizes: [11, 256, 256, 1], rows: 256 },
];
const PRODUCT = 256;
/** Everyone takes turns this many times; medians are over the turns. */
const TURNS = 41;
/** About how long one turn lasts, in milliseconds. */
const TURN = 20;
/** Steps after which the losses must agree, and by how much they may differ in relation to the first loss. */
const AGREEMENT_STEPS = 20;
const AGREEMENT = 1e-3;

/** Measures training steps and matrix products; see docs/results.md. */
export async function run({ json }: { json: boolean }): Promise<object> {
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  installLibraries(tell);
  const jax = await loadJax();
  const speedup: Record<string, Record<string, number>> = {};
  const microseconds: Record<string, Record<string, Spread>> = {};
  const gflops: Record<string, Record<string, number>> = {};
  for (const { sizes, rows } of SIZES) {
    const size = `${sizes.join("-")}x${rows}`;
    const problem = makeProblem(sizes, rows);
    const trainers = [heedTrainer(problem, bestBuild()), heedTrainer(problem, "simd"), jaxTrainer(jax, problem)];
    checkAgreement(trainers);
    const spreads = takeTurns(trainers.map(({ name, train }) => ({ name, run: train })));
    const heed = spreads["heed"];
    microseconds[size] = spreads;
    speedup[size] = { [LIBRARY]: round(spreads[LIBRARY].median / heed.median) };
    gflops[size] = rates(spreads, operations(sizes, rows));
    tell(`${size}: ${describe(spreads)}; ${speedup[size][LIBRARY]} times as fast as ${LIBRARY}`);
    if (json) process.stdout.write(`${JSON.stringify({ event: "measured", size, microseconds: spreads })}\n`);
  }
  const products = takeTurns([
    { name: "heed", run: heedProduct(PRODUCT, bestBuild()) },
    { name: "heed simd", run: heedProduct(PRODUCT, "simd") },
    { name: LIBRARY, run: jaxProduct(jax, PRODUCT) },
  ]);
  tell(`matrix product ${PRODUCT}×${PRODUCT}×${PRODUCT}: ${describe(products)}`);
  const product = rates(products, 2 * PRODUCT ** 3);
  return {
    event: "finished",
    bench: "kernel",
    build: bestBuild(),
    speedup,
    microseconds,
    gflops,
    matrixProductGflops: product,
    matrixProductPeakGflops: round((2 * PRODUCT ** 3) / products["heed"].fastest / 1000),
  };
}

function installLibraries(tell: (line: string) => void): void {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  if (existsSync(new URL(`node_modules/${LIBRARY}/package.json`, import.meta.url))) return;
  tell("bench/node_modules is missing: npm ci in bench/ installs the libraries to compare with.");
  const { status, error } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: folder,
    // What npm says is for people: it goes to standard error.
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) throw error ?? new Error('"npm ci" in bench/ did not succeed; its messages are above.');
}

/** A problem of that size, the same at every call. */
export function makeProblem(sizes: readonly number[], rows: number): Problem {
  const random = new Random(1);
  const shape: MlpShape = { sizes, activation: "tanh" };
  const parameters = new Float32Array(parameterCount(shape));
  initialise(shape, parameters, () => random.float(), 1);
  const input = Float32Array.from({ length: rows * sizes[0] }, () => random.normal());
  const target = Float32Array.from({ length: rows * sizes[sizes.length - 1] }, () => random.normal());
  return { sizes, rows, learningRate: 1e-3, slices: layout(shape), parameters, input, target };
}

/** heed's side: one thread, one instance of the kernel. */
export function heedTrainer(problem: Problem, build: KernelBuild): Trainer {
  const { rows, target } = problem;
  const kernel = instantiateKernel(loadKernelModule(build), createMemory(16 << 20));
  const arena = new Arena(kernel.buffer, 0, kernel.buffer.byteLength);
  const parameters = arena.floats(problem.parameters.length);
  const gradients = arena.floats(problem.parameters.length);
  parameters.set(problem.parameters);
  const network = new Mlp(kernel, arena, { sizes: problem.sizes, activation: "tanh" }, parameters, gradients, rows);
  const adam = new Adam(kernel, arena, parameters, gradients, { learningRate: problem.learningRate });
  network.input.set(problem.input);
  const { output, outputGradient } = network;
  const share = 1 / target.length;
  return {
    name: build === bestBuild() ? "heed" : `heed ${build}`,
    train(steps) {
      let loss = NaN;
      for (let count = 0; count < steps; count++) {
        network.forward(rows);
        loss = 0;
        for (let at = 0; at < target.length; at++) {
          const error = output[at] - target[at];
          loss += error * error * share;
          outputGradient[at] = 2 * error * share;
        }
        fill(kernel, gradients, 0);
        network.backward(rows);
        adam.step();
      }
      return loss;
    },
  };
}

/** A network of one layer is a matrix product and a bias. */
function heedProduct(size: number, build: KernelBuild): (times: number) => number {
  const kernel = instantiateKernel(loadKernelModule(build), createMemory(16 << 20));
  const arena = new Arena(kernel.buffer, 0, kernel.buffer.byteLength);
  const shape: MlpShape = { sizes: [size, size], activation: "tanh" };
  const parameters = arena.floats(parameterCount(shape));
  const network = new Mlp(kernel, arena, shape, parameters, arena.floats(parameters.length), size);
  for (let at = 0; at < size * size; at++) parameters[at] = network.input[at] = Math.sin(at);
  return (times) => {
    for (let count = 0; count < times; count++) network.forward(size);
    return network.output[0];
  };
}

/** Floating-point operations of the matrix products in one training step: nothing else is counted. */
function operations(sizes: readonly number[], rows: number): number {
  let multiplications = 0;
  for (let layer = 0; layer + 1 < sizes.length; layer++) {
    // Forward, the weights' gradient and, but for the first layer, the gradient of what it was given.
    multiplications += (layer === 0 ? 2 : 3) * rows * sizes[layer] * sizes[layer + 1];
  }
  return 2 * multiplications;
}

function checkAgreement(trainers: readonly Trainer[]): void {
  const first = trainers.map(({ train }) => train(1));
  const later = trainers.map(({ train }) => train(AGREEMENT_STEPS));
  const apart = Math.max(...[first, later].map((losses) => Math.max(...losses) - Math.min(...losses)));
  if (!(apart <= AGREEMENT * first[0])) {
    const losses = trainers.map(({ name }, at) => `${name} ${first[at]} and ${later[at]}`).join(", ");
    throw new Error(`They do not compute the same: losses at first and ${AGREEMENT_STEPS} steps later are ${losses}.`);
  }
}

interface Spread {
  readonly median: number;
  readonly fastest: number;
  /** The quartiles. */
  readonly low: number;
  readonly high: number;
}

/** Microseconds per repetition of each, measured in turns, so that whatever else the machine does strikes all alike. */
function takeTurns(takers: readonly { name: string; run: (times: number) => unknown }[]): Record<string, Spread> {
  const measured = takers.map((taker) => ({ ...taker, times: timesPerTurn(taker.run), taken: new Array<number>() }));
  for (let turn = 0; turn < TURNS; turn++) {
    for (const { run, times, taken } of measured) taken.push(microsecondsOf(run, times) / times);
  }
  return Object.fromEntries(
    measured.map(({ name, taken }) => {
      taken.sort((a, b) => a - b);
      const at = (share: number) => round(taken[Math.round(share * (TURNS - 1))]);
      return [name, { median: at(0.5), fastest: at(0), low: at(0.25), high: at(0.75) }];
    }),
  );
}

/** Repetitions that fill a turn. Finding out warms the compilers up, too. */
function timesPerTurn(run: (times: number) => unknown): number {
  for (let times = 1; ; times *= 2) {
    const milliseconds = microsecondsOf(run, times) / 1000;
    if (milliseconds > TURN) return Math.max(1, Math.round((times * TURN) / milliseconds));
  }
}

function microsecondsOf(run: (times: number) => unknown, times: number): number {
  const started = performance.now();
  run(times);
  return (performance.now() - started) * 1000;
}

function rates(spreads: Record<string, Spread>, operations: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(spreads).map(([name, { median }]) => [name, round(operations / median / 1000)]),
  );
}

function describe(spreads: Record<string, Spread>): string {
  return Object.entries(spreads)
    .map(([name, { median, low, high }]) => `${name} ${median} µs (${low} to ${high})`)
    .join(", ");
}

/** Three significant digits. */
function round(value: number): number {
  return Number(value.toPrecision(3));
}
