// What people are asked.
import { annotatorOf, personOf } from "../access.ts";
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
        description:
          "Each query is handed to one person at a time: it is theirs for a minute, or until they answer or leave. A " +
          "share of the queries is asked of a second person too. Viewers see what is open without being handed it.",
        params: api.RunParams,
        querystring: api.QueriesQuery,
        response: { 200: api.QueriesView },
      },
    },
    async (request) => {
      const { run } = request.params;
      const { limit = DEFAULT_QUERIES, kind, annotator, have = "" } = request.query;
      await knownRun(served, run);
      if (personOf(request).role === "viewer") {
        const open = await served.store.openQueries(run, limit, kind);
        return { ids: open.map(({ query }) => query.id), queries: open.map(queryView) };
      }
      const ids = await served.desk.handOut(run, annotatorOf(request, served.access, annotator), limit, kind);
      const known = new Set(have.split(",").map(Number));
      const questions = await served.store.findQuestions(
        run,
        ids.filter((id) => !known.has(id)),
      );
      return { ids: [...ids], queries: questions.map(queryView) };
    },
  );

  app.post(
    "/api/runs/:run/leases",
    {
      config: { role: "annotator" },
      schema: {
        summary: "Keep the queries that were handed out for another minute",
        params: api.RunParams,
        querystring: api.AnnotatorQuery,
        response: { 200: api.LeasesView },
      },
    },
    async (request) => {
      const { run } = request.params;
      await knownRun(served, run);
      return { held: served.desk.leases(run).renew(annotatorOf(request, served.access, request.query.annotator)) };
    },
  );

  app.delete(
    "/api/runs/:run/leases",
    {
      config: { role: "annotator" },
      schema: {
        summary: "Give the queries that were handed out back, for others to answer",
        params: api.RunParams,
        querystring: api.AnnotatorQuery,
        response: { 200: api.LeasesView },
      },
    },
    async (request) => {
      const { run } = request.params;
      await knownRun(served, run);
      served.desk.leases(run).release(annotatorOf(request, served.access, request.query.annotator));
      return { held: 0 };
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
