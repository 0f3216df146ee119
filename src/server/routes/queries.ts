// What people are asked.
import * as api from "../api.ts";
import { knownRun, mustTakeAnswers, type App, type Served } from "../served.ts";
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

  app.post(
    "/api/runs/:run/queries",
    {
      config: { role: "annotator" },
      schema: {
        summary: "Ask to be asked in one way",
        description:
          "Queries of this kind come soon after, as the event queries says: at most so many, and fewer or none where " +
          "the agent has done too little for them yet.",
        params: api.RunParams,
        body: api.RequestBody,
        response: { 202: api.RequestedView },
      },
    },
    async (request, reply) => {
      const { run } = request.params;
      const { kind, count } = request.body;
      const live = await mustTakeAnswers(served, run);
      live?.request(kind, count);
      return reply.code(202).send({ open: await served.store.countOpenQueries(run, kind) });
    },
  );
}
