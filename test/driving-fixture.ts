// A server with a run of the hopper whose agent has done something: windows of real physics, which people can be better
// than, and take over.
import { join } from "node:path";
import { Random } from "../src/environment/random.ts";
import { findTask } from "../src/environment/registry.ts";
import { restorable } from "../src/environment/restorable.ts";
import { POSE_NUMBERS_PER_BODY, type Scene } from "../src/environment/scene.ts";
import type { Segment } from "../src/feedback/segment.ts";
import { createServer, type Server } from "../src/server/server.ts";
import { openStore } from "../src/store/open.ts";
import type { Store } from "../src/store/store.ts";
import { FakeDirectory, FakeRun } from "./server-fixture.ts";
import { newRun, temporaryDirectory } from "./store-fixture.ts";

/** The built page. */
export const WEB_ROOT = join(import.meta.dirname, "../assets/web");
/** Steps of a window, and of these between two poses: half a second of the hopper at about 60 frames a second. */
export const WINDOW_STEPS = 63;
const POSE_STRIDE = 2;

export interface DrivenWorld {
  readonly scene: Scene;
  readonly stepSeconds: number;
  /** Consecutive windows of one trajectory with random actions. */
  readonly segments: readonly Segment[];
}

/** Windows number 1 to `count` of the hopper. */
export async function hopperWindows(count: number): Promise<DrivenWorld> {
  const environment = restorable(await findTask("hopper-backflip").create());
  if (environment === undefined) throw new Error("The hopper can be restored.");
  const { stepSeconds } = environment;
  const scene = environment.scene();
  const random = new Random(3);
  const observation = new Float32Array(environment.observationSpace.size);
  const action = new Float32Array(environment.actionSpace.size);
  const pose = new Float32Array(scene.bodies.length * POSE_NUMBERS_PER_BODY);
  environment.reset(1, observation);
  const segments = Array.from({ length: count }, (_, index): Segment => {
    const state = new Float32Array(environment.stateSize);
    environment.state(state);
    const observations: number[] = [];
    const actions: number[] = [];
    const poses: number[] = [];
    for (let t = 0; t < WINDOW_STEPS; t++) {
      observations.push(...observation);
      action.forEach((_, i) => (action[i] = 2 * random.float() - 1));
      actions.push(...action);
      environment.step(action, observation);
      environment.pose(pose);
      if (t % POSE_STRIDE === 0) poses.push(...pose);
    }
    return {
      id: index + 1,
      atStep: 1_000,
      policyVersion: 0,
      length: WINDOW_STEPS,
      observations: Float32Array.from(observations),
      actions: Float32Array.from(actions),
      rewards: new Float32Array(WINDOW_STEPS).fill(Number.NaN),
      state,
      clip: {
        framesPerSecond: 1 / (POSE_STRIDE * stepSeconds),
        frames: Math.ceil(WINDOW_STEPS / POSE_STRIDE),
        poses: Float32Array.from(poses),
      },
    };
  });
  environment.close();
  return { scene, stepSeconds, segments };
}

export interface DrivingServer extends AsyncDisposable {
  readonly store: Store;
  readonly run: string;
  readonly live: FakeRun;
  readonly server: Server;
  readonly world: DrivenWorld;
  readonly faults: Error[];
}

/** Serves the built page and a run that asks about two pairs and a strip of two windows. */
export async function serveDriving(): Promise<DrivingServer> {
  const directory = temporaryDirectory();
  const world = await hopperWindows(6);
  const { scene, stepSeconds, segments } = world;
  const store = await openStore(directory.path, "0.1.0");
  const { id: run } = await store.createRun(newRun({ scene, stepSeconds }));
  await store.claim(run);
  for (const [id, [from, kind]] of (
    [
      [0, "comparison"],
      [2, "comparison"],
      [4, "good-bad"],
    ] as const
  ).entries()) {
    const own = segments.slice(from, from + 2);
    const query = {
      id: id + 1,
      kind,
      segments: own.map((segment) => segment.id),
      selection: "random",
      atStep: 1_000,
    } as const;
    await store.ask(run, { query, segments: own });
  }
  const live = new FakeRun();
  live.clip = segments[0].clip;
  const faults: Error[] = [];
  const server = await createServer({
    store,
    runs: new FakeDirectory(store, run, live),
    current: run,
    webRoot: WEB_ROOT,
    port: 0,
    onError: (error) => faults.push(error),
  });
  return {
    store,
    run,
    live,
    server,
    world,
    faults,
    async [Symbol.asyncDispose]() {
      await server.close();
      await store.close();
      directory[Symbol.dispose]();
    },
  };
}
