// Brings trajectories from a file into a run: straight into the store, or where a process works on the run, through it.
import { shapeOf, windowsOf } from "../feedback/driven.ts";
import { contributionsOf } from "../store/contributions.ts";
import type { Run, Store } from "../store/store.ts";
import { messageOf, UsageError } from "./errors.ts";
import { readTrajectories, type FiledTrajectory } from "./trajectories.ts";

export interface Imported {
  readonly run: string;
  readonly trajectories: number;
  /** Trajectories that the run had already. */
  readonly known: number;
  readonly judgements: number;
}

/** Windows of the agent that trajectories are held against. */
const MOST_AGAINST = 100;

/**
 * @param annotator whose they are where the file does not say
 * @throws UsageError for a bad file, and where the run can take nothing
 */
export async function importTrajectories(
  store: Store,
  idOrName: string,
  path: string,
  annotator: string,
): Promise<Imported> {
  const run = await store.findRun(idOrName);
  if (run.status.phase === "finished") throw new UsageError(`${run.id} is finished, and learns from nothing any more.`);
  const against = await store.latestSegments(run.id, MOST_AGAINST);
  const [segment] = against;
  if (segment === undefined) {
    throw new UsageError(
      `The agent of ${run.id} has not done anything yet that these could be better than. Wait for its first question, ` +
        `or start a run with them: heed teach ${run.task} --from ${path}`,
    );
  }
  const shape = shapeOf(segment, run.stepSeconds);
  const filed = await readTrajectories(path, run.task, shape);
  const send = await destination(store, run);
  let known = 0;
  let judgements = 0;
  try {
    for (const trajectory of filed) {
      const by = { id: trajectory.id, annotator: trajectory.annotator ?? annotator, atStep: run.status.steps };
      const contributions = contributionsOf("demonstration", by, windowsOf(trajectory, shape, by.atStep), against);
      judgements += contributions.length;
      const isNew = await send(trajectory, by.annotator, () => store.volunteer(run.id, contributions));
      if (!isNew) known += 1;
    }
  } finally {
    await store.release(run.id);
  }
  return { run: run.id, trajectories: filed.length, known, judgements };
}

type Send = (
  trajectory: FiledTrajectory,
  annotator: string,
  keep: () => ReturnType<Store["volunteer"]>,
) => Promise<boolean>;

/** Where trajectories go; what it gives sends one, and says whether it was new. The run is claimed where nobody has it. */
async function destination(store: Store, run: Run): Promise<Send> {
  if (run.holder === null) {
    // Nobody else may begin to work on the run meanwhile: they would not hear of what is brought.
    await store.claim(run.id);
    return async (trajectory, _, keep) => {
      const result = await keep();
      if (result.outcome === "conflict") throw new UsageError(`Trajectory "${trajectory.id}": ${result.reason}`);
      return result.outcome === "stored";
    };
  }
  const { address } = run.holder;
  if (address === null) {
    throw new UsageError(
      `Process ${run.holder.processId} works on ${run.id} and serves no page to send these to. Stop it first; ` +
        `"heed resume ${run.id}" goes on with the run.`,
    );
  }
  const url = `${address}/api/runs/${encodeURIComponent(run.id)}/demonstrations`;
  return (trajectory, annotator) => post(url, run, trajectory, annotator);
}

async function post(url: string, run: Run, trajectory: FiledTrajectory, annotator: string): Promise<boolean> {
  const { id, steps, observations, actions, poses } = trajectory;
  const body = {
    id,
    steps,
    annotator,
    framesPerSecond: 1 / run.stepSeconds,
    observations: base64(observations),
    actions: base64(actions),
    ...(poses === null ? {} : { poses: base64(poses) }),
  };
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
  } catch (error) {
    throw new UsageError(`The process that works on ${run.id} cannot be reached at ${url}: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  if (response.ok) return response.status === 201;
  if (response.status === 401) {
    throw new UsageError(
      `The server that works on ${run.id} lets nobody in without an invitation, and this command has none. Pause the ` +
        "run on its page, import again, and resume it there.",
    );
  }
  // heed's own server says what is wrong in this form.
  const answer = (await response.json()) as { readonly error?: { readonly message?: string } };
  throw new UsageError(`Trajectory "${id}" was refused: ${answer.error?.message ?? `status ${response.status}`}`);
}

function base64(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}
