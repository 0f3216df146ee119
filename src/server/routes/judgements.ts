// What people answer.
import type { Judgement } from "../../feedback/judgement.ts";
import * as api from "../api.ts";
import { ApiError } from "../errors.ts";
import { knownRun, mustTakeAnswers, type App, type Served } from "../served.ts";
import { queryView } from "../views.ts";

/** Who answers where the page does not say. */
const ANYBODY = "person";

export function addJudgementRoutes(app: App, served: Served): void {
  const { store, channels } = served;

  app.post(
    "/api/runs/:run/judgements",
    {
      config: { role: "annotator" },
      schema: {
        summary: "Answer a query",
        description:
          "Answers when the disk has it. The same judgement may be sent again: 201 the first time, 200 later. " +
          "409 where the query was answered, withdrawn, or taken back under this id, or the run takes no answers.",
        params: api.RunParams,
        body: api.JudgementBody,
        response: { 200: api.JudgedView, 201: api.JudgedView },
      },
    },
    async (request, reply) => {
      const { run } = request.params;
      const live = await mustTakeAnswers(served, run);
      const { body } = request;
      const judgement: Judgement = {
        ...body,
        annotator: body.annotator ?? ANYBODY,
        decisionMilliseconds: body.decisionMilliseconds ?? null,
      };
      const result = await store.judge(run, judgement);
      switch (result.outcome) {
        case "stored":
          live?.judged(judgement);
          channels.announceQueries(run);
          return reply.code(201).send({ id: judgement.id, labels: result.labels });
        case "known":
          return { id: judgement.id, labels: result.labels };
        case "conflict":
          throw new ApiError(409, result.reason);
        case "invalid":
          throw new ApiError(400, result.reason);
        case "unknown-query":
          throw new ApiError(404, `The run has no query ${judgement.query}.`, {
            hint: "GET /api/runs/{run}/queries gives those that are open.",
          });
      }
    },
  );

  app.delete(
    "/api/runs/:run/judgements/:id",
    {
      config: { role: "annotator" },
      schema: {
        summary: "Take a judgement back",
        description: "It no longer counts; its query is open again and is asked first. Safe to repeat.",
        params: api.JudgementParams,
        response: { 200: api.TakenBackView },
      },
    },
    async (request) => {
      const { run, id } = request.params;
      const live = await mustTakeAnswers(served, run);
      const result = await store.takeBack(run, id);
      switch (result.outcome) {
        case "taken-back":
          if (!result.again) {
            live?.takenBack(result.judgement);
            channels.announceQueries(run);
          }
          return { labels: result.labels, query: queryView(result.question) };
        case "conflict":
          throw new ApiError(409, result.reason);
        case "unknown-judgement":
          throw new ApiError(404, `The run has no judgement ${id}.`);
      }
    },
  );

  app.get(
    "/api/runs/:run/judgements/last",
    {
      schema: {
        summary: "The last judgement that stands, of one annotator or of anybody",
        params: api.RunParams,
        querystring: api.LastJudgementQuery,
        response: { 200: api.LastJudgementView },
      },
    },
    async (request) => {
      const { run } = request.params;
      await knownRun(served, run);
      return { judgement: await store.lastJudgement(run, request.query.annotator) };
    },
  );
}
