// What a drive is for: where it begins, how long it must be, and what the server is sent.
import { signal } from "@preact/signals";
import type { Scene } from "../../../src/environment/scene.ts";
import type {
  CorrectionBody,
  DemonstrationBody,
  DemonstrationView,
  DrivenView,
  SegmentStartView,
} from "../../../src/server/demonstrations-api.ts";
import { fromBase64, toBase64 } from "../../drive/base64.ts";
import type { Purpose } from "../../drive/session.ts";
import type { DrivenSteps } from "../../drive/trajectory.ts";
import { request } from "../../session/request.ts";

/** A clip to take over. */
export interface Correction {
  /** The window in which it goes wrong, by its id. */
  readonly segment: number;
  /** Simulated seconds from that window's start to where the person takes over. */
  readonly at: number;
}

/** Something that was kept, and can be taken back. */
export interface Kept extends DemonstrationView {
  readonly run: string;
  readonly seconds: number;
}

/** What this page has kept, the last one first. */
export const kept = signal<readonly Kept[]>([]);

/** The run as far as driving goes. */
export interface DrivenRun {
  readonly id: string;
  readonly task: string;
  readonly stepSeconds: number;
}

const LEAST_SECONDS = 1;

export async function demonstrationOf(run: DrivenRun, scene: Scene): Promise<Purpose> {
  return {
    task: run.task,
    scene,
    takeOver: null,
    leastSteps: Math.ceil(LEAST_SECONDS / run.stepSeconds),
    send: async (driven) => {
      const body: DemonstrationBody = { id: crypto.randomUUID(), ...wire(driven, run.stepSeconds) };
      const view = await request<DemonstrationView>("POST", `${pathOf(run.id)}/demonstrations`, body);
      keep(view, run, driven);
      return `Kept. The reward model learns from ${view.judgements} stretches of it.`;
    },
  };
}

export async function correctionOf(run: DrivenRun, scene: Scene, { segment, at }: Correction): Promise<Purpose> {
  const start = await request<SegmentStartView>("GET", `${pathOf(run.id)}/segments/${segment}/start`);
  const observation = fromBase64(start.observation);
  const actions = fromBase64(start.actions);
  const width = actions.length / start.length;
  const steps = Math.min(start.length - 1, Math.max(0, Math.round(at / run.stepSeconds)));
  return {
    task: run.task,
    scene,
    takeOver: {
      state: fromBase64(start.state),
      observation,
      actions: actions.subarray(0, steps * width),
      length: start.length,
    },
    leastSteps: start.length,
    send: async (driven) => {
      const body: CorrectionBody = {
        id: crypto.randomUUID(),
        segment,
        at: steps * run.stepSeconds,
        ...wire(driven, run.stepSeconds),
      };
      keep(await request<DemonstrationView>("POST", `${pathOf(run.id)}/corrections`, body), run, driven);
      return "Kept. The reward model learns that this is better than what the agent did.";
    },
  };
}

function keep(view: DemonstrationView, { id, stepSeconds }: DrivenRun, { steps }: DrivenSteps): void {
  kept.value = [{ ...view, run: id, seconds: steps * stepSeconds }, ...kept.peek()];
}

/** Takes back everything that came of it. */
export async function takeBack({ id, run }: Kept): Promise<void> {
  await request("DELETE", `${pathOf(run)}/demonstrations/${encodeURIComponent(id)}`);
  kept.value = kept.peek().filter((entry) => entry.id !== id);
}

function wire({ steps, observations, actions, poses }: DrivenSteps, stepSeconds: number): DrivenView {
  return {
    steps,
    framesPerSecond: 1 / stepSeconds,
    observations: toBase64(observations),
    actions: toBase64(actions),
    poses: toBase64(poses),
  };
}

function pathOf(run: string): string {
  return `/runs/${encodeURIComponent(run)}`;
}
