// Clips by what the reward model makes of them, and the clips of one query with its predictions.
import { isStrip, type Question } from "../../feedback/judgement.ts";
import { predictedReward, type Segment } from "../../feedback/segment.ts";
import * as api from "../answers-api.ts";
import { RunParams } from "../api.ts";
import { ApiError } from "../errors.ts";
import { knownRun, type App, type Served } from "../served.ts";
import { posesView, queryView } from "../views.ts";

const DEFAULT_CLIPS = 12;

export function addClipRoutes(app: App, served: Served): void {
  const { store } = served;

  app.get(
    "/api/runs/:run/clips",
    {
      schema: {
        summary: "Clips of the agent of which most or least reward is predicted, or the newest",
        params: RunParams,
        querystring: api.ClipsQuery,
        response: { 200: api.ClipsView },
      },
    },
    async (request) => {
      const { run } = request.params;
      const { sort = "best", limit = DEFAULT_CLIPS } = request.query;
      await knownRun(served, run);
      const segments = await (sort === "newest"
        ? store.latestSegments(run, limit)
        : store.extremeSegments(run, sort, limit));
      return { clips: segments.map(predictedClipView) };
    },
  );

  app.get(
    "/api/runs/:run/queries/:query",
    {
      schema: {
        summary: "One query, open or not, with its clips and what is predicted of them",
        params: api.QuestionParams,
        response: { 200: api.ReplayView },
      },
    },
    async (request) => {
      const { run, query } = request.params;
      await knownRun(served, run);
      const question = await store.findQuestion(run, query);
      if (question === null) throw new ApiError(404, `The run has no query ${query}.`);
      return { query: queryView(question), rewards: traces(question) };
    },
  );
}

function predictedClipView(segment: Segment): api.PredictedClipView {
  return {
    segment: segment.id,
    atStep: segment.atStep,
    predicted: predictedReward(segment),
    rewards: trace([segment]),
    ...posesView(segment.clip),
  };
}

/** What is predicted of each clip; the segments of a strip are one clip. */
function traces({ query, segments }: Question): (number[] | null)[] {
  return isStrip(query.kind) ? [trace(segments)] : segments.map((segment) => trace([segment]));
}

function trace(segments: readonly Segment[]): number[] | null {
  const rewards = segments.flatMap((segment) => [...segment.rewards]);
  // Four digits are more than anybody sees of a curve.
  return rewards.every(Number.isFinite) ? rewards.map((reward) => Number(reward.toPrecision(4))) : null;
}
