// Which runs there are.
import * as api from "../api.ts";
import { findById, type App, type Served } from "../served.ts";
import { runSummary, runView } from "../views.ts";

export function addRunRoutes(app: App, served: Served): void {
  const { store, runs, current } = served;

  app.get(
    "/api/runs",
    { schema: { summary: "All runs, newest first", response: { 200: api.RunsView } } },
    async () => ({
      current,
      runs: (await store.listRuns()).map((run) => runSummary(run, runs.live(run.id))),
    }),
  );

  app.get(
    "/api/runs/:run",
    {
      schema: {
        summary: "One run, and what it is doing",
        params: api.RunParams,
        response: { 200: api.RunView },
      },
    },
    async (request) => {
      const run = await findById(served, request.params.run);
      return runView(run, runs.live(run.id), store.heedVersion);
    },
  );
}
