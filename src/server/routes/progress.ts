// How a run goes: its curves, its agent, and what happens as it happens.
import type { Clip } from "../../feedback/segment.ts";
import type { Store } from "../../store/store.ts";
import * as api from "../api.ts";
import { findById, knownRun, type App, type Served } from "../served.ts";
import { posesView } from "../views.ts";

/** Lines of metrics that a page gets at most. */
const MAX_METRICS = 500;

export function addProgressRoutes(app: App, served: Served): void {
  const { store, channels } = served;

  app.get(
    "/api/runs/:run/metrics",
    {
      schema: {
        summary: "The learning curves, thinned evenly",
        params: api.RunParams,
        response: { 200: api.MetricsView },
      },
    },
    async (request) => {
      const { run } = request.params;
      await knownRun(served, run);
      return { metrics: [...(await store.listMetrics(run, MAX_METRICS))] };
    },
  );

  app.get(
    "/api/runs/:run/agent",
    { schema: { summary: "What the agent does now", params: api.RunParams, response: { 200: api.AgentView } } },
    async (request) => {
      const { run } = request.params;
      const live = await knownRun(served, run);
      // Of a run that is over, or that another process works on, the last thing recorded is what can be shown.
      const clip = live === null ? await lastClip(store, run) : live.agentClip();
      return { clip: clip === null ? null : posesView(clip) };
    },
  );

  app.get(
    "/api/runs/:run/events",
    {
      exposeHeadRoute: false,
      schema: {
        summary: "What happens, as it happens: server-sent events status, metrics, agent, queries and evaluation",
        params: api.RunParams,
      },
    },
    async (request, reply) => {
      const { run } = request.params;
      const status = served.runs.live(run)?.status() ?? (await findById(served, run)).status;
      const mayListen = async (): Promise<boolean> => {
        const person = await served.access.identify(request).catch(() => null);
        return person !== null;
      };
      channels.events(run).connect(reply, [{ name: "status", data: status }], mayListen);
    },
  );
}

/** What was last to be judged, or last remembered where nobody is asked. */
async function lastClip(store: Store, run: string): Promise<Clip | null> {
  const clip = await store.latestClip(run);
  if (clip !== null) return clip;
  const last = (await store.listHistory(run)).at(-1);
  const moment = last === undefined ? null : await store.findMoment(run, last.steps);
  return moment?.clip ?? null;
}
