import type { AddressInfo } from "node:net";
import fastifyCookie from "@fastify/cookie";
import fastifyStatic from "@fastify/static";
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import fastify, { type FastifyInstance } from "fastify";
import { Settings } from "typebox/system";
import type { Store } from "../store/store.ts";
import { guard, THIS_MACHINE } from "./access.ts";
import { Channels } from "./channels.ts";
import { Crowd } from "./crowd.ts";
import { Desk, TWICE } from "./desk.ts";
import { answerErrors, errorView, explain } from "./errors.ts";
import { makeLimits } from "./limits.ts";
import type { RunDirectory } from "./live.ts";
import { describeApi } from "./openapi.ts";
import { LOOPBACK, nextFreePort, PortBusyError } from "./port.ts";
import { publicAddress, type Reach } from "./reach.ts";
import { addRoutes } from "./routes.ts";
import { HEADERS, physicsHeaders, secure } from "./security.ts";
import { TokenAccess } from "./tokens.ts";

export interface ServerOptions {
  readonly store: Store;
  /** Which of the store's runs go on in this process. */
  readonly runs: RunDirectory;
  /** The id of the run that pages open first; null where there is none. */
  readonly current: string | null;
  /**
   * How other machines reach the server; then nobody is let in without an invitation. Left out, only this machine
   * does, and whoever sits at it may do everything.
   */
  readonly reach?: Reach | undefined;
  /** Share of queries that a second person is asked too, 0 to 1, where there are several; default 0.1. */
  readonly twice?: number | undefined;
  /** The directory of the built page. */
  readonly webRoot: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Gets errors that nobody foresaw; whoever asked was told of a fault inside heed. */
  readonly onError: (error: Error) => void;
}

export interface Server {
  /** Where the page is: `http://127.0.0.1:4333`. */
  readonly address: string;
  readonly port: number;
  /** For tests: requests without a socket. */
  readonly inject: FastifyInstance["inject"];
  /** Ends every connection and stops listening. The store stays open. */
  close(): Promise<void>;
}

const MAX_BODY = 64 * 1024;
/** Longer than any id, written as a percent-encoded path. */
const MAX_PARAMETER = 1_024;
/** What is wrong with a body, counted over all that it might have been meant as. */
const MOST_PROBLEMS = 64;

/**
 * Serves the runs of a store and their page, on the loopback address unless other machines are to reach it. Throws a
 * PortBusyError where the port is in use.
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { store, runs, current, reach = null, twice = TWICE, onError } = options;
  let port = options.port;
  const app = fastify({
    bodyLimit: MAX_BODY,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PARAMETER },
    // Addresses that are no addresses come here before any hook.
    frameworkErrors: (error, _request, reply) => {
      const explained = explain(error);
      reply.raw.writeHead(explained.statusCode, { ...HEADERS, "content-type": "application/json; charset=utf-8" });
      reply.raw.end(JSON.stringify(errorView(explained)));
    },
  });
  app.removeContentTypeParser("text/plain");
  // Those of all kinds of answers, of which the ones of its own kind are then told.
  Settings.Set({ maxErrors: MOST_PROBLEMS });
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  secure(app, reach, () => port);
  answerErrors(app, onError);
  await app.register(fastifyCookie);
  const invitations =
    reach === null
      ? null
      : new TokenAccess({ store, port: () => port, secure: reach.origin?.startsWith("https:") === true });
  const access = invitations ?? THIS_MACHINE;
  guard(app, access, reach === null ? null : await makeLimits(app));

  const address = (): string => publicAddress(reach, port);
  const desk = new Desk(store, twice);
  const crowd = new Crowd(store, runs, onError);
  const channels = new Channels(store, runs, onError);
  const openapi = describeApi(app, store.heedVersion);
  const served = { store, runs, current, channels, openapi, access, invitations, address, desk, crowd };
  addRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), served);
  await app.register(fastifyStatic, {
    root: options.webRoot,
    dotfiles: "ignore",
    setHeaders: physicsHeaders(options.webRoot),
  });
  // The page itself finds the token behind the #, which never reaches the server by the link alone.
  app.get("/join", { schema: { summary: "The page, where an invitation leads" } }, (_request, reply) =>
    reply.sendFile("index.html"),
  );

  const close = async (): Promise<void> => {
    crowd.close();
    channels.close();
    await app.close();
  };
  try {
    await app.listen({ host: reach?.host ?? LOOPBACK, port: options.port });
  } catch (error) {
    await close();
    throw await explainListenError(reach?.host ?? LOOPBACK, options.port, error);
  }
  // A server that listens on a port has an address of this kind.
  port = (app.server.address() as AddressInfo).port;
  return { address: address(), port, inject: app.inject.bind(app), close };
}

async function explainListenError(host: string, port: number, error: unknown): Promise<unknown> {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return new PortBusyError(port, await nextFreePort(port), { cause: error });
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new Error(`This machine has no address ${host}. Give one of its own, or 0.0.0.0 for all that it has.`, {
      cause: error,
    });
  }
  if (code === "EACCES") {
    return new Error(`Port ${port} is not for ordinary users. Choose one above 1023.`, { cause: error });
  }
  return error;
}
