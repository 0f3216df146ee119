// What routes work with.
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Run, Store } from "../store/store.ts";
import type { Access } from "./access.ts";
import type { Channels } from "./channels.ts";
import type { Crowd } from "./crowd.ts";
import type { Desk } from "./desk.ts";
import type { LiveRun, RunDirectory } from "./live.ts";
import { refusal } from "./views.ts";
import { ApiError } from "./errors.ts";
import type { TokenAccess } from "./tokens.ts";

/** A server whose routes get the types of their schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface Served {
  readonly store: Store;
  readonly runs: RunDirectory;
  /** The id of the run that pages open first; null where there is none. */
  readonly current: string | null;
  readonly channels: Channels;
  /** Says who asks. */
  readonly access: Access;
  /** The same where people come in by invitation; null where only this machine reaches the server. */
  readonly invitations: TokenAccess | null;
  /** Where people find the page. */
  readonly address: () => string;
  readonly desk: Desk;
  readonly crowd: Crowd;
  readonly openapi: () => unknown;
}

/** The run of this id. Throws where there is none: a name could one day be another run's. */
export async function findById({ store }: Served, id: string): Promise<Run> {
  const run = await store.findRun(id);
  if (run.id !== id) throw new ApiError(404, `There is no run with the id ${id}.`, { expected: run.id });
  return run;
}

/** Makes sure that there is such a run, and returns it where it goes on in this process. */
export async function knownRun(served: Served, id: string): Promise<LiveRun | null> {
  const live = served.runs.live(id);
  // Looking a run up costs more than many of the requests about it do.
  if (live === null) await findById(served, id);
  return live;
}

/** Throws an ApiError with the reason where the run takes no answers here; returns what is to hear of them. */
export async function mustTakeAnswers(served: Served, id: string): Promise<LiveRun | null> {
  const run = await findById(served, id);
  const live = served.runs.live(id);
  const reason = refusal(run, live);
  if (reason !== null) throw new ApiError(409, reason);
  return live;
}
