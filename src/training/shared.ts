// What the threads of a run share: one memory for the arithmetic, and buffers for what they hand to each other.
import { Team } from "../kernel/team.ts";
import { createMemory } from "../kernel/kernel.ts";
import { Evidence, type EvidenceShape } from "../reward/evidence.ts";
import { POSE_NUMBERS_PER_BODY } from "../environment/scene.ts";
import type { Environment } from "../environment/environment.ts";
import { restorable } from "../environment/restorable.ts";
import { environmentsPerThread, type Hyperparameters } from "./hyperparameters.ts";
import { feedbackKinds, type TrainingOptions } from "./options.ts";
import { mostSegments, mostSegmentsOfAll } from "./strips.ts";
import { TrajectoryPool, type PoolShape } from "./trajectory-pool.ts";
import { Truth } from "./truth.ts";

/** Arenas, in bytes. Memory that is never touched costs nothing. */
const SHARED_ARENA = 32 * 2 ** 20;
const THREAD_ARENA = 32 * 2 ** 20;
/** Kept free at the start of the memory, so that no array has address 0. */
const RESERVED = 65_536;

/** Judgements that people may bring unasked, and segments beyond which larger kinds are asked for no more. */
const VOLUNTEERED = 4_096;
const MOST_LARGE_SEGMENTS = 50_000;

export interface Shared {
  readonly memory: WebAssembly.Memory;
  readonly team: SharedArrayBuffer;
  readonly pools: readonly SharedArrayBuffer[];
  readonly truths: readonly SharedArrayBuffer[];
  readonly evidence: SharedArrayBuffer;
  /** `[command, argument, iteration]` */
  readonly command: SharedArrayBuffer;
}

export interface Shapes {
  readonly pool: PoolShape;
  readonly evidence: EvidenceShape;
  /** Simulated seconds per environment step. */
  readonly stepSeconds: number;
  /** Steps between two poses of a clip, and the clip's frames per second. */
  readonly poseStride: number;
  readonly framesPerSecond: number;
}

/** Poses are kept at about this rate: smooth to look at, and a few kilobytes per clip. */
const FRAMES_PER_SECOND = 60;

export function shapesOf(environment: Environment, options: TrainingOptions, hyper: Hyperparameters): Shapes {
  const observationSize = environment.observationSpace.size;
  const actionSize = environment.actionSpace.size;
  const steps = Math.max(1, Math.min(environment.horizon, Math.round(hyper.segmentSeconds / environment.stepSeconds)));
  const poseStride = Math.max(1, Math.round(1 / (FRAMES_PER_SECOND * environment.stepSeconds)));
  return {
    pool: {
      environments: environmentsPerThread(hyper, options.workers),
      capacity: Math.max(hyper.rolloutSteps * hyper.poolRollouts, 2 * steps),
      observationSize,
      actionSize,
      poseSize: environment.scene().bodies.length * POSE_NUMBERS_PER_BODY,
      stateSize: restorable(environment)?.stateSize ?? 0,
      members: hyper.members,
    },
    evidence: {
      ...evidenceRoom(options, hyper, steps * environment.stepSeconds),
      steps,
      observationSize,
      actionSize,
      members: hyper.members,
    },
    stepSeconds: environment.stepSeconds,
    poseStride,
    framesPerSecond: 1 / (poseStride * environment.stepSeconds),
  };
}

/**
 * Room for all labels of the run, for what people bring or ask for beyond them, and for segments of the larger kinds.
 * Of most of it nothing is ever touched.
 */
function evidenceRoom(options: TrainingOptions, hyper: Hyperparameters, segmentSeconds: number) {
  const labels = options.labels + hyper.openQueries + 64;
  const most = mostSegmentsOfAll(segmentSeconds);
  // People may change how they answer; a simulated teacher does not.
  const each = options.teacher === "person" ? most : mostSegments(feedbackKinds(options), segmentSeconds);
  const segments = Math.max(2 * labels, Math.min(each * labels, MOST_LARGE_SEGMENTS));
  return { capacity: labels + VOLUNTEERED, segments: segments + 2 * VOLUNTEERED, mostSegments: most };
}

export function allocateShared(shapes: Shapes, workers: number): Shared {
  const each = (bytes: number) => Array.from({ length: workers }, () => new SharedArrayBuffer(bytes));
  return {
    memory: createMemory(RESERVED + SHARED_ARENA + workers * THREAD_ARENA),
    team: new SharedArrayBuffer(Team.bytes(workers, Math.max(64, 1 + 2 * shapes.pool.observationSize))),
    pools: each(TrajectoryPool.bytes(shapes.pool)),
    truths: each(Truth.bytes(shapes.pool)),
    evidence: new SharedArrayBuffer(Evidence.bytes(shapes.evidence)),
    command: new SharedArrayBuffer(64),
  };
}

/** Start and length of the arena that all threads fill alike, and of each thread's own. */
export function arenaOf(who: "all" | number): { readonly start: number; readonly bytes: number } {
  return who === "all"
    ? { start: RESERVED, bytes: SHARED_ARENA }
    : { start: RESERVED + SHARED_ARENA + who * THREAD_ARENA, bytes: THREAD_ARENA };
}
