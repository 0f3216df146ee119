// What the page sees of values that the store and the run hold.
import { isStrip, type Question } from "../feedback/judgement.ts";
import type { Clip, Segment } from "../feedback/segment.ts";
import { toBytes } from "../store/bytes.ts";
import type { Role } from "../store/roles.ts";
import type { Run } from "../store/store.ts";
import type { Status } from "../training/journal.ts";
import type { ClipView, PosesView, QueryView, RunView } from "./api.ts";
import type { RunSummary } from "./runs-api.ts";
import type { LiveRun, RunDirectory } from "./live.ts";

export function posesView(clip: Clip): PosesView {
  return {
    framesPerSecond: clip.framesPerSecond,
    frames: clip.frames,
    poses: Buffer.from(toBytes(clip.poses)).toString("base64"),
  };
}

/** Segments that follow one another, as one clip. */
function clipView(segments: readonly Segment[]): ClipView {
  const [{ clip, length }] = segments;
  const poses = new Float32Array(segments.reduce((sum, segment) => sum + segment.clip.poses.length, 0));
  let at = 0;
  for (const segment of segments) {
    poses.set(segment.clip.poses, at);
    at += segment.clip.poses.length;
  }
  const frames = segments.reduce((sum, segment) => sum + segment.clip.frames, 0);
  return {
    segments: segments.map(({ id }) => id),
    steps: length * segments.length,
    ...posesView({ framesPerSecond: clip.framesPerSecond, frames, poses }),
  };
}

export function queryView({ query, segments }: Question): QueryView {
  return {
    id: query.id,
    kind: query.kind,
    selection: query.selection,
    atStep: query.atStep,
    clips: isStrip(query.kind) ? [clipView(segments)] : segments.map((segment) => clipView([segment])),
  };
}

/** @param role of whoever it is for */
export function runView(run: Run, live: LiveRun | null, version: string, role: Role): RunView {
  const status = live?.status() ?? run.status;
  return {
    id: run.id,
    name: run.name,
    task: run.task,
    question: run.question,
    teacher: run.options.teacher,
    labelsWanted: run.options.labels,
    stepsWanted: run.options.steps,
    stepsPerLabel: run.options.stepsPerLabel,
    scene: run.scene,
    stepSeconds: run.stepSeconds,
    status,
    live: live !== null && !isOver(status),
    answerTo: refusal(run, live) ?? (role === "viewer" ? "Your invitation is for looking; annotators answer." : null),
    version,
  };
}

/** @param mayManage whether it is for somebody who may change runs */
export function runSummary(run: Run, runs: RunDirectory, mayManage: boolean): RunSummary {
  const live = runs.live(run.id);
  const status = live?.status() ?? run.status;
  return {
    id: run.id,
    name: run.name,
    task: run.task,
    options: run.options,
    created: run.created.toISOString(),
    status,
    live: live !== null && !isOver(status),
    address: live === null ? (run.holder?.address ?? null) : null,
    problem: status.phase === "failed" ? runs.problem(run.id) : null,
    evaluation: run.evaluation === null ? null : { ...run.evaluation, measures: { ...run.evaluation.measures } },
    forkedFrom: run.forkedFrom,
    deleted: run.deleted === null ? null : run.deleted.toISOString(),
    actions: mayManage ? [...runs.actions(run)] : [],
  };
}

/** Why no answers are taken here, in a sentence; null where they are. */
export function refusal(run: Run, live: LiveRun | null): string | null {
  if (run.deleted !== null) return "This run is deleted. It can be restored under Runs.";
  const { phase } = live?.status() ?? run.status;
  if (phase === "finished") return "This run is finished.";
  if (phase === "stopped") {
    return `This run is paused. It goes on when it is resumed under Runs, or with "heed resume ${run.id}".`;
  }
  if (phase === "failed") {
    return `This run has failed. It can be resumed from its last checkpoint, under Runs or with "heed resume ${run.id}".`;
  }
  if (live === null) {
    const address = run.holder?.address;
    return `Another process works on this run, and this page only shows it.${address ? ` Answer at ${address}.` : ""}`;
  }
  if (run.options.teacher === "simulated") return "The simulated teacher answers in this run.";
  if (run.options.teacher === "none") return "The agent of this run learns from the true reward, and asks nobody.";
  return null;
}

function isOver({ phase }: Status): boolean {
  return phase === "finished" || phase === "stopped" || phase === "failed";
}
