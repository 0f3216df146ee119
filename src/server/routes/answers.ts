// All answers of a run: looked through, and given anew.
import type { Judgement } from "../../feedback/judgement.ts";
import type { GivenAnswer } from "../../store/answers.ts";
import { ANYBODY, personOf } from "../access.ts";
import * as api from "../answers-api.ts";
import { JudgementParams, RunParams } from "../api.ts";
import { ApiError } from "../errors.ts";
import { knownRun, mustTakeAnswers, type App, type Served } from "../served.ts";

const PAGE = 100;

export function addAnswerRoutes(app: App, served: Served): void {
  const { store, channels } = served;

  app.get(
    "/api/runs/:run/judgements",
    {
      schema: {
        summary: "All answers that stand, newest first, a page at a time",
        params: RunParams,
        querystring: api.AnswersQuery,
        response: { 200: api.AnswersView },
      },
    },
    async (request) => {
      const { run } = request.params;
      const { before = null, limit = PAGE, ...filter } = request.query;
      await knownRun(served, run);
      const { answers, next } = await store.listAnswers(run, filter, before, limit);
      return { answers: answers.map(answerView), next, annotators: [...(await store.listAnnotators(run))] };
    },
  );

  app.post(
    "/api/runs/:run/judgements/:id/revise",
    {
      config: { role: "annotator" },
      schema: {
        summary: "Give an answer anew: the old one no longer counts, and this one does",
        description:
          "Answers when the disk has it. The same may be sent again: 201 the first time, 200 later. Annotators revise " +
          "their own answers, owners everybody's. 409 where the old one was taken back, or the run takes no answers.",
        params: JudgementParams,
        body: api.ReviseBody,
        response: { 200: api.RevisedView, 201: api.RevisedView },
      },
    },
    async (request, reply) => {
      const { run, id } = request.params;
      const { body } = request;
      const person = personOf(request);
      const live = await mustTakeAnswers(served, run);
      const before = await store.findJudgement(run, id);
      if (before === null) throw new ApiError(404, `The run has no judgement ${id}.`);
      if (person.role !== "owner" && person.name !== before.annotator) {
        throw new ApiError(403, "This answer is somebody else's.", { hint: "Its owner can revise it, or the run's." });
      }
      const judgement: Judgement = {
        id: body.id,
        query: before.query,
        answer: body.answer,
        // Where nobody says who they are, it stays whose it was.
        annotator: person.name === ANYBODY ? before.annotator : person.name,
        decisionMilliseconds: body.decisionMilliseconds ?? null,
      };
      const result = await store.revise(run, id, judgement);
      switch (result.outcome) {
        case "revised":
          live?.takenBack(result.before);
          live?.judged(judgement);
          channels.announceQueries(run);
          return reply.code(201).send({ id: judgement.id });
        case "known":
          return { id: judgement.id };
        case "conflict":
          throw new ApiError(409, result.reason);
        case "invalid":
          throw new ApiError(400, result.reason);
        case "unknown-judgement":
          throw new ApiError(404, `The run has no judgement ${id}.`);
      }
    },
  );
}

function answerView({ judgement, query, answered, probability }: GivenAnswer): api.AnswerView {
  return {
    id: judgement.id,
    query: query.id,
    kind: query.kind,
    selection: query.selection,
    atStep: query.atStep,
    answer: judgement.answer,
    annotator: judgement.annotator,
    decisionMilliseconds: judgement.decisionMilliseconds,
    answered: answered.toISOString(),
    probability,
  };
}
