// What people do with runs as such. The run directory does it; these routes only ask for it.
import { RunParams } from "../api.ts";
import { ForkBody, NewRunBody, OptionsView, RunSummary } from "../runs-api.ts";
import { findById, type App, type Served } from "../served.ts";
import { runSummary } from "../views.ts";

/** Each is safe to repeat, but for `resume`, which is refused where the run goes on already. */
const CHANGES = {
  pause: "Stop the run with everything kept",
  resume: "Go on with the run from its last checkpoint",
  delete: "Delete the run; it can be restored for a week",
  restore: "Bring a deleted run back",
} as const;

export function addManagingRoutes(app: App, served: Served): void {
  const { runs } = served;
  const summary = async (id: string): Promise<RunSummary> => runSummary(await findById(served, id), runs, true);

  app.get(
    "/api/options",
    { schema: { summary: "What a new run can be asked to do", response: { 200: OptionsView } } },
    async () => {
      const { schema, tasks } = await runs.offer();
      return { schema, tasks: [...tasks] };
    },
  );

  app.post(
    "/api/runs",
    {
      config: { role: "owner" },
      schema: {
        summary: "Start a run",
        description: "400 names the field that is wrong; 409 where no more runs may go on at the same time.",
        body: NewRunBody,
        response: { 201: RunSummary },
      },
    },
    async (request, reply) => reply.code(201).send(await summary(await runs.start(request.body))),
  );

  app.post(
    "/api/runs/:run/fork",
    {
      config: { role: "owner" },
      schema: {
        summary: "Make a run that goes on from a checkpoint of this one",
        description: "It has the answers to what was asked until then, and waits to be resumed.",
        params: RunParams,
        body: ForkBody,
        response: { 201: RunSummary },
      },
    },
    async (request, reply) => {
      const { id } = await findById(served, request.params.run);
      return reply.code(201).send(await summary(await runs.fork(id, request.body)));
    },
  );

  for (const [change, text] of Object.entries(CHANGES)) {
    // The keys of an object literal are exactly its type's keys.
    const name = change as keyof typeof CHANGES;
    app.post(
      `/api/runs/:run/${name}`,
      {
        config: { role: "owner" },
        schema: { summary: text, params: RunParams, response: { 200: RunSummary } },
      },
      async (request) => {
        const { id } = await findById(served, request.params.run);
        await runs[name](id);
        return summary(id);
      },
    );
  }
}
