// Only pages that this server served may talk to it. A page from elsewhere could reach the loopback address through the
// person's browser; its Origin gives it away, and the Host header does where its name was pointed here.
import { join, sep } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { ApiError } from "./errors.ts";
import { ownOrigins, type Reach } from "./reach.ts";

/** On every answer. */
export const HEADERS = {
  "content-security-policy":
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-cache",
};

/**
 * For the thread with the physics alone. It compiles WebAssembly, and the bindings that come with MuJoCo's build write
 * functions at run time. What a thread may do goes by the answer that its script came with; the page and all other
 * scripts stay as they are. The thread sees no page, no cookie, and nothing that people typed.
 */
const PHYSICS_POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'self'; frame-ancestors 'none'";

/** For the server of files below `webRoot`: sets that policy on the scripts in the folder `physics`, and there alone. */
export function physicsHeaders(webRoot: string): (reply: FastifyReply, path: string) => void {
  const folder = join(webRoot, "physics") + sep;
  return (reply, path) => {
    if (path.startsWith(folder) && path.endsWith(".js")) reply.header("content-security-policy", PHYSICS_POLICY);
  };
}

/**
 * Checks every request and sets headers on every answer. `port` is asked for once a request is there.
 * @param reach null where only this machine reaches the server
 */
export function secure(app: FastifyInstance, reach: Reach | null, port: () => number): void {
  let known: { readonly port: number; readonly origins: ReadonlyMap<string, string> } | null = null;
  const origins = (): ReadonlyMap<string, string> => {
    if (known?.port !== port()) known = { port: port(), origins: ownOrigins(reach, port()) };
    return known.origins;
  };
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(HEADERS);
    const own = origins().get((request.headers.host ?? "").toLowerCase());
    if (own === undefined) {
      throw new ApiError(403, "This server answers under its own addresses only.", {
        // Strangers need not know what a network calls this machine.
        expected: reach === null ? [...origins().keys()].join(", ") : "the address in your invitation",
      });
    }
    const { origin } = request.headers;
    if (origin !== undefined && origin.toLowerCase() !== own) {
      throw new ApiError(403, "Pages of other origins may not use this server.", { expected: own });
    }
  });
}
