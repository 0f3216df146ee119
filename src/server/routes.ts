// The API's routes. Each does what the store does and tells the run about it; none computes anything.
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyInstance } from "fastify";
import type { Judgement } from "../feedback/judgement.ts";
import type { Store } from "../store/store.ts";
import * as api from "./api.ts";
import { ApiError } from "./errors.ts";
import type { EventStream } from "./events.ts";
import type { LiveRun } from "./live.ts";
import { posesView, queryView, refusal, runView } from "./views.ts";

export interface Served {
  readonly store: Store;
  /** The run's id. */
  readonly run: string;
  readonly live: LiveRun | null;
  readonly events: EventStream;
  readonly openapi: () => unknown;
  /** Tells every page how many queries are open now. */
  readonly announceQueries: () => void;
}

/** Lines of metrics that a page gets at most. */
const MAX_METRICS = 500;
const DEFAULT_QUERIES = 3;
/** Who answers where the page does not say. */
const ANYBODY = "person";

export function addRoutes(instance: FastifyInstance, served: Served): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const { store, run, live, events } = served;

  const mustTakeAnswers = async (): Promise<void> => {
    const reason = refusal(await store.findRun(run), live);
    if (reason !== null) throw new ApiError(409, reason);
  };

  app.get(
    "/api/run",
    { schema: { summary: "The run, and what it is doing", response: { 200: api.RunView } } },
    async () => runView(await store.findRun(run), live, store.heedVersion),
  );

  app.get(
    "/api/queries",
    {
      schema: {
        summary: "Pairs of clips to compare, in the order in which they are to be answered",
        querystring: api.QueriesQuery,
        response: { 200: api.QueriesView },
      },
    },
    async (request) => {
      const open = await store.openQueries(run, request.query.limit ?? DEFAULT_QUERIES);
      return { queries: open.map(queryView) };
    },
  );

  app.post(
    "/api/judgements",
    {
      schema: {
        summary: "Answer a query",
        description:
          "Answers when the disk has it. The same judgement may be sent again: 201 the first time, 200 later. " +
          "409 where the query was answered, withdrawn, or taken back under this id, or the run takes no answers.",
        body: api.JudgementBody,
        response: { 200: api.JudgedView, 201: api.JudgedView },
      },
    },
    async (request, reply) => {
      const { run: of, ...body } = request.body;
      if (of !== run) throw new ApiError(409, "This server serves another run.", { expected: `run: ${run}` });
      await mustTakeAnswers();
      const judgement: Judgement = {
        ...body,
        annotator: body.annotator ?? ANYBODY,
        decisionMilliseconds: body.decisionMilliseconds ?? null,
      };
      const result = await store.judge(run, judgement);
      switch (result.outcome) {
        case "stored":
          live?.judged(judgement);
          served.announceQueries();
          return reply.code(201).send({ id: judgement.id, labels: result.labels });
        case "known":
          return { id: judgement.id, labels: result.labels };
        case "conflict":
          throw new ApiError(409, result.reason);
        case "unknown-query":
          throw new ApiError(404, `The run has no query ${judgement.query}.`, {
            hint: "GET /api/queries gives those that are open.",
          });
      }
    },
  );

  app.delete(
    "/api/judgements/:id",
    {
      schema: {
        summary: "Take a judgement back",
        description: "It no longer counts; its query is open again and is asked first. Safe to repeat.",
        params: api.JudgementParams,
        response: { 200: api.TakenBackView },
      },
    },
    async (request) => {
      await mustTakeAnswers();
      const result = await store.takeBack(run, request.params.id);
      switch (result.outcome) {
        case "taken-back":
          if (!result.again) {
            live?.takenBack(result.judgement);
            served.announceQueries();
          }
          return { labels: result.labels, query: queryView(result.comparison) };
        case "conflict":
          throw new ApiError(409, result.reason);
        case "unknown-judgement":
          throw new ApiError(404, `The run has no judgement ${request.params.id}.`);
      }
    },
  );

  app.get(
    "/api/judgements/last",
    {
      schema: {
        summary: "The last judgement that stands, of one annotator or of anybody",
        querystring: api.LastJudgementQuery,
        response: { 200: api.LastJudgementView },
      },
    },
    async (request) => ({ judgement: await store.lastJudgement(run, request.query.annotator) }),
  );

  app.get(
    "/api/metrics",
    { schema: { summary: "The learning curves, thinned evenly", response: { 200: api.MetricsView } } },
    async () => ({ metrics: [...(await store.listMetrics(run, MAX_METRICS))] }),
  );

  app.get(
    "/api/agent",
    { schema: { summary: "What the agent does now", response: { 200: api.AgentView } } },
    async () => {
      // Of a run that is over, or that another process works on, the last thing recorded is what can be shown.
      const clip = live === null ? await store.latestClip(run) : live.agentClip();
      return { clip: clip === null ? null : posesView(clip) };
    },
  );

  app.get(
    "/api/events",
    {
      exposeHeadRoute: false,
      schema: {
        summary: "What happens, as it happens: server-sent events status, metrics, agent, queries and evaluation",
      },
    },
    async (_request, reply) => {
      const status = live?.status() ?? (await store.findRun(run)).status;
      events.connect(reply, [{ name: "status", data: status }]);
    },
  );

  app.get("/api/openapi.json", { schema: { summary: "This description" } }, async () => served.openapi());
}
