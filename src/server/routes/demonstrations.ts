// What people show with their own hands: demonstrations, and corrections of what the agent did.
import { annotatorOf } from "../access.ts";
import {
  LEAST_TRAJECTORY_SECONDS,
  shapeOf,
  trajectoryFault,
  type Trajectory,
  type TrajectoryShape,
  windowsOf,
} from "../../feedback/driven.ts";
import type { Segment } from "../../feedback/segment.ts";
import { toBytes } from "../../store/bytes.ts";
import { broughtJudgementId, contributionsOf } from "../../store/contributions.ts";
import type { Contribution, Run } from "../../store/store.ts";
import { RunParams } from "../api.ts";
import * as api from "../demonstrations-api.ts";
import { ApiError } from "../errors.ts";
import type { LiveRun } from "../live.ts";
import { findById, mustTakeAnswers, type App, type Served } from "../served.ts";

/** Windows of the agent that a demonstration is held against. */
const MOST_AGAINST = 100;
/** A correction says most about the clip that it begins in; what follows is worth a few windows more. */
const MOST_CORRECTED = 4;
/** A trajectory from a state of 32-bit floats begins this near to where the agent's window does. */
const SAME_START = 1e-3;

export function addDemonstrationRoutes(app: App, served: Served): void {
  const { store, access } = served;

  /** Keeps contributions and hands them to training. */
  const keep = async (run: string, live: LiveRun | null, contributions: readonly Contribution[]): Promise<boolean> => {
    const result = await store.volunteer(run, contributions);
    if (result.outcome === "conflict") throw new ApiError(409, result.reason);
    if (result.outcome === "known") return false;
    for (const { judgement, ...question } of result.kept) live?.volunteered(question, judgement);
    return true;
  };

  app.post(
    "/api/runs/:run/demonstrations",
    {
      bodyLimit: api.DRIVEN_BODY_LIMIT,
      config: { role: "annotator" },
      schema: {
        summary: "Show what is wanted: a trajectory of 1 second to 5 minutes",
        description:
          "Its windows count as better than what the agent did of late. Answers when the disk has it. The same " +
          "demonstration may be sent again: 201 the first time, 200 later.",
        params: RunParams,
        body: api.DemonstrationBody,
        response: { 200: api.DemonstrationView, 201: api.DemonstrationView },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const live = await mustTakeAnswers(served, request.params.run);
      const run = await findById(served, request.params.run);
      const against = await store.latestSegments(run.id, MOST_AGAINST);
      const shape = mustHaveShape(run, against);
      const trajectory = decode(body, shape, LEAST_TRAJECTORY_SECONDS);
      const { steps: atStep } = live?.status() ?? run.status;
      const annotator = annotatorOf(request, access, body.annotator);
      const windows = windowsOf(trajectory, shape, atStep);
      const contributions = contributionsOf("demonstration", { id: body.id, annotator, atStep }, windows, against);
      const isNew = await keep(run.id, live, contributions);
      return reply.code(isNew ? 201 : 200).send({ id: body.id, judgements: contributions.length });
    },
  );

  app.post(
    "/api/runs/:run/corrections",
    {
      bodyLimit: api.DRIVEN_BODY_LIMIT,
      config: { role: "annotator" },
      schema: {
        summary: "Take over one of the agent's windows and show better",
        description:
          "The trajectory begins where the window does, does what the agent did until `at`, and goes on at least to " +
          "the window's end. It counts as better than the window.",
        params: RunParams,
        body: api.CorrectionBody,
        response: { 200: api.DemonstrationView, 201: api.DemonstrationView },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const live = await mustTakeAnswers(served, request.params.run);
      const run = await findById(served, request.params.run);
      const replaced = await mustFindSegment(served, run.id, body.segment);
      const shape = mustHaveShape(run, [replaced]);
      // It is as long as the window that it corrects, whatever that is.
      const trajectory = decode(body, shape, 0);
      mustContinue(trajectory, replaced, shape, body.at);
      const { steps: atStep } = live?.status() ?? run.status;
      const annotator = annotatorOf(request, access, body.annotator);
      const windows = windowsOf(trajectory, shape, atStep).slice(0, MOST_CORRECTED);
      const contributions = contributionsOf("correction", { id: body.id, annotator, atStep }, windows, [replaced]);
      const isNew = await keep(run.id, live, contributions);
      return reply.code(isNew ? 201 : 200).send({ id: body.id, judgements: contributions.length });
    },
  );

  app.delete(
    "/api/runs/:run/demonstrations/:id",
    {
      config: { role: "annotator" },
      schema: {
        summary: "Take a demonstration or correction back",
        description: "Nothing that came of it counts any more. Safe to repeat.",
        params: api.DemonstrationParams,
        response: { 200: api.DemonstrationView },
      },
    },
    async (request) => {
      const { run, id } = request.params;
      const live = await mustTakeAnswers(served, run);
      let judgements = 0;
      for (;;) {
        const result = await store.takeBack(run, broughtJudgementId(id, judgements));
        if (result.outcome === "unknown-judgement") break;
        if (result.outcome === "conflict") throw new ApiError(409, result.reason);
        if (!result.again) live?.takenBack(result.judgement);
        judgements += 1;
      }
      if (judgements === 0) throw new ApiError(404, `The run has no demonstration ${id}.`);
      return { id, judgements };
    },
  );

  app.get(
    "/api/runs/:run/segments/:segment/start",
    {
      schema: {
        summary: "Where one of the agent's windows begins, and what it did from there: what it takes to take over",
        params: api.SegmentParams,
        response: { 200: api.SegmentStartView },
      },
    },
    async (request) => {
      const { run, segment } = request.params;
      await findById(served, run);
      const found = await mustFindSegment(served, run, segment);
      if (found.state === null) {
        throw new ApiError(409, `Segment ${segment} cannot be taken over: the state of its world was not kept.`, {
          hint: "Worlds without state() and restore(), and clips of older versions of heed, can only be watched.",
        });
      }
      const { length, observations, actions, state } = found;
      const first = observations.subarray(0, observations.length / length);
      return { length, state: base64(state), observation: base64(first), actions: base64(actions) };
    },
  );
}

async function mustFindSegment({ store }: Served, run: string, id: number): Promise<Segment> {
  const segment = await store.findSegment(run, id);
  if (segment === null) throw new ApiError(404, `The run has no segment ${id}.`);
  return segment;
}

function mustHaveShape(run: Run, segments: readonly Segment[]): TrajectoryShape {
  const [segment] = segments;
  if (segment === undefined) {
    throw new ApiError(409, "The agent has not done anything yet that this could be better than.", {
      hint: "Wait for the run's first question.",
    });
  }
  return shapeOf(segment, run.stepSeconds);
}

/** The trajectory in the body. Throws an ApiError that says what is wrong with it. */
function decode(body: api.DrivenView, shape: TrajectoryShape, leastSeconds: number): Trajectory {
  const rate = 1 / shape.stepSeconds;
  if (!(Math.abs(body.framesPerSecond - rate) <= 1e-6 * rate)) {
    throw new ApiError(400, `body/framesPerSecond is ${body.framesPerSecond}, which is not the rate of this world.`, {
      expected: `${rate}`,
    });
  }
  const trajectory = {
    steps: body.steps,
    observations: floats(body.observations, "observations"),
    actions: floats(body.actions, "actions"),
    poses: body.poses === undefined ? null : floats(body.poses, "poses"),
  };
  const fault = trajectoryFault(trajectory, shape, leastSeconds);
  if (fault !== null) throw new ApiError(400, `This trajectory cannot be used. ${fault}`);
  return trajectory;
}

/** Throws where a trajectory does not begin as the window that it corrects does. */
function mustContinue(trajectory: Trajectory, replaced: Segment, shape: TrajectoryShape, at: number): void {
  const { observationSize, actionSize, stepSeconds, windowSteps } = shape;
  const taken = Math.round(at / stepSeconds);
  if (taken >= windowSteps) {
    throw new ApiError(400, `body/at is ${at} s, which is after the window's end.`, {
      expected: `below ${(windowSteps * stepSeconds).toFixed(3)}`,
    });
  }
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_START * Math.max(1, Math.abs(b));
  const { observations, actions } = replaced;
  const sameStart = observations.subarray(0, observationSize).every((x, i) => near(trajectory.observations[i], x));
  const sameWay = actions.subarray(0, taken * actionSize).every((x, i) => near(trajectory.actions[i], x));
  if (!sameStart || !sameWay) {
    throw new ApiError(400, "This trajectory does not go on from the window that it is to correct.", {
      expected: "the window's first observation, and its actions until `at`",
      hint: "GET /api/runs/{run}/segments/{segment}/start gives both.",
    });
  }
}

function floats(text: string, name: string): Float32Array {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length % 4 !== 0 || bytes.toString("base64") !== text) {
    throw new ApiError(400, `body/${name} is not the base64 of 32-bit floats.`);
  }
  const values = new Float32Array(bytes.length / 4);
  for (let i = 0; i < values.length; i++) values[i] = bytes.readFloatLE(4 * i);
  return values;
}

function base64(values: Float32Array): string {
  return Buffer.from(toBytes(values)).toString("base64");
}
