// How the agent did along its run.
import { ApiError } from "../errors.ts";
import * as api from "../history-api.ts";
import { RunParams } from "../api.ts";
import { knownRun, type App, type Served } from "../served.ts";
import { posesView } from "../views.ts";

export function addHistoryRoutes(app: App, served: Served): void {
  const { store } = served;

  app.get(
    "/api/runs/:run/history",
    {
      schema: {
        summary: "The moments of the agent that are remembered, without their clips",
        params: RunParams,
        response: { 200: api.HistoryView },
      },
    },
    async (request) => {
      const { run } = request.params;
      await knownRun(served, run);
      const moments = await store.listHistory(run);
      return { moments: moments.map((moment) => ({ ...moment, measures: { ...moment.measures } })) };
    },
  );

  app.get(
    "/api/runs/:run/history/:at",
    {
      schema: {
        summary: "One moment of the agent, with its clip",
        params: api.MomentParams,
        response: { 200: api.MomentView },
      },
    },
    async (request) => {
      const { run, at } = request.params;
      await knownRun(served, run);
      const moment = await store.findMoment(run, at);
      if (moment === null) {
        throw new ApiError(404, `Nothing is remembered of the run at ${at} steps.`, {
          hint: "GET /api/runs/{run}/history lists the moments that are.",
        });
      }
      return { ...moment, measures: { ...moment.measures }, clip: posesView(moment.clip) };
    },
  );
}
