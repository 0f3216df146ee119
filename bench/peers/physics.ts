// Physics alone: Gymnasium's Hopper-v5 from Python beside heed's hopper, on one core and on all.
import Type from "typebox";
import { Random } from "../../src/environment/random.ts";
import { findTask } from "../../src/environment/registry.ts";
import { measurePhysics } from "../physics.ts";
import { newComparison, push, type Bench, type Findings, type OpenComparison, type Part } from "./comparison.ts";
import type { Peer } from "./peer.ts";

const TASK = "hopper";
const SECONDS = 4;
const TRIAL_SECONDS = 1.5;
const WARM_UP_STEPS = 4_000;
/** Processes per core that are tried for a vector of environments, to find out what suits it best. */
const PROCESSES_PER_CORE = [1, 4];

/** A way to step environments from Python, as physics.py knows it. */
interface Way {
  readonly way: string;
  readonly environments: number;
}

const Rate = Type.Object({ stepsPerSecond: Type.Number({ exclusiveMinimum: 0 }) });

export const physics: Part = { name: "physics", title: "Physics alone", measure };

async function measure({ repetitions, cores, peer, tell }: Bench): Promise<Findings> {
  const gymnasium = peer("physics.py");
  const subproc = await fastest(gymnasium, "SubprocVecEnv", cores);
  const async = await fastest(gymnasium, "AsyncVectorEnv", cores);
  const apart: Way = { way: "processes", environments: cores };
  const everywhere = cores === 1 ? "the only core" : `all ${cores} cores`;
  const rows: readonly Row[] = [
    newRow("one core, one environment", "Gymnasium", 1, { way: "one", environments: 1 }),
    newRow(everywhere, `Stable-Baselines3, SubprocVecEnv of ${subproc.environments}`, null, subproc),
    newRow(everywhere, `Gymnasium, AsyncVectorEnv of ${async.environments}`, null, async),
    newRow(everywhere, "Gymnasium, processes that never wait for each other", null, apart),
  ];
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    for (const { way, comparison } of rows) {
      const ours = way.way === "one" ? await oneCore(SECONDS) : await measurePhysics(TASK, cores, SECONDS);
      push(comparison, ours, await rate(gymnasium, way, SECONDS));
    }
    const ahead = rows.map(({ comparison: { heed, theirs } }) =>
      (heed[repetition - 1] / theirs[repetition - 1]).toFixed(2),
    );
    tell(`physics, repetition ${repetition} of ${repetitions}: ${ahead.join(", ")} times as fast`);
  }
  return {
    comparisons: rows.map(({ comparison }) => comparison),
    notes: [
      "Uniform random actions; episodes are begun again where they end. On all cores heed has a thread per core, each " +
        `with 16 environments. The vectors of processes were tried with ${PROCESSES_PER_CORE.join(" and ")} ` +
        "processes per core, and the faster number was used.",
    ],
  };
}

interface Row {
  readonly way: Way;
  readonly comparison: OpenComparison;
}

function newRow(what: string, peer: string, target: number | null, way: Way): Row {
  return { way, comparison: newComparison(what, "steps/s", peer, "larger", target) };
}

/** The number of processes with which a vector of environments is fastest here. */
async function fastest(gymnasium: Peer, way: string, cores: number): Promise<Way> {
  let best: Way & { readonly rate: number } = { way, environments: 0, rate: 0 };
  for (const perCore of PROCESSES_PER_CORE) {
    const environments = perCore * cores;
    const found = await rate(gymnasium, { way, environments }, TRIAL_SECONDS);
    if (found > best.rate) best = { way, environments, rate: found };
  }
  return { way, environments: best.environments };
}

async function rate(gymnasium: Peer, way: Way, seconds: number): Promise<number> {
  return (await gymnasium.ask({ ...way, seconds }, Rate)).stepsPerSecond;
}

/** Environment steps per second of one environment in this thread. */
async function oneCore(seconds: number): Promise<number> {
  const environment = await findTask(TASK).create();
  const { observationSpace, actionSpace } = environment;
  const observation = new Float32Array(observationSpace.size);
  const action = new Float32Array(actionSpace.size);
  const random = new Random(1);
  const step = (): void => {
    for (let i = 0; i < action.length; i++) action[i] = 2 * random.float() - 1;
    if (environment.step(action, observation) !== "running") environment.reset(random.integer(2 ** 31), observation);
  };
  environment.reset(random.integer(2 ** 31), observation);
  for (let i = 0; i < WARM_UP_STEPS; i++) step();
  const started = performance.now();
  let steps = 0;
  while (performance.now() - started < seconds * 1_000) {
    for (let i = 0; i < 32; i++) step();
    steps += 32;
  }
  const elapsed = performance.now() - started;
  environment.close();
  return (steps / elapsed) * 1_000;
}
