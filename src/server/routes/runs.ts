// Which runs there are.
import * as api from "../api.ts";
import { CheckpointsView, RunsView } from "../runs-api.ts";
import { findById, type App, type Served } from "../served.ts";
import { runSummary, runView } from "../views.ts";

export function addRunRoutes(app: App, served: Served): void {
  const { store, runs, current } = served;

  app.get("/api/runs", { schema: { summary: "All runs, newest first", response: { 200: RunsView } } }, async () => {
    const [listed, deleted] = await Promise.all([store.listRuns(), store.listDeletedRuns()]);
    return {
      current,
      runs: listed.map((run) => runSummary(run, runs)),
      deleted: deleted.map((run) => runSummary(run, runs)),
    };
  });

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

  app.get(
    "/api/runs/:run/checkpoints",
    {
      schema: {
        summary: "The checkpoints from which the run can be forked",
        params: api.RunParams,
        response: { 200: CheckpointsView },
      },
    },
    async (request) => {
      const { id } = await findById(served, request.params.run);
      return { steps: [...(await store.listCheckpoints(id))] };
    },
  );
}
