// What people are asked.
import * as api from "../api.ts";
import { knownRun, type App, type Served } from "../served.ts";
import { queryView } from "../views.ts";

const DEFAULT_QUERIES = 3;

export function addQueryRoutes(app: App, served: Served): void {
  app.get(
    "/api/runs/:run/queries",
    {
      schema: {
        summary: "What is to be answered, in the order in which it is to be",
        params: api.RunParams,
        querystring: api.QueriesQuery,
        response: { 200: api.QueriesView },
      },
    },
    async (request) => {
      const { run } = request.params;
      await knownRun(served, run);
      const open = await served.store.openQueries(run, request.query.limit ?? DEFAULT_QUERIES, request.query.kind);
      return { queries: open.map(queryView) };
    },
  );
}
