import type { AddressInfo } from "node:net";
import fastifyStatic from "@fastify/static";
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import fastify, { type FastifyInstance } from "fastify";
import type { Store } from "../store/store.ts";
import { guard, THIS_MACHINE, type Access } from "./access.ts";
import { Channels } from "./channels.ts";
import { answerErrors, errorView, explain } from "./errors.ts";
import type { RunDirectory } from "./live.ts";
import { describeApi } from "./openapi.ts";
import { LOOPBACK, nextFreePort, PortBusyError } from "./port.ts";
import { addRoutes } from "./routes.ts";
import { HEADERS, secure } from "./security.ts";

export interface ServerOptions {
  readonly store: Store;
  /** Which of the store's runs go on in this process. */
  readonly runs: RunDirectory;
  /** The id of the run that pages open first; null where there is none. */
  readonly current: string | null;
  /** Who may do what; left out, whoever reaches the server may do everything. */
  readonly access?: Access;
  /** The directory of the built page. */
  readonly webRoot: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Gets errors that nobody foresaw; whoever asked was told of a fault inside heed. */
  readonly onError: (error: Error) => void;
}

export interface Server {
  /** `http://127.0.0.1:4333` */
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

/** Serves the runs of a store and their page on the loopback address. Throws a PortBusyError where the port is in use. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { store, runs, current, access = THIS_MACHINE } = options;
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
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  secure(app, () => port);
  guard(app, access);
  answerErrors(app, options.onError);

  const channels = new Channels(store, runs, options.onError);
  const openapi = describeApi(app, store.heedVersion);
  addRoutes(app.withTypeProvider<TypeBoxTypeProvider>(), { store, runs, current, channels, openapi });
  await app.register(fastifyStatic, { root: options.webRoot, dotfiles: "ignore" });

  const close = async (): Promise<void> => {
    channels.close();
    await app.close();
  };
  try {
    await app.listen({ host: LOOPBACK, port: options.port });
  } catch (error) {
    await close();
    throw await explainListenError(options.port, error);
  }
  // A server that listens on a port has an address of this kind.
  port = (app.server.address() as AddressInfo).port;
  return { address: `http://${LOOPBACK}:${port}`, port, inject: app.inject.bind(app), close };
}

async function explainListenError(port: number, error: unknown): Promise<unknown> {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return new PortBusyError(port, await nextFreePort(port), { cause: error });
  if (code === "EACCES") {
    return new Error(`Port ${port} is not for ordinary users. Choose one above 1023.`, { cause: error });
  }
  return error;
}
