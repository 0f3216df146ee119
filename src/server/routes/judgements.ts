// What people answer.
import type { Judgement } from "../../feedback/judgement.ts";
import { annotatorOf, personOf } from "../access.ts";
import * as api from "../api.ts";
import { ApiError } from "../errors.ts";
import { knownRun, mustTakeAnswers, type App, type Served } from "../served.ts";
import { queryView } from "../views.ts";

export function addJudgementRoutes(app: App, served: Served): void {
  const { store, channels, desk, crowd } = served;

  app.post(
    "/api/runs/:run/judgements",
    {
      config: { role: "annotator" },
      schema: {
        summary: "Answer a query",
        description:
          "Answers when the disk has it. The same judgement may be sent again: 201 the first time, 200 later. " +
          "409 where this person answered the query before, it was withdrawn, or the judgement was taken back under " +
          "this id, or the run takes no answers. What somebody else has answered in the meantime is a second opinion.",
        params: api.RunParams,
        body: api.JudgementBody,
        response: { 200: api.JudgedView, 201: api.JudgedView },
      },
    },
    async (request, reply) => {
      const { run } = request.params;
      const live = await mustTakeAnswers(served, run);
      const { body } = request;
      const annotator = annotatorOf(request, served.access, body.annotator);
      const judgement: Judgement = {
        ...body,
        annotator,
        decisionMilliseconds: body.decisionMilliseconds ?? null,
      };
      const result = await store.judge(run, judgement, desk.wantsSecondOpinion(run, body.query, annotator));
      switch (result.outcome) {
        case "stored":
          live?.judged(judgement);
          desk.leases(run).release(annotator, judgement.query);
          crowd.answered(run);
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
      const person = personOf(request);
      // Owners look after everybody's answers; others after their own.
      if (person.role !== "owner") await mustBeOwn(served, run, id, person.name);
      const result = await store.takeBack(run, id);
      switch (result.outcome) {
        case "taken-back":
          if (!result.again) {
            live?.takenBack(result.judgement);
            desk.leases(run).hold(result.judgement.annotator, result.judgement.query);
            crowd.answered(run);
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
        summary: "The last judgement of a query that stands, of one annotator or of anybody",
        params: api.RunParams,
        querystring: api.LastJudgementQuery,
        response: { 200: api.LastJudgementView },
      },
    },
    async (request) => {
      const { run } = request.params;
      await knownRun(served, run);
      // Whoever came in by invitation can take back their own answers, and so is told of those.
      const annotator = served.invitations === null ? request.query.annotator : personOf(request).name;
      return { judgement: await store.lastJudgement(run, annotator) };
    },
  );
}

/** Throws where the judgement is somebody else's. */
async function mustBeOwn({ store }: Served, run: string, id: string, name: string): Promise<void> {
  const judgement = await store.findJudgement(run, id);
  if (judgement !== null && judgement.annotator !== name) {
    throw new ApiError(403, `Judgement ${id} is by somebody else.`, { hint: "Owners may take back anybody's." });
  }
}
