// Only pages that this server served may talk to it. A page from elsewhere could reach the loopback address through the
// person's browser; its Origin gives it away, and the Host header does where its name was pointed here.
import type { FastifyInstance } from "fastify";
import { ApiError } from "./errors.ts";

/** On every answer. */
export const HEADERS = {
  "content-security-policy":
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-cache",
};

/** Checks every request and sets headers on every answer. `port` is asked for once a request is there. */
export function secure(app: FastifyInstance, port: () => number): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(HEADERS);
    const host = request.headers.host;
    const hosts = ownHosts(port());
    if (host === undefined || !hosts.includes(host.toLowerCase())) {
      throw new ApiError(403, "This server answers under its own addresses only.", { expected: hosts.join(", ") });
    }
    const origin = request.headers.origin;
    if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
      throw new ApiError(403, "Pages of other origins may not use this server.", { expected: `http://${host}` });
    }
  });
}

function ownHosts(port: number): string[] {
  const names = ["127.0.0.1", "localhost", "[::1]"];
  // Browsers leave the standard port out.
  return names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
}
