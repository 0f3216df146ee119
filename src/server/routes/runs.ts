// Which runs there are.
import { personOf } from "../access.ts";
import * as api from "../api.ts";
import type { Run } from "../../store/store.ts";
import { CheckpointsView, RunsView, type RunSummary } from "../runs-api.ts";
import { findById, type App, type Served } from "../served.ts";
import { runSummary, runView } from "../views.ts";

export function addRunRoutes(app: App, served: Served): void {
  const { store, runs, current } = served;

  app.get(
    "/api/runs",
    { schema: { summary: "All runs, newest first", response: { 200: RunsView } } },
    async (request) => {
      const mayManage = request.person?.role === "owner";
      const view = (run: Run): RunSummary => runSummary(run, runs, mayManage);
      const [listed, deleted] = await Promise.all([store.listRuns(), store.listDeletedRuns()]);
      return {
        current,
        runs: listed.map(view),
        deleted: deleted.map(view),
        mayManage,
      };
    },
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
      return runView(run, runs.live(run.id), store.heedVersion, personOf(request).role);
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
